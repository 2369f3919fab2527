//! NegativeBinomial(total_count, logits).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::{Univariate, math};

/// The negative binomial distribution: successes before the total_count-th failure, with independent elements,
/// `[batch, event…]`.
///
/// `NegativeBinomial(total_count, logits)`: mass Γ(x + r) / (Γ(r) x!) pˣ (1 − p)ʳ with r = total_count.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/negative_binomial.md")]
pub type NegativeBinomial<const D: usize> = Univariate<laws::NegativeBinomial<laws::Logits>, 2, D>;

impl<const D: usize> NegativeBinomial<D> {
    /// From `total_count`, the number of failures, > 0; `logits`, the log-odds of success. Panics when the shapes do not
    /// broadcast.
    pub fn new(total_count: Tensor<D>, logits: Tensor<D>) -> Self {
        Self::from_parameters([total_count, logits])
    }

    /// From the probability `probs` instead: logits = log p − log(1 − p), ±∞ at p = 1 and p = 0.
    ///
    /// A probability near 1 has already lost the digits of 1 − p. Panics when the shapes do not broadcast.
    pub fn from_probs(total_count: Tensor<D>, probs: Tensor<D>) -> Self {
        Self::new(total_count, math::logit(probs))
    }
}
