//! HurdleNegativeBinomial(total_count, probs, gate), independent elements: 0 with probability gate, else a negative
//! binomial number known not to be 0.
//!
//! Discrete, so without a path.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The hurdle negative binomial distribution, with independent elements, `[batch, event…]`.
pub type HurdleNegativeBinomial<const D: usize> = Univariate<laws::HurdleNegativeBinomial, 3, D>;

impl<const D: usize> HurdleNegativeBinomial<D> {
    /// From `total_count`, the number of failures, > 0; `probs`, the probability of success, > 0; `gate`, the
    /// probability of 0. Panics when the shapes do not broadcast.
    pub fn new(total_count: Tensor<D>, probs: Tensor<D>, gate: Tensor<D>) -> Self {
        Self::from_parameters([total_count, probs, gate])
    }
}
