//! InverseGamma(concentration, rate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The inverse gamma distribution, with independent elements, `[batch, event…]`.
///
/// `InverseGamma(concentration, rate)`: 1 / x is Gamma(concentration, rate).
///
/// Density rate^a x^(−a − 1) e^(−rate / x) / Γ(a) with a = concentration.
///
/// Path: implicit, as that of the gamma distribution, carried as its logarithm.
///
#[doc = include_str!("pages/inverse_gamma.md")]
pub type InverseGamma<const D: usize> = Univariate<laws::InverseGamma, 2, D>;

impl<const D: usize> InverseGamma<D> {
    /// From `concentration`, the shape, > 0; `rate`, the rate of 1 / x, > 0. Panics when the shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, rate: Tensor<D>) -> Self {
        Self::from_parameters([concentration, rate])
    }
}
