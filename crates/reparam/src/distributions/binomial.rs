//! Binomial(total_count, logits).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::{Enumerable, Univariate, discrete, math, rows};

/// The binomial distribution, with independent elements, `[batch, event…]`.
///
/// `Binomial(total_count, logits)`: mass C(n, x) pˣ (1 − p)ⁿ⁻ˣ with p = 1 / (1 + e^(−logits)).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/binomial.md")]
pub type Binomial<const D: usize> = Univariate<laws::Binomial<laws::Logits>, 2, D>;

impl<const D: usize> Binomial<D> {
    /// From `total_count`, the number of trials; `logits`, the log-odds of success. Panics when the shapes do not
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

impl<const D: usize> Enumerable<D> for Binomial<D> {
    /// The counts up to the largest number of trials.
    fn support(&self) -> Tensor<D> {
        let [total_count, _] = self.parameters();
        let most = rows::read(&total_count).into_iter().fold(0.0, f64::max);
        discrete::combinations("Binomial", &discrete::integers(0.0, most), &total_count)
    }
}
