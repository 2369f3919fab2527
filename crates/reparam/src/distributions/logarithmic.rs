//! Logarithmic(probs).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The logarithmic distribution, with independent elements, `[batch, event…]`.
///
/// `Logarithmic(probs)`: counts from 1.
///
/// Mass p^x / (−x ln(1 − p)) with p = probs.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/logarithmic.md")]
pub type Logarithmic<const D: usize> = Univariate<laws::Logarithmic, 1, D>;

impl<const D: usize> Logarithmic<D> {
    /// From `probs`, in (0, 1).
    pub fn new(probs: Tensor<D>) -> Self {
        Self::from_parameters([probs])
    }
}
