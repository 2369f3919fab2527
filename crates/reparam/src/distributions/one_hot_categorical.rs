//! OneHotCategorical(logits): a 1 at class k of the last axis with probability e^{l_k} / Σ e^{l_j}, 0 elsewhere.
//!
//! Discrete, so without a path; relaxed, it is [`RelaxedOneHotCategorical`](crate::RelaxedOneHotCategorical).

use burn::tensor::Tensor;

use super::categorical::{checked, draw, entropy_each, kl_each, one_hot, one_hot_log_prob};
use crate::{Distribution, Entropy, Kl, Moments, ParamError, Reparameterized, math, noise::Rng, shape};

/// The categorical distribution over unit vectors, logits and draws `[batch, …, classes]`.
#[derive(Clone, Debug)]
pub struct OneHotCategorical<const D: usize> {
    logits: Tensor<D>,
}

crate::params!(OneHotCategorical<const D> { logits });

impl<const D: usize> OneHotCategorical<D> {
    /// From unnormalised log-probabilities; −∞ masks a class.
    pub fn new(logits: Tensor<D>) -> Self {
        const { assert!(D >= 2, "a categorical distribution needs a batch axis and a class axis") }
        Self { logits }
    }

    /// From probabilities, which need not sum to 1.
    pub fn from_probs(probs: Tensor<D>) -> Self {
        Self::new(probs.log())
    }

    /// The normalised log-probabilities, `[batch, …, classes]`.
    pub fn log_probs(&self) -> Tensor<D> {
        math::log_softmax(self.logits.clone())
    }

    /// Does not compile: a discrete draw has no path.
    ///
    /// Without this method the compiler would suggest `sample`, whose draw carries no gradient; with it, the compiler
    /// says what to use instead.
    pub fn rsample(&self, rng: &mut Rng) -> Tensor<D>
    where
        Self: Reparameterized<D>,
    {
        Reparameterized::rsample(self, rng)
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first logit that is NaN or +∞, or a row in which every class is masked.
    pub fn checked(self) -> Result<Self, ParamError> {
        checked("OneHotCategorical", &self.logits)?;
        Ok(self)
    }
}

impl<const D: usize> Distribution<D> for OneHotCategorical<D> {
    fn dims(&self) -> [usize; D] {
        self.logits.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        one_hot(draw(&self.logits, rng), &self.logits)
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::check_value("OneHotCategorical::log_prob", self.dims(), x.dims());
        shape::sum_event(one_hot_log_prob(self.log_probs(), x))
    }
}

impl<const D: usize> Moments<D> for OneHotCategorical<D> {
    fn mean(&self) -> Tensor<D> {
        self.log_probs().exp()
    }
    fn variance(&self) -> Tensor<D> {
        // 1 − p, from the logarithm of p where p is near 1.
        let log_p = self.log_probs();
        let rest = -(log_p.clone() * 0.5).tanh() * (log_p.clone().exp() + 1.0);
        log_p.exp() * rest
    }
}

impl<const D: usize> Entropy for OneHotCategorical<D> {
    /// −Σ p log p: terms ≥ 0, and 0 for a masked class.
    fn entropy(&self) -> Tensor<1> {
        shape::sum_event(entropy_each(self.log_probs()))
    }
}

impl<const D: usize> Kl<Self> for OneHotCategorical<D> {
    /// That of the class numbers.
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::check_value("OneHotCategorical::kl", p.dims(), self.dims());
        shape::sum_event(kl_each(&self.logits, &p.logits))
    }
}
