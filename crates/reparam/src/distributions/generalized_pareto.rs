//! GeneralizedPareto(loc, scale, concentration).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The generalized Pareto distribution of excesses, with independent elements, `[batch, event…]`.
///
/// `GeneralizedPareto(loc, scale, concentration)`: survival function (1 + ξ z)^(−1 / ξ) with z = (x − loc) / scale.
///
/// Density (1 + ξ z)^(−1/ξ − 1) / scale with z = (x − loc) / scale and ξ = concentration.
///
/// Path: x = loc + scale (e^(ξ ε) − 1) / ξ, ε standard exponential.
///
#[doc = include_str!("pages/generalized_pareto.md")]
pub type GeneralizedPareto<const D: usize> = Univariate<laws::GeneralizedPareto, 3, D>;

impl<const D: usize> GeneralizedPareto<D> {
    /// From `loc`, the location; `scale`, the scale, > 0; `concentration`, ξ: exponential at 0, a power tail above,
    /// bounded below. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, concentration])
    }
}
