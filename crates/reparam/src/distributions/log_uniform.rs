//! LogUniform(low, high).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The log-uniform distribution, with independent elements, `[batch, event…]`.
///
/// `LogUniform(low, high)`: density 1 / (x log(high / low)) between low and high.
///
/// Path: x = low · (high / low)^u, carried as its logarithm.
///
#[doc = include_str!("pages/log_uniform.md")]
pub type LogUniform<const D: usize> = Univariate<laws::LogUniform, 2, D>;

impl<const D: usize> LogUniform<D> {
    /// From `low`, the lower end, > 0; `high`, the upper end, > low. Panics when the shapes do not broadcast.
    pub fn new(low: Tensor<D>, high: Tensor<D>) -> Self {
        Self::from_parameters([low, high])
    }
}
