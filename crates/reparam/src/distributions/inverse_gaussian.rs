//! InverseGaussian(loc, concentration).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The inverse Gaussian (Wald) distribution, with independent elements, `[batch, event…]`.
///
/// `InverseGaussian(loc, concentration)`: density √(λ / 2πx³) exp(−λ (x − loc)² / (2 loc² x)) with λ = concentration.
///
/// Path: implicit: the draw is a root of a quadratic in a squared normal number, its slopes are −∂F/∂θ ÷ density; log x
/// is exact where x underflows.
///
#[doc = include_str!("pages/inverse_gaussian.md")]
pub type InverseGaussian<const D: usize> = Univariate<laws::InverseGaussian, 2, D>;

impl<const D: usize> InverseGaussian<D> {
    /// From `loc`, the mean, > 0; `concentration`, the mean cubed over the variance, > 0. Panics when the shapes do not
    /// broadcast.
    pub fn new(loc: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([loc, concentration])
    }
}
