//! GeneralizedExtremeValue(loc, scale, concentration).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The generalized extreme value distribution, with independent elements, `[batch, event…]`.
///
/// `GeneralizedExtremeValue(loc, scale, concentration)`: distribution function exp(−(1 + ξ z)^(−1 / ξ)) with z = (x −
/// loc) / scale.
///
/// Density t^(ξ + 1) e^(−t) / scale with t = (1 + ξ z)^(−1/ξ), z = (x − loc) / scale and ξ = concentration.
///
/// Path: x = loc + scale (e^(ξ ε) − 1) / ξ, ε Gumbel noise.
///
#[doc = include_str!("pages/generalized_extreme_value.md")]
pub type GeneralizedExtremeValue<const D: usize> = Univariate<laws::GeneralizedExtremeValue, 3, D>;

impl<const D: usize> GeneralizedExtremeValue<D> {
    /// From `loc`, the location; `scale`, the scale, > 0; `concentration`, ξ: Gumbel at 0, Fréchet above, reflected
    /// Weibull below. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, concentration])
    }
}
