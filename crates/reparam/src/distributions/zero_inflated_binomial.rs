//! ZeroInflatedBinomial(total_count, probs, gate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The zero-inflated binomial distribution, with independent elements, `[batch, event…]`.
///
/// `ZeroInflatedBinomial(total_count, probs, gate)`: 0 with probability gate, else a binomial number.
///
/// Mass gate + (1 − gate) p(0) at 0 and (1 − gate) p(x) elsewhere, p that of Binomial(total_count, probs).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/zero_inflated_binomial.md")]
pub type ZeroInflatedBinomial<const D: usize> = Univariate<laws::ZeroInflatedBinomial, 3, D>;

impl<const D: usize> ZeroInflatedBinomial<D> {
    /// From `total_count`, the number of trials; `probs`, the probability of success; `gate`, the probability of a
    /// certain 0. Panics when the shapes do not broadcast.
    pub fn new(total_count: Tensor<D>, probs: Tensor<D>, gate: Tensor<D>) -> Self {
        Self::from_parameters([total_count, probs, gate])
    }
}
