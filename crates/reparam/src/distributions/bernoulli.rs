//! Bernoulli(logits).

use burn::tensor::{Tensor, activation::sigmoid};

use crate::{
    Distribution, Entropy, Enumerable, Factorized, Kl, KlEach, Moments, ParamError, Relaxable,
    Reparameterized, discrete, error,
    gradient::stop,
    math,
    noise::{self, Noise, Rng},
    ops, shape,
};

/// The Bernoulli distribution with independent elements, `[batch, event…]`; draws are 0.0 or 1.0.
///
/// `Bernoulli(logits)`: mass pˣ (1 − p)¹⁻ˣ with p = 1 / (1 + e^{−logits}).
///
/// Discrete, so without a path.
///
/// The log-mass x · logits − softplus(logits) is also taken at x between 0 and 1, as the cross-entropy of grey levels
/// read as means; it is then not normalised over [0, 1].
///
#[doc = include_str!("pages/bernoulli.md")]
#[derive(Clone, Debug)]
pub struct Bernoulli<const D: usize> {
    logits: Tensor<D>,
}

crate::params!(Bernoulli<const D> { logits });

impl<const D: usize> Bernoulli<D> {
    /// From log-odds, any real numbers.
    pub fn new(logits: Tensor<D>) -> Self {
        Self { logits }
    }

    /// From probabilities: logits = log p − log(1 − p), ±∞ at p = 1 and p = 0.
    ///
    /// Prefer [`new`](Self::new): a probability near 1 has already lost the digits of 1 − p.
    pub fn from_probs(probs: Tensor<D>) -> Self {
        Self { logits: math::logit(probs) }
    }

    /// The log-odds, `[batch, event…]`.
    pub fn logits(&self) -> Tensor<D> {
        self.logits.clone()
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
    /// The first log-odds that is not finite.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("Bernoulli", "logits", "finite", &self.logits, f64::is_finite)?;
        Ok(self)
    }
}

impl<const D: usize> Distribution<D> for Bernoulli<D> {
    fn dims(&self) -> [usize; D] {
        self.logits.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        let below = noise::uniform(&self.logits, rng).lower(stop(self.mean()));
        Tensor::zeros_like(&self.logits).mask_fill(below, 1.0)
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::check_value("Bernoulli::log_prob", self.dims(), x.dims());
        shape::check_type("Bernoulli::log_prob", self.logits.dtype(), x.dtype());
        let [logits, x] = shape::broadcast("Bernoulli::log_prob", [self.logits.clone(), x]);
        ops::bernoulli_log_prob(logits, x)
    }
}

impl<const D: usize> Factorized<D> for Bernoulli<D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        shape::check_value("Bernoulli::log_prob_each", self.dims(), x.dims());
        shape::check_type("Bernoulli::log_prob_each", self.logits.dtype(), x.dtype());
        let l = self.logits.clone();
        // x l − max(l, 0) is exact for x of 0 or 1, so the likelier value keeps the digits of its small tail.
        x * l.clone() - l.clone().clamp_min(0.0) - math::softplus(-l.abs())
    }
}

impl<const D: usize> Moments<D> for Bernoulli<D> {
    fn mean(&self) -> Tensor<D> {
        sigmoid(self.logits.clone())
    }
    fn variance(&self) -> Tensor<D> {
        sigmoid(self.logits.clone()) * sigmoid(-self.logits.clone())
    }
}

impl<const D: usize> Enumerable<D> for Bernoulli<D> {
    fn support(&self) -> Tensor<D> {
        discrete::combinations("Bernoulli", &[0.0, 1.0], &self.logits)
    }
}

/// Scores are log-odds: l plus logistic noise, positive for a 1.
impl<const D: usize> Relaxable<D> for Bernoulli<D> {
    fn scores(&self) -> Tensor<D> {
        self.logits()
    }
    fn score_noise(&self, rng: &mut Rng) -> Tensor<D> {
        noise::of(Noise::Logistic, &self.logits, rng)
    }
    fn harden(z: Tensor<D>) -> Tensor<D> {
        Tensor::zeros_like(&z).mask_fill(z.greater_elem(0.0), 1.0)
    }
    fn soften(z: Tensor<D>, temperature: f64) -> Tensor<D> {
        sigmoid(z * (1.0 / temperature))
    }
    /// With s = ±1 the sign of z: z̃ = s · softplus(ε + softplus(s l)) for logistic ε, so that dz̃/dl =
    /// (1 − e^{−|z|}) · sigmoid(s l).
    fn conditional_slope(&self, z: Tensor<D>) -> Tensor<D> {
        let l = stop(self.logits());
        let odds_of_value = l.clone().mask_where(z.clone().greater_elem(0.0).bool_not(), -l);
        -math::exp_minus_one(-z.abs()) * sigmoid(odds_of_value)
    }
    fn tangent(_probs: Tensor<D>, slope: Tensor<D>) -> Tensor<D> {
        slope
    }
}

impl<const D: usize> Entropy for Bernoulli<D> {
    /// softplus(−|l|) + |l| · sigmoid(−|l|): both terms ≥ 0, so nothing cancels.
    fn entropy(&self) -> Tensor<1> {
        let l = self.logits.clone().abs();
        shape::sum_event(math::softplus(-l.clone()) + l.clone() * sigmoid(-l))
    }
}

impl<const D: usize> Kl<Self> for Bernoulli<D> {
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::sum_event(self.kl_each(p))
    }
}

impl<const D: usize> KlEach<Self, D> for Bernoulli<D> {
    /// softplus(l_p) − softplus(l_q) − sigmoid(l_q) · (l_p − l_q): the Bregman divergence of softplus.
    ///
    /// Near equality it is s · (e^δ − 1 − δ) − (w − log(1 + w)) with δ = l_p − l_q, s = sigmoid(l_q), w = s (e^δ − 1).
    /// Both logits change sign where l_q > 0, which leaves the divergence alone and keeps s ≤ ½, so that the second
    /// term is at most half the first and the difference keeps its digits.
    fn kl_each(&self, p: &Self) -> Tensor<D> {
        shape::check_value("Bernoulli::kl", p.dims(), self.dims());
        let [q, p] = shape::broadcast("Bernoulli::kl", [self.logits.clone(), p.logits.clone()]);
        let positive = q.clone().greater_elem(0.0);
        let q_low = q.clone().mask_where(positive.clone(), -q);
        let p_low = p.clone().mask_where(positive, -p);
        let s = sigmoid(q_low.clone());
        let delta = p_low.clone() - q_low.clone();

        let small = delta.clone().clamp(-1.0, 1.0);
        let excess = math::exp_excess(small.clone());
        let w = s.clone() * (excess.clone() + small);
        let near = s.clone() * excess - math::log1p_excess(w);
        let far = math::softplus(p_low) - math::softplus(q_low) - s * delta.clone();
        far.mask_where(delta.abs().lower_elem(1.0), near)
    }
}
