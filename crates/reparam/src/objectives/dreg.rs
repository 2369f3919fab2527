//! The importance-weighted bound, its gradient in q reparameterized twice.

use burn::tensor::Tensor;

use super::iwae::{log_mean_exp, log_weight};
use crate::{
    Objective, Params, Reparameterized,
    gradient::{moving_zero, stop},
    noise::Rng,
    score::assert_scores,
};

/// The doubly reparameterized gradient of the importance-weighted bound: unbiased, with a signal-to-noise ratio that grows
/// with the number of particles where that of [`Iwae`](crate::Iwae) falls.
///
/// With the normalised weights ω_k of w_k = p(x, z_k) / q(z_k), the gradient in the parameters of q is
/// Σ ω_k² ∂ log w_k/∂z_k · ∂z_k/∂φ, that in the parameters of the model Σ ω_k ∂ log p(x, z_k)/∂θ. At q equal to the
/// posterior the former vanishes draw by draw. 2K evaluations of the model: one carries the gradient through the draws, one
/// that of the model's own parameters.
///
/// Panics where a parameter with a gradient moves an edge of the support ([`moving_edge`](crate::Distribution::moving_edge)):
/// a score is replaced by its path, which is another thing there.
///
/// Source: Tucker, Lawson, Gu & Maddison, Doubly Reparameterized Gradient Estimators for Monte Carlo Objectives, 2019.
#[derive(Clone, Copy, Debug)]
pub struct DReG {
    /// Draws per row, K.
    pub particles: usize,
}

impl<const D: usize, Q: Reparameterized<D> + Params> Objective<Q, D> for DReG {
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        assert_scores("DReG", q);
        let q = q.repeated(self.particles);
        let z = q.rsample(rng);
        let fixed = q.detached();
        let log_weight = |z: Tensor<D>| {
            let weight = log_weight("DReG", &fixed, &log_joint, z, self.particles);
            // A draw without weight has no share, and no gradient to give.
            let lost = weight.clone().equal_elem(f64::NEG_INFINITY);
            (weight.clone().mask_fill(lost, 0.0), stop(weight))
        };
        let (still, _) = log_weight(stop(z.clone()));
        let (moving, weight) = log_weight(z);
        let bound = log_mean_exp(weight.clone());
        let [particles, batch] = weight.dims();
        let share = (weight - bound.clone().reshape([1, batch])).exp() * (particles as f64).recip();
        let square = share.clone().square();
        let gradient = square.clone() * moving_zero(moving) + (share - square) * moving_zero(still);
        -(bound + gradient.sum_dim(0).reshape([batch])).mean()
    }
}
