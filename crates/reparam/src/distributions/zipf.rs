//! Zipf(exponent, total_count).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Zipf distribution, with independent elements, `[batch, event…]`.
///
/// `Zipf(exponent, total_count)`: counts from 1 to `total_count`, or without end.
///
/// Mass x^(−exponent) / Σ k^(−exponent), the sum over all k.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/zipf.md")]
pub type Zipf<const D: usize> = Univariate<laws::Zipf, 2, D>;

impl<const D: usize> Zipf<D> {
    /// From `exponent`, ≥ 0, and `total_count`, the largest count, which may be infinite where the exponent is above 1.
    /// Panics when the shapes do not broadcast.
    pub fn new(exponent: Tensor<D>, total_count: Tensor<D>) -> Self {
        Self::from_parameters([exponent, total_count])
    }
}
