//! Triangular(low, high, peak), independent elements: a density that rises in a straight line from low to peak and
//! falls to high.
//!
//! Path: the quantile function at the level of a logistic number.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The triangular distribution, with independent elements, `[batch, event…]`.
pub type Triangular<const D: usize> = Univariate<laws::Triangular, 3, D>;

impl<const D: usize> Triangular<D> {
    /// From `low`, the lower end; `high`, the upper end, > low; `peak`, the mode, between both. Panics when the shapes
    /// do not broadcast.
    pub fn new(low: Tensor<D>, high: Tensor<D>, peak: Tensor<D>) -> Self {
        Self::from_parameters([low, high, peak])
    }
}
