//! AsymmetricLaplace(loc, scale, asymmetry).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The asymmetric Laplace distribution, with independent elements, `[batch, event…]`.
///
/// `AsymmetricLaplace(loc, scale, asymmetry)`: exponential tails of mean scale · κ below loc and scale / κ above it.
///
/// Density κ / (scale (1 + κ²)) e^(−κ z) for z ≥ 0 and κ / (scale (1 + κ²)) e^(z / κ) below, with z = (x − loc) / scale
/// and κ = asymmetry.
///
/// Path: x = loc + scale · g(ε; κ), g the quantile function of the standard law at the level of the logistic number ε.
///
#[doc = include_str!("pages/asymmetric_laplace.md")]
pub type AsymmetricLaplace<const D: usize> = Univariate<laws::AsymmetricLaplace, 3, D>;

impl<const D: usize> AsymmetricLaplace<D> {
    /// From `loc`, the location; `scale`, the scale, > 0; `asymmetry`, κ > 0, 1 for equal tails. Panics when the shapes
    /// do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, asymmetry: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, asymmetry])
    }
}
