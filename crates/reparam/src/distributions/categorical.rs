//! Categorical(logits).

mod rows;

pub(crate) use rows::one_hot;
pub(super) use rows::{checked, draw, entropy_each, kl_each, one_hot_log_prob};

use burn::tensor::{Int, Tensor};

use crate::{
    Distribution, Entropy, Enumerable, Factorized, Kl, KlEach, Mode, ParamError, Reparameterized, discrete,
    math, noise::Rng, shape,
};

/// The categorical distribution, logits `[batch, …, classes]`; draws are class numbers, `[batch, …, 1]`.
///
/// `Categorical(logits)`: class k of the last axis with probability e^{l_k} / Σ e^{l_j}.
///
/// Discrete, so without a path. A draw is the largest of the logits with Gumbel noise, which is exact, masked classes
/// (logits of −∞) included.
///
/// The class axis becomes one number: each factor of the event has its own logits. Draws and values are floats;
/// [`log_prob_of`](Self::log_prob_of) takes integers.
#[derive(Clone, Debug)]
pub struct Categorical<const D: usize> {
    logits: Tensor<D>,
}

crate::params!(Categorical<const D> { logits });

impl<const D: usize> Categorical<D> {
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

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.logits.dims()[D - 1]
    }

    /// [`log_prob`](Distribution::log_prob) of class numbers as integers, `[batch, …, 1]`, which is how labels come.
    pub fn log_prob_of(&self, classes: Tensor<D, Int>) -> Tensor<1> {
        self.log_prob(classes.float().cast(self.logits.dtype()))
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
        checked("Categorical", &self.logits)?;
        Ok(self)
    }
}

impl<const D: usize> Distribution<D> for Categorical<D> {
    fn dims(&self) -> [usize; D] {
        let mut dims = self.logits.dims();
        dims[D - 1] = 1;
        dims
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        draw(&self.logits, rng).float().cast(self.logits.dtype())
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.log_prob_each(x))
    }
}

impl<const D: usize> Factorized<D> for Categorical<D> {
    /// −∞ where x is no class number.
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        shape::check_value("Categorical::log_prob", self.dims(), x.dims());
        shape::check_type("Categorical::log_prob", self.logits.dtype(), x.dtype());
        let last = (self.classes() - 1) as f64;
        let mut dims = x.dims();
        dims[D - 1] = self.classes();
        let inside = x.clone().clamp(0.0, last).round();
        let misses = inside.clone().not_equal(x);
        self.log_probs().expand(dims).gather(D - 1, inside.int()).mask_fill(misses, f64::NEG_INFINITY)
    }
}

impl<const D: usize> Enumerable<D> for Categorical<D> {
    fn support(&self) -> Tensor<D> {
        let classes: Vec<f64> = (0..self.classes()).map(|class| class as f64).collect();
        discrete::combinations("Categorical", &classes, &self.logits.clone().narrow(D - 1, 0, 1))
    }
}

impl<const D: usize> Mode<D> for Categorical<D> {
    fn mode(&self) -> Tensor<D> {
        self.logits.clone().argmax(D - 1).float().cast(self.logits.dtype())
    }
}

impl<const D: usize> Entropy for Categorical<D> {
    /// −Σ p log p: terms ≥ 0, and 0 for a masked class.
    fn entropy(&self) -> Tensor<1> {
        shape::sum_event(entropy_each(self.log_probs()))
    }
}

impl<const D: usize> Kl<Self> for Categorical<D> {
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::sum_event(self.kl_each(p))
    }
}

impl<const D: usize> KlEach<Self, D> for Categorical<D> {
    /// Σ q (e^δ − 1 − δ), δ = log p − log q: every term ≥ 0. +∞ where p masks a class that q has.
    fn kl_each(&self, p: &Self) -> Tensor<D> {
        shape::check_value("Categorical::kl", p.logits.dims(), self.logits.dims());
        kl_each(&self.logits, &p.logits)
    }
}
