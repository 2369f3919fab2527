//! What is minimised when a distribution is fitted to an unnormalised density.

use burn::tensor::Tensor;

use crate::noise::Rng;

/// A variational bound, as a loss.
pub trait Objective<Q, const D: usize> {
    /// The loss in nats, one element: its value estimates the negative bound averaged over the batch, its gradient
    /// the bound's.
    ///
    /// `log_joint` maps draws `[particles · batch, event…]` to log p(x, z), one number per row.
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1>;
}
