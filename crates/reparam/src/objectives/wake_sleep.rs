//! Reweighted wake-sleep: the model climbs the importance-weighted bound, q climbs E_{p(z | x)}[log q(z)].

use burn::tensor::Tensor;

use super::log_mean_exp;
use crate::{
    Distribution, Objective, Params,
    evaluate::{log_joint_at, log_prob_at},
    gradient::{moving_zero, stop},
    noise::Rng,
    score::assert_scores,
    shape,
};

/// A biased gradient for q, whose aim is another: KL(p(z | x) ‖ q) instead of the bound, from self-normalised weights.
///
/// The value, and the gradient of the model, are those of the bound of [`Iwae`](crate::Iwae). That of q is
/// Σ_k w_k ∇log q(z_k) / Σ_k w_k, the wake-phase update: it needs no path and gets better, not worse, with more particles.
///
/// Source: Bornschein & Bengio, Reweighted Wake-Sleep, 2015.
#[derive(Clone, Copy, Debug)]
pub struct WakeSleep {
    /// Draws per row, K ≥ 2.
    pub particles: usize,
}

impl<const D: usize, Q: Distribution<D> + Params> Objective<Q, D> for WakeSleep {
    /// Panics where a parameter with a gradient moves an edge of the support, and for fewer than two particles: the weight of one alone says nothing.
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let particles = self.particles;
        assert!(particles >= 2, "WakeSleep needs at least 2 particles, got {particles}");
        assert_scores("WakeSleep", q);
        let q = q.repeated(particles);
        let z = q.sample(rng);
        let log_q = log_prob_at("WakeSleep", &q, z.clone());
        let log_weight =
            shape::unfold_particles(log_joint_at("WakeSleep", log_joint, z) - stop(log_q.clone()), particles);
        let bound = log_mean_exp(log_weight.clone());
        let [_, batch] = log_weight.dims();
        let share =
            (stop(log_weight) - stop(bound.clone()).reshape([1, batch])).exp() * (1.0 / particles as f64);
        let score = share * shape::unfold_particles(moving_zero(log_q), particles);
        -(bound + score.sum_dim(0).reshape([batch])).mean()
    }
}
