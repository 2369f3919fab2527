//! BetaBinomial(total_count, concentration1, concentration0).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The beta-binomial distribution, with independent elements, `[batch, event…]`.
///
/// `BetaBinomial(total_count, concentration1, concentration0)`: successes in trials whose probability is a beta draw.
///
/// Mass C(n, x) B(x + a, n − x + b) / B(a, b) with n = total_count, a = concentration1, b = concentration0.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/beta_binomial.md")]
pub type BetaBinomial<const D: usize> = Univariate<laws::BetaBinomial, 3, D>;

impl<const D: usize> BetaBinomial<D> {
    /// From `total_count`, the number of trials; `concentration1`, of success, > 0; `concentration0`, of failure, > 0.
    /// Panics when the shapes do not broadcast.
    pub fn new(total_count: Tensor<D>, concentration1: Tensor<D>, concentration0: Tensor<D>) -> Self {
        Self::from_parameters([total_count, concentration1, concentration0])
    }
}
