//! HalfCauchy(scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The half-Cauchy distribution, with an infinite mean, with independent elements, `[batch, event…]`.
///
/// `HalfCauchy(scale)`: the absolute value of Cauchy(0, scale).
///
/// Density 2 / (π scale (1 + (x / scale)²)) for x ≥ 0.
///
/// Path: x = scale · tan(π u / 2), u from both tails of a logistic number.
///
#[doc = include_str!("pages/half_cauchy.md")]
pub type HalfCauchy<const D: usize> = Univariate<laws::HalfCauchy, 1, D>;

impl<const D: usize> HalfCauchy<D> {
    /// From `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>) -> Self {
        Self::from_parameters([scale])
    }
}
