//! Uniform(low, high).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The uniform distribution, with independent elements, `[batch, event…]`.
///
/// `Uniform(low, high)`: density 1 / (high − low) between low and high.
///
/// Path: x = low + (high − low) · u.
///
#[doc = include_str!("pages/uniform.md")]
pub type Uniform<const D: usize> = Univariate<laws::Uniform, 2, D>;

impl<const D: usize> Uniform<D> {
    /// From `low`, the lower end; `high`, the upper end, > low. Panics when the shapes do not broadcast.
    pub fn new(low: Tensor<D>, high: Tensor<D>) -> Self {
        Self::from_parameters([low, high])
    }
}
