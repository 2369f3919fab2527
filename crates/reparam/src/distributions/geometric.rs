//! Geometric(logits).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::{Univariate, math};

/// The geometric distribution: failures before the first success, with independent elements, `[batch, event…]`.
///
/// `Geometric(logits)`: mass p (1 − p)ˣ with p = 1 / (1 + e^(−logits)).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/geometric.md")]
pub type Geometric<const D: usize> = Univariate<laws::Geometric<laws::Logits>, 1, D>;

impl<const D: usize> Geometric<D> {
    /// From `logits`, the log-odds of success. Panics when the shapes do not broadcast.
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
