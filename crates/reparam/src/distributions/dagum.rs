//! Dagum(scale, concentration, alpha).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Dagum distribution, Burr's type III, with independent elements, `[batch, event…]`.
///
/// `Dagum(scale, concentration, alpha)`: distribution function (1 + (x / scale)^(−concentration))^(−alpha).
///
/// Density (c k / scale) y^(c k − 1) (1 + y^c)^(−k − 1) with y = x / scale, c = concentration and k = alpha.
///
/// Path: x = scale · (e^(ε / alpha) − 1)^(−1 / concentration), ε standard exponential, carried as its logarithm.
///
#[doc = include_str!("pages/dagum.md")]
pub type Dagum<const D: usize> = Univariate<laws::Dagum, 3, D>;

impl<const D: usize> Dagum<D> {
    /// From `scale`, the scale, > 0; `concentration`, the inner exponent, > 0; `alpha`, the outer exponent, > 0.
    /// Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>, alpha: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration, alpha])
    }
}
