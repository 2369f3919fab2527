//! GeneralizedGamma(concentration, scale, power).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The generalized gamma distribution, with independent elements, `[batch, event…]`.
///
/// `GeneralizedGamma(concentration, scale, power)`: scale · y^(1 / power) for y ~ Gamma(concentration, 1).
///
/// Density p / (scale Γ(a)) u^(a p − 1) exp(−u^p) with u = x / scale, a = concentration and p = power.
///
/// Path: that of the gamma number, implicit in concentration, carried as its logarithm.
///
#[doc = include_str!("pages/generalized_gamma.md")]
pub type GeneralizedGamma<const D: usize> = Univariate<laws::GeneralizedGamma, 3, D>;

impl<const D: usize> GeneralizedGamma<D> {
    /// From `concentration`, the shape of the gamma number, > 0; `scale`, the scale, > 0; `power`, the exponent, >
    /// 0. Panics when the shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, scale: Tensor<D>, power: Tensor<D>) -> Self {
        Self::from_parameters([concentration, scale, power])
    }
}
