//! Logarithmic(probs), independent elements: counts from 1 with mass −pˣ / (x ln(1 − p)).
//!
//! Discrete, so without a path.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The logarithmic distribution, with independent elements, `[batch, event…]`.
pub type Logarithmic<const D: usize> = Univariate<laws::Logarithmic, 1, D>;

impl<const D: usize> Logarithmic<D> {
    /// From `probs`, in (0, 1).
    pub fn new(probs: Tensor<D>) -> Self {
        Self::from_parameters([probs])
    }
}
