//! DiscreteUniform(low, high), independent elements: mass 1 / (high − low + 1).
//!
//! Discrete, so without a path.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The uniform distribution on the integers from low to high, with independent elements, `[batch, event…]`.
pub type DiscreteUniform<const D: usize> = Univariate<laws::DiscreteUniform, 2, D>;

impl<const D: usize> DiscreteUniform<D> {
    /// From `low`, the smallest integer; `high`, the largest integer. Panics when the shapes do not broadcast.
    pub fn new(low: Tensor<D>, high: Tensor<D>) -> Self {
        Self::from_parameters([low, high])
    }
}
