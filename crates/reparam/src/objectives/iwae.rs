//! IWAE = E[log (1/K) Σ_k p(x, z_k) / q(z_k)] ≤ log p(x), tighter with every particle.

use burn::tensor::Tensor;

use crate::{
    Distribution, Objective, Params, Reparameterized,
    evaluate::{log_joint_at, log_prob_at},
    gradient::stop,
    noise::Rng,
    score::assert_mean_score_vanishes,
    shape,
};

/// The importance-weighted bound.
///
/// Source: Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, 2016.
#[derive(Clone, Copy, Debug)]
pub struct Iwae {
    /// Draws per row.
    pub particles: usize,
}

impl<const D: usize, Q: Reparameterized<D> + Params> Objective<Q, D> for Iwae {
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let z = q.rsample(rng);
        -log_mean_exp(log_weight("Iwae", &q, log_joint, z, self.particles)).mean()
    }
}

/// The importance-weighted bound with the parameters of q held fixed in its density: a biased gradient for two particles
/// or more.
///
/// The part of the gradient that is left out has the mean 0 for one particle only; the bias vanishes as q approaches the
/// target, and so does the noise. [`DReG`](crate::DReG) is as quiet and has no bias. K evaluations of the model.
///
/// Source: Roeder, Wu & Duvenaud, Sticking the Landing, 2017; its bias: Tucker et al., Doubly Reparameterized Gradient
/// Estimators for Monte Carlo Objectives, 2019.
#[derive(Clone, Copy, Debug)]
pub struct IwaeStickTheLanding {
    /// Draws per row, K.
    pub particles: usize,
}

impl<const D: usize, Q: Reparameterized<D> + Params> Objective<Q, D> for IwaeStickTheLanding {
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        assert_mean_score_vanishes("IwaeStickTheLanding", q);
        let q = q.repeated(self.particles);
        let z = q.rsample(rng);
        -log_mean_exp(log_weight("IwaeStickTheLanding", &q.detached(), log_joint, z, self.particles)).mean()
    }
}

/// log p(x, z) − log q(z), `[particles, batch]`.
pub(super) fn log_weight<const D: usize>(
    who: &str,
    q: &impl Distribution<D>,
    log_joint: impl Fn(Tensor<D>) -> Tensor<1>,
    z: Tensor<D>,
    particles: usize,
) -> Tensor<2> {
    let log_joint = log_joint_at(who, log_joint, z.clone());
    shape::unfold_particles(log_joint - log_prob_at(who, q, z), particles)
}

/// log (1/K) Σ_k exp(w_k) over axis 0: `[K, batch]` → `[batch]`, with the largest weight taken out first.
pub fn log_mean_exp(log_weight: Tensor<2>) -> Tensor<1> {
    let [particles, batch] = log_weight.dims();
    let largest = stop(log_weight.clone().max_dim(0));
    // A column of −∞ alone has no finite largest weight; shifting it by 0 keeps its answer −∞ instead of NaN.
    let shift = largest.clone().mask_fill(largest.equal_elem(f64::NEG_INFINITY), 0.0);
    let sum = (log_weight - shift.clone()).exp().sum_dim(0);
    (sum.log() + shift - (particles as f64).ln()).reshape([batch])
}
