//! Hard draws whose gradient is that of a relaxation: value h, gradient of y, as h + (y − stop(y)).

use burn::tensor::{Tensor, activation};

use super::categorical::one_hot;
use crate::{
    Bernoulli, Distribution, Entropy, ExpRelaxedOneHotCategorical, Explicit, Factorized, Moments,
    OneHotCategorical, ParamMap, Params, Reparameterized,
    gradient::{moving_zero, stop},
    noise::{Noise, Rng},
    shape,
};

/// A biased gradient for a Bernoulli draw: 0 or 1 going forward, the slope of the relaxed draw going backward.
///
/// The draw follows Bernoulli(logits) exactly and so does the log-mass; only the gradient is that of
/// σ((logits + ε) / temperature), ε standard logistic. Path: h + (y − stop(y)), y relaxed and h its threshold.
///
/// Source: Bengio, Léonard & Courville, "Estimating or Propagating Gradients Through Stochastic Neurons", 2013; Jang, Gu &
/// Poole, "Categorical Reparameterization with Gumbel-Softmax", 2017.
#[derive(Clone, Debug)]
pub struct StraightThroughBernoulli<const D: usize> {
    temperature: Tensor<D>,
    logits: Tensor<D>,
}

crate::params!(StraightThroughBernoulli<const D> { temperature, logits });

impl<const D: usize> StraightThroughBernoulli<D> {
    /// From a positive temperature and log-odds; panics when the shapes do not broadcast.
    pub fn new(temperature: Tensor<D>, logits: Tensor<D>) -> Self {
        let [temperature, logits] = shape::broadcast("StraightThroughBernoulli", [temperature, logits]);
        Self { temperature, logits }
    }

    /// The law of the draws.
    pub fn hard(&self) -> Bernoulli<D> {
        Bernoulli::new(self.logits.clone())
    }
}

impl<const D: usize> Distribution<D> for StraightThroughBernoulli<D> {
    fn dims(&self) -> [usize; D] {
        self.logits.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        self.hard().log_prob(x)
    }
}

impl<const D: usize> Factorized<D> for StraightThroughBernoulli<D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        self.hard().log_prob_each(x)
    }
}

impl<const D: usize> Reparameterized<D> for StraightThroughBernoulli<D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.path(self.noise(rng))
    }
}

impl<const D: usize> Explicit<D> for StraightThroughBernoulli<D> {
    fn noise_law(&self) -> Noise {
        Noise::Logistic
    }
    fn noise_like(&self) -> Tensor<D> {
        self.logits.clone()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        let score = self.logits.clone() + noise;
        let hard = Tensor::zeros_like(&stop(score.clone())).mask_fill(score.clone().greater_elem(0.0), 1.0);
        hard + moving_zero(activation::sigmoid(score / self.temperature.clone()))
    }
}

impl<const D: usize> Moments<D> for StraightThroughBernoulli<D> {
    fn mean(&self) -> Tensor<D> {
        self.hard().mean()
    }
    fn variance(&self) -> Tensor<D> {
        self.hard().variance()
    }
}

impl<const D: usize> Entropy for StraightThroughBernoulli<D> {
    fn entropy(&self) -> Tensor<1> {
        self.hard().entropy()
    }
}

/// A biased gradient for a one-hot draw: a unit vector going forward, the slope of the relaxed draw going backward.
///
/// The draw follows OneHotCategorical(logits) exactly and so does the log-mass; only the gradient is that of
/// [`RelaxedOneHotCategorical`](crate::RelaxedOneHotCategorical). Path and source as for [`StraightThroughBernoulli`].
#[derive(Clone, Debug)]
pub struct StraightThroughOneHot<const D: usize> {
    hard: OneHotCategorical<D>,
    soft: ExpRelaxedOneHotCategorical<D>,
}

impl<const D: usize> Params for StraightThroughOneHot<D> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { hard: self.hard.map(f), soft: self.soft.map(f) }
    }
}

impl<const D: usize> StraightThroughOneHot<D> {
    /// From a positive temperature, `[batch, …, 1]` with axes of size 1 at will, and logits `[batch, …, classes]`.
    ///
    /// Panics when the shapes do not broadcast, or the temperature differs between classes.
    pub fn new(temperature: Tensor<D>, logits: Tensor<D>) -> Self {
        Self {
            soft: ExpRelaxedOneHotCategorical::new(temperature, logits.clone()),
            hard: OneHotCategorical::new(logits),
        }
    }

    /// The law of the draws.
    pub fn hard(&self) -> &OneHotCategorical<D> {
        &self.hard
    }
}

impl<const D: usize> Distribution<D> for StraightThroughOneHot<D> {
    fn dims(&self) -> [usize; D] {
        self.soft.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        self.hard.log_prob(x)
    }
}

impl<const D: usize> Reparameterized<D> for StraightThroughOneHot<D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.path(self.noise(rng))
    }
}

impl<const D: usize> Explicit<D> for StraightThroughOneHot<D> {
    fn noise_law(&self) -> Noise {
        self.soft.noise_law()
    }
    fn noise_like(&self) -> Tensor<D> {
        self.soft.noise_like()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        let log_y = self.soft.path(noise);
        one_hot(log_y.clone().argmax(D - 1), &log_y) + moving_zero(log_y.exp())
    }
}

impl<const D: usize> Moments<D> for StraightThroughOneHot<D> {
    fn mean(&self) -> Tensor<D> {
        self.hard.mean()
    }
    fn variance(&self) -> Tensor<D> {
        self.hard.variance()
    }
}

impl<const D: usize> Entropy for StraightThroughOneHot<D> {
    fn entropy(&self) -> Tensor<1> {
        self.hard.entropy()
    }
}
