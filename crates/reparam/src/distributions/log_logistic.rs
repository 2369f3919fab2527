//! LogLogistic(scale, concentration), independent elements: distribution function 1 / (1 + (x /
//! scale)^(−concentration)).
//!
//! Path: x = scale · e^(ε / concentration), ε logistic, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The log-logistic distribution, with independent elements, `[batch, event…]`.
pub type LogLogistic<const D: usize> = Univariate<laws::LogLogistic, 2, D>;

impl<const D: usize> LogLogistic<D> {
    /// From `scale`, the scale, > 0; `concentration`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration])
    }
}
