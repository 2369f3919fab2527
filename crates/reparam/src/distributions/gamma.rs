//! Gamma(concentration, rate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The gamma distribution, with independent elements, `[batch, event…]`.
///
/// `Gamma(concentration, rate)`: density rate^a x^(a − 1) e^(−rate · x) / Γ(a) with a = concentration.
///
/// Path: implicit: the draw is made by rejection in log space, its slope is −∂F/∂a ÷ density; log x is exact where x
/// underflows.
///
/// Source of the draw: G. Marsaglia & W. W. Tsang, "A Simple Method for Generating Gamma Variables", 2000.
///
#[doc = include_str!("pages/gamma.md")]
pub type Gamma<const D: usize> = Univariate<laws::Gamma, 2, D>;

impl<const D: usize> Gamma<D> {
    /// From `concentration`, the shape, > 0; `rate`, the rate, > 0. Panics when the shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, rate: Tensor<D>) -> Self {
        Self::from_parameters([concentration, rate])
    }
}
