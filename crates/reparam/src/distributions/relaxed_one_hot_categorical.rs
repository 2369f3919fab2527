//! RelaxedOneHotCategorical(temperature, logits), on the simplex and as its logarithm.

use burn::tensor::Tensor;

use crate::{
    Distribution, Explicit, ParamError, Reparameterized, error, gradient, math,
    noise::{Noise, Rng},
    ops, shape,
};

/// The relaxed categorical distribution in log space, `[batch, …, classes]`: draws are log y.
///
/// The form to compute with: log y is exact at any temperature, where y itself rounds to 0 and 1.
///
/// Density at log y, with s = logits − temperature · log y: Γ(n) temperature^(n−1) ∏ softmax(s)_k, with respect to the
/// logarithms of n − 1 elements.
///
/// Path: log y = log softmax((logits + ε) / temperature), ε standard Gumbel.
///
/// Source: Maddison, Mnih & Teh, "The Concrete Distribution", 2017; Jang, Gu & Poole, "Categorical Reparameterization with
/// Gumbel-Softmax", 2017.
#[derive(Clone, Debug)]
pub struct ExpRelaxedOneHotCategorical<const D: usize> {
    temperature: Tensor<D>,
    logits: Tensor<D>,
}

crate::params!(ExpRelaxedOneHotCategorical<const D> { temperature, logits });

impl<const D: usize> ExpRelaxedOneHotCategorical<D> {
    /// From a positive temperature, `[batch, …, 1]` with axes of size 1 at will, and logits `[batch, …, classes]`.
    ///
    /// Panics when the shapes do not broadcast, or the temperature differs between classes.
    pub fn new(temperature: Tensor<D>, logits: Tensor<D>) -> Self {
        const { assert!(D >= 2, "a categorical distribution needs a batch axis and a class axis") }
        assert!(
            temperature.dims()[D - 1] == 1,
            "RelaxedOneHotCategorical: one temperature for all classes of a row, so a last axis of size 1; got {:?}",
            temperature.dims()
        );
        let [temperature, logits] = shape::broadcast("RelaxedOneHotCategorical", [temperature, logits]);
        Self { temperature, logits }
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first temperature that is not finite and positive, or logit that is not finite.
    pub fn checked(self) -> Result<Self, ParamError> {
        let positive = |t: f64| t > 0.0 && t.is_finite();
        let name = "RelaxedOneHotCategorical";
        error::require(name, "temperature", "finite and positive", &self.temperature, positive)?;
        error::require(name, "logits", "finite", &self.logits, f64::is_finite)?;
        Ok(self)
    }
}

/// ln Γ(n) for a whole number n.
fn log_gamma(n: usize) -> f64 {
    (2..n).map(|k| (k as f64).ln()).sum()
}

impl<const D: usize> Distribution<D> for ExpRelaxedOneHotCategorical<D> {
    fn dims(&self) -> [usize; D] {
        self.logits.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        gradient::stop(self.rsample(rng))
    }
    /// At log y; that y sums to 1 is taken for granted.
    fn log_prob(&self, log_y: Tensor<D>) -> Tensor<1> {
        shape::check_value("RelaxedOneHotCategorical::log_prob", self.dims(), log_y.dims());
        let classes = self.dims()[D - 1];
        let scores = math::log_softmax(self.logits.clone() - self.temperature.clone() * log_y);
        let temperature = self.temperature.clone().narrow(D - 1, 0, 1);
        let scale = temperature.log() * (classes - 1) as f64 + log_gamma(classes);
        shape::sum_event(scores.sum_dim(D - 1) + scale)
    }
}

impl<const D: usize> Reparameterized<D> for ExpRelaxedOneHotCategorical<D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.path(self.noise(rng))
    }
}

impl<const D: usize> Explicit<D> for ExpRelaxedOneHotCategorical<D> {
    fn noise_law(&self) -> Noise {
        Noise::Gumbel
    }
    fn noise_like(&self) -> Tensor<D> {
        self.logits.clone()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        math::log_softmax((self.logits.clone() + noise) / self.temperature.clone())
    }
}

/// The relaxed categorical distribution on the simplex, `[batch, …, classes]`.
///
/// Softmax of (logits + Gumbel noise) / temperature along the last axis: the density is that of
/// [`ExpRelaxedOneHotCategorical`] at log y divided by ∏ y_k, the path its path and the exponential.
///
/// Draws are rounded inward, strictly between 0 and 1; where many elements round so, as at temperatures below 0.1 in
/// single precision, the density belongs to the rounded point: prefer [`ExpRelaxedOneHotCategorical`].
#[derive(Clone, Debug)]
pub struct RelaxedOneHotCategorical<const D: usize> {
    log: ExpRelaxedOneHotCategorical<D>,
}

impl<const D: usize> crate::Params for RelaxedOneHotCategorical<D> {
    fn map(&self, f: &impl crate::ParamMap) -> Self {
        Self { log: self.log.map(f) }
    }
}

impl<const D: usize> RelaxedOneHotCategorical<D> {
    /// From a positive temperature, `[batch, …, 1]` with axes of size 1 at will, and logits `[batch, …, classes]`.
    ///
    /// Panics when the shapes do not broadcast, or the temperature differs between classes.
    pub fn new(temperature: Tensor<D>, logits: Tensor<D>) -> Self {
        Self { log: ExpRelaxedOneHotCategorical::new(temperature, logits) }
    }

    /// The distribution of log y.
    pub fn log(&self) -> &ExpRelaxedOneHotCategorical<D> {
        &self.log
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first temperature that is not finite and positive, or logit that is not finite.
    pub fn checked(self) -> Result<Self, ParamError> {
        Ok(Self { log: self.log.checked()? })
    }
}

impl<const D: usize> Distribution<D> for RelaxedOneHotCategorical<D> {
    fn dims(&self) -> [usize; D] {
        self.log.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        gradient::stop(self.rsample(rng))
    }
    /// −∞ on the boundary of the simplex and outside of it.
    fn log_prob(&self, y: Tensor<D>) -> Tensor<1> {
        shape::check_value("RelaxedOneHotCategorical::log_prob", self.dims(), y.dims());
        let outside = y.clone().greater_elem(0.0).bool_not().any_dim(D - 1);
        // Rows outside get a value inside, so that their gradient vanishes.
        let safe = y.clone().mask_fill(outside.clone().expand(y.dims()), 0.5).log();
        let log_prob = self.log.log_prob(safe.clone()) - shape::sum_event(safe);
        let [batch] = log_prob.dims();
        let outside = shape::sum_event(outside.float()).reshape([batch]).greater_elem(0.0);
        log_prob.mask_fill(outside, f64::NEG_INFINITY)
    }
}

impl<const D: usize> Reparameterized<D> for RelaxedOneHotCategorical<D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.path(self.noise(rng))
    }
}

impl<const D: usize> Explicit<D> for RelaxedOneHotCategorical<D> {
    fn noise_law(&self) -> Noise {
        self.log.noise_law()
    }
    fn noise_like(&self) -> Tensor<D> {
        self.log.noise_like()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        shape::check_value("RelaxedOneHotCategorical::path", self.log.dims(), noise.dims());
        let dims = noise.dims();
        let [logits, temperature] =
            [&self.log.logits, &self.log.temperature].map(|param| shape::at_batch(param.clone(), dims));
        ops::relaxed_one_hot(noise, logits, temperature)
    }
}
