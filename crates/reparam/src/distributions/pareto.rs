//! Pareto(scale, alpha).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Pareto distribution, with independent elements, `[batch, event…]`.
///
/// `Pareto(scale, alpha)`: survival function (scale / x)^alpha for x ≥ scale.
///
/// Density alpha · scale^alpha / x^(alpha + 1).
///
/// Path: x = scale · e^(ε / alpha), ε standard exponential.
///
#[doc = include_str!("pages/pareto.md")]
pub type Pareto<const D: usize> = Univariate<laws::Pareto, 2, D>;

impl<const D: usize> Pareto<D> {
    /// From `scale`, the smallest value, > 0; `alpha`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, alpha: Tensor<D>) -> Self {
        Self::from_parameters([scale, alpha])
    }
}
