//! Weibull(scale, concentration).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Weibull distribution, with independent elements, `[batch, event…]`.
///
/// `Weibull(scale, concentration)`: survival function exp(−(x / scale)^concentration).
///
/// Density (a / scale) y^(a − 1) e^(−y^a) with y = x / scale and a = concentration.
///
/// Path: x = scale · ε^(1 / concentration), ε standard exponential, carried as its logarithm.
///
#[doc = include_str!("pages/weibull.md")]
pub type Weibull<const D: usize> = Univariate<laws::Weibull, 2, D>;

impl<const D: usize> Weibull<D> {
    /// From `scale`, the scale, > 0; `concentration`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration])
    }
}
