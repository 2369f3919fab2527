//! OneHotCategorical(logits).

use burn::tensor::{Int, Tensor, TensorData};

use super::categorical::{checked, draw, entropy_each, kl_each, one_hot, one_hot_log_prob};
use crate::{
    Distribution, Entropy, Enumerable, Kl, Moments, ParamError, Relaxable, Reparameterized, discrete, math,
    noise::{self, Noise, Rng},
    shape,
};

/// The categorical distribution over unit vectors, logits and draws `[batch, …, classes]`.
///
/// `OneHotCategorical(logits)`: a 1 at class k of the last axis with probability e^{l_k} / Σ e^{l_j}, 0 elsewhere.
///
/// Discrete, so without a path; relaxed, it is [`RelaxedOneHotCategorical`](crate::RelaxedOneHotCategorical).
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
        shape::check_type("OneHotCategorical::log_prob", self.logits.dtype(), x.dtype());
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

impl<const D: usize> Enumerable<D> for OneHotCategorical<D> {
    fn support(&self) -> Tensor<D> {
        let mut dims = self.logits.dims();
        let (classes, rows) = (dims[D - 1], dims[1..D - 1].iter().product());
        let chosen = discrete::assignments("OneHotCategorical", classes, rows);
        dims[0] = chosen.len() / rows;
        let like = Tensor::zeros(dims, (&self.logits.device(), self.logits.dtype()));
        dims[D - 1] = 1;
        let chosen: Vec<i64> = chosen.into_iter().map(|class| class as i64).collect();
        one_hot(Tensor::<D, Int>::from_data(TensorData::new(chosen, dims), &self.logits.device()), &like)
    }
}

/// Scores are log-probabilities plus Gumbel noise; the largest is the class.
impl<const D: usize> Relaxable<D> for OneHotCategorical<D> {
    fn scores(&self) -> Tensor<D> {
        self.log_probs()
    }
    fn score_noise(&self, rng: &mut Rng) -> Tensor<D> {
        noise::of(Noise::Gumbel, &self.logits, rng)
    }
    fn harden(z: Tensor<D>) -> Tensor<D> {
        one_hot(z.clone().argmax(D - 1), &z)
    }
    fn soften(z: Tensor<D>, temperature: f64) -> Tensor<D> {
        math::log_softmax(z * (1.0 / temperature)).exp()
    }
    /// The largest score is that of all classes together, Gumbel noise alone: z̃_k = ε_k. Every other one is
    /// z̃_i = ε_k − softplus(ε_k − ε_i − l_i), so that dz̃_i/dl_i = 1 − e^{z_i − z_k}.
    fn conditional_slope(&self, z: Tensor<D>) -> Tensor<D> {
        -math::exp_minus_one(z.clone() - z.max_dim(D - 1))
    }
    fn tangent(probs: Tensor<D>, slope: Tensor<D>) -> Tensor<D> {
        slope.clone() - probs * slope.sum_dim(D - 1)
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
