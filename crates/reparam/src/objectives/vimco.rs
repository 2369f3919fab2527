//! The importance-weighted bound E[log (1/K) Σ_k w_k], w_k = p(x, z_k) / q(z_k), for draws without a path.

use burn::tensor::{Bool, Tensor};

use super::log_mean_exp;
use crate::{
    Distribution, Objective, Params,
    evaluate::{log_joint_at, log_prob_at},
    gradient::{moving_zero, stop},
    noise::Rng,
    score::assert_scores,
    shape,
};

/// The bound of [`Iwae`](crate::Iwae) for discrete latents: an unbiased gradient by the score function, with a baseline for
/// each particle that is made of the others.
///
/// Particle k gets log (1/K) Σ_j w_j less the same with w_k replaced by the geometric mean of the other weights. log_joint
/// is evaluated K times per row.
///
/// Source: Mnih & Rezende, Variational Inference for Monte Carlo Objectives, 2016.
#[derive(Clone, Copy, Debug)]
pub struct Vimco {
    /// Draws per row, K ≥ 2.
    pub particles: usize,
}

impl<const D: usize, Q: Distribution<D> + Params> Objective<Q, D> for Vimco {
    /// Panics where a parameter with a gradient moves an edge of the support, and for fewer than two particles: a particle's baseline is made of the others.
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let particles = self.particles;
        assert!(particles >= 2, "Vimco needs at least 2 particles, got {particles}");
        assert_scores("Vimco", q);
        let q = q.repeated(particles);
        let z = q.sample(rng);
        let log_q = log_prob_at("Vimco", &q, z.clone());
        let log_weight =
            shape::unfold_particles(log_joint_at("Vimco", log_joint, z) - log_q.clone(), particles);
        let bound = log_mean_exp(log_weight.clone());
        let [_, batch] = log_weight.dims();
        let without = without_each(stop(log_weight));
        // Where all others are impossible nothing of theirs can be subtracted.
        let baseline = without.clone().mask_fill(without.equal_elem(f64::NEG_INFINITY), 0.0);
        let learned = stop(bound.clone()).reshape([1, batch]) - baseline;
        let score = learned * shape::unfold_particles(moving_zero(log_q), particles);
        -(bound + score.sum_dim(0).reshape([batch])).mean()
    }
}

/// The bound with each particle's log-weight replaced by the mean of the others', `[K, batch]` → `[K, batch]`.
fn without_each(log_weight: Tensor<2>) -> Tensor<2> {
    let [particles, batch] = log_weight.dims();
    let own = Tensor::<2, Bool>::diag_mask([particles, particles], 0, &log_weight.device())
        .bool_not()
        .unsqueeze_dim::<3>(2)
        .expand([particles, particles, batch]);
    let all = log_weight.unsqueeze_dim::<3>(1).expand([particles, particles, batch]);
    // A sum over the others alone: a total less one's own is NaN where that is −∞.
    let others = all.clone().mask_fill(own.clone(), 0.0).sum_dim(0) * (1.0 / (particles as f64 - 1.0));
    let replaced = all.mask_where(own, others.expand([particles, particles, batch]));
    log_mean_exp(replaced.reshape([particles, particles * batch])).reshape([particles, batch])
}
