//! BetaBinomial(total_count, concentration1, concentration0), independent elements: successes in trials whose
//! probability is a beta draw.
//!
//! Discrete, so without a path.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The beta-binomial distribution, with independent elements, `[batch, event…]`.
pub type BetaBinomial<const D: usize> = Univariate<laws::BetaBinomial, 3, D>;

impl<const D: usize> BetaBinomial<D> {
    /// From `total_count`, the number of trials; `concentration1`, of success, > 0; `concentration0`, of failure, > 0.
    /// Panics when the shapes do not broadcast.
    pub fn new(total_count: Tensor<D>, concentration1: Tensor<D>, concentration0: Tensor<D>) -> Self {
        Self::from_parameters([total_count, concentration1, concentration0])
    }
}
