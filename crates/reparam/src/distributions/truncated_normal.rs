//! TruncatedNormal(loc, scale, low, high).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The normal distribution cut to an interval, with independent elements, `[batch, event…]`.
///
/// `TruncatedNormal(loc, scale, low, high)`: density of Normal(loc, scale) between low and high, normalised.
///
/// Path: the quantile function at the level of a logistic number, from the smaller tail.
///
#[doc = include_str!("pages/truncated_normal.md")]
pub type TruncatedNormal<const D: usize> = Univariate<laws::TruncatedNormal, 4, D>;

impl<const D: usize> TruncatedNormal<D> {
    /// From `loc`, the location; `scale`, the scale, > 0; `low`, the lower end, −∞ allowed; `high`, the upper end, >
    /// low, ∞ allowed. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, low: Tensor<D>, high: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, low, high])
    }
}
