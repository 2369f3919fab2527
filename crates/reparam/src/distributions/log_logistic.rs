//! LogLogistic(scale, concentration).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The log-logistic distribution, with independent elements, `[batch, event…]`.
///
/// `LogLogistic(scale, concentration)`: distribution function 1 / (1 + (x / scale)^(−concentration)).
///
/// Density (a / scale) y^(a − 1) / (1 + y^a)² with y = x / scale and a = concentration.
///
/// Path: x = scale · e^(ε / concentration), ε logistic, carried as its logarithm.
///
#[doc = include_str!("pages/log_logistic.md")]
pub type LogLogistic<const D: usize> = Univariate<laws::LogLogistic, 2, D>;

impl<const D: usize> LogLogistic<D> {
    /// From `scale`, the scale, > 0; `concentration`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration])
    }
}
