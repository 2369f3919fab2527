//! IWAE = E[log (1/K) Σ_k p(x, z_k) / q(z_k)] ≤ log p(x), tighter with every particle.

use burn::tensor::Tensor;

use crate::{Objective, Params, Reparameterized, gradient::stop, noise::Rng, shape};

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
        let log_weight = shape::unfold_particles(log_joint(z.clone()) - q.log_prob(z), self.particles);
        -log_mean_exp(log_weight).mean()
    }
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
