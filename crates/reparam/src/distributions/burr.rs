//! Burr(scale, concentration, alpha).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Burr distribution of type XII, also of Singh and Maddala, with independent elements, `[batch, event…]`.
///
/// `Burr(scale, concentration, alpha)`: survival function (1 + (x / scale)^concentration)^(−alpha).
///
/// Density (c k / scale) y^(c − 1) (1 + y^c)^(−k − 1) with y = x / scale, c = concentration and k = alpha.
///
/// Path: x = scale · (e^(ε / alpha) − 1)^(1 / concentration), ε standard exponential, carried as its logarithm.
///
#[doc = include_str!("pages/burr.md")]
pub type Burr<const D: usize> = Univariate<laws::Burr, 3, D>;

impl<const D: usize> Burr<D> {
    /// From `scale`, the scale, > 0; `concentration`, the inner exponent, > 0; `alpha`, the outer exponent, > 0.
    /// Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>, alpha: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration, alpha])
    }
}
