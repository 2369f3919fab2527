//! LogitRelaxedBernoulli(temperature, logits).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The log-odds of a relaxed Bernoulli number, with independent elements, `[batch, event…]`.
///
/// `LogitRelaxedBernoulli(temperature, logits)`: logistic with location logits / temperature and scale 1 / temperature.
///
/// Density temperature · σ(s) σ(−s) with s = logits − temperature · x.
///
/// Path: x = (logits + ε) / temperature, ε logistic.
///
#[doc = include_str!("pages/logit_relaxed_bernoulli.md")]
pub type LogitRelaxedBernoulli<const D: usize> = Univariate<laws::LogitRelaxedBernoulli, 2, D>;

impl<const D: usize> LogitRelaxedBernoulli<D> {
    /// From `temperature`, the temperature, > 0; `logits`, the log-odds. Panics when the shapes do not broadcast.
    pub fn new(temperature: Tensor<D>, logits: Tensor<D>) -> Self {
        Self::from_parameters([temperature, logits])
    }
}
