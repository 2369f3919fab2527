//! RelaxedBernoulli(temperature, logits).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The relaxed Bernoulli (binary Concrete) distribution on (0, 1), with independent elements, `[batch, event…]`.
///
/// `RelaxedBernoulli(temperature, logits)`: the logistic function of (logits + logistic noise) / temperature.
///
/// Density temperature · σ(s) σ(−s) / (x (1 − x)) with s = logits − temperature · logit x.
///
/// Path: x = sigmoid((logits + ε) / temperature), ε logistic, carried as its log-odds. Source: Maddison, Mnih and Teh,
/// "The Concrete distribution" (2017).
///
#[doc = include_str!("pages/relaxed_bernoulli.md")]
pub type RelaxedBernoulli<const D: usize> = Univariate<laws::RelaxedBernoulli, 2, D>;

impl<const D: usize> RelaxedBernoulli<D> {
    /// From `temperature`, the temperature, > 0; `logits`, the log-odds. Panics when the shapes do not broadcast.
    pub fn new(temperature: Tensor<D>, logits: Tensor<D>) -> Self {
        Self::from_parameters([temperature, logits])
    }
}
