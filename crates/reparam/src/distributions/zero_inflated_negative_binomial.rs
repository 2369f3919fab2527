//! ZeroInflatedNegativeBinomial(total_count, probs, gate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The zero-inflated negative binomial distribution, with independent elements, `[batch, event…]`.
///
/// `ZeroInflatedNegativeBinomial(total_count, probs, gate)`: 0 with probability gate, else a negative binomial number.
///
/// Mass gate + (1 − gate) p(0) at 0 and (1 − gate) p(x) elsewhere, p that of NegativeBinomial(total_count, probs).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/zero_inflated_negative_binomial.md")]
pub type ZeroInflatedNegativeBinomial<const D: usize> = Univariate<laws::ZeroInflatedNegativeBinomial, 3, D>;

impl<const D: usize> ZeroInflatedNegativeBinomial<D> {
    /// From `total_count`, the number of failures, > 0; `probs`, the probability of success; `gate`, the probability of
    /// a certain 0. Panics when the shapes do not broadcast.
    pub fn new(total_count: Tensor<D>, probs: Tensor<D>, gate: Tensor<D>) -> Self {
        Self::from_parameters([total_count, probs, gate])
    }
}
