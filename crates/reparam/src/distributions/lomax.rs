//! Lomax(scale, alpha).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Lomax distribution, a Pareto distribution from 0, with independent elements, `[batch, event…]`.
///
/// `Lomax(scale, alpha)`: survival function (1 + x / scale)^(−alpha).
///
/// Density (alpha / scale) (1 + x / scale)^(−alpha − 1).
///
/// Path: x = scale · (e^(ε / alpha) − 1), ε standard exponential, carried as its logarithm.
///
#[doc = include_str!("pages/lomax.md")]
pub type Lomax<const D: usize> = Univariate<laws::Lomax, 2, D>;

impl<const D: usize> Lomax<D> {
    /// From `scale`, the scale, > 0; `alpha`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, alpha: Tensor<D>) -> Self {
        Self::from_parameters([scale, alpha])
    }
}
