//! ContinuousBernoulli(logits).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::{Univariate, math};

/// The continuous Bernoulli distribution on (0, 1), with independent elements, `[batch, event…]`.
///
/// `ContinuousBernoulli(logits)`: density λ e^(λ x) / (e^λ − 1) with λ = logits.
///
/// Path: the quantile function at the level of a logistic number.
///
#[doc = include_str!("pages/continuous_bernoulli.md")]
pub type ContinuousBernoulli<const D: usize> = Univariate<laws::ContinuousBernoulli<laws::Logits>, 1, D>;

impl<const D: usize> ContinuousBernoulli<D> {
    /// From `logits`, any real numbers, 0 for the uniform law. Panics when the shapes do not broadcast.
    pub fn new(logits: Tensor<D>) -> Self {
        Self::from_parameters([logits])
    }

    /// From the probability `probs` instead: logits = log p − log(1 − p), ±∞ at p = 1 and p = 0.
    ///
    /// A probability near 1 has already lost the digits of 1 − p. Panics when the shapes do not broadcast.
    pub fn from_probs(probs: Tensor<D>) -> Self {
        Self::new(math::logit(probs))
    }
}
