//! Poisson(rate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Poisson distribution, with independent elements, `[batch, event…]`.
///
/// `Poisson(rate)`: mass rateˣ e^(−rate) / x!.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/poisson.md")]
pub type Poisson<const D: usize> = Univariate<laws::Poisson, 1, D>;

impl<const D: usize> Poisson<D> {
    /// From `rate`, the mean, ≥ 0. Panics when the shapes do not broadcast.
    pub fn new(rate: Tensor<D>) -> Self {
        Self::from_parameters([rate])
    }
}
