//! Normal(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::normal;

use crate::{
    Distribution, Entropy, Explicit, Factorized, Kl, KlEach, Moments, ParamError, ParamMap, Params,
    Reparameterized, error, math,
    noise::{Noise, Rng},
    ops, shape,
};

/// ½ log(2π).
const HALF_LOG_TAU: f64 = 0.918_938_533_204_672_7;

/// The normal distribution with independent elements, `[batch, event…]`.
///
/// `Normal(loc, scale)`: density exp(−½((x − loc)/scale)²) / (scale √(2π)).
///
/// Path: x = loc + scale · ε, ε standard normal.
///
/// Where the scale comes from an unconstrained number its logarithm travels beside it, so densities, entropies and
/// divergences stay exact where the scale itself would round.
///
#[doc = include_str!("pages/normal.md")]
#[derive(Clone, Debug)]
pub struct Normal<const D: usize> {
    loc: Tensor<D>,
    scale: Tensor<D>,
    log_scale: Option<Tensor<D>>,
}

impl<const D: usize> Params for Normal<D> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self {
            loc: f.apply(self.loc.clone()),
            scale: f.apply(self.scale.clone()),
            log_scale: self.log_scale.clone().map(|log_scale| f.apply(log_scale)),
        }
    }
}

impl<const D: usize> Normal<D> {
    /// From mean and standard deviation; panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        let [loc, scale] = shape::broadcast("Normal", [loc, scale]);
        Self { loc, scale, log_scale: None }
    }

    /// From mean and log-variance: scale = exp(½ log_variance), positive by construction.
    ///
    /// Panics when the shapes do not broadcast.
    pub fn from_log_variance(loc: Tensor<D>, log_variance: Tensor<D>) -> Self {
        let [loc, log_variance] = shape::broadcast("Normal", [loc, log_variance]);
        let log_scale = log_variance * 0.5;
        Self { loc, scale: log_scale.clone().exp(), log_scale: Some(log_scale) }
    }

    /// From mean and an unconstrained number: scale = log(1 + exp(raw)), positive by construction.
    ///
    /// Panics when the shapes do not broadcast.
    pub fn from_softplus(loc: Tensor<D>, raw: Tensor<D>) -> Self {
        let [loc, raw] = shape::broadcast("Normal", [loc, raw]);
        Self { loc, scale: math::softplus(raw.clone()), log_scale: Some(math::log_softplus(raw)) }
    }

    /// The mean, `[batch, event…]`.
    pub fn loc(&self) -> Tensor<D> {
        self.loc.clone()
    }

    /// The standard deviation, `[batch, event…]`.
    pub fn scale(&self) -> Tensor<D> {
        self.scale.clone()
    }

    /// The logarithm of the standard deviation, `[batch, event…]`.
    pub fn log_scale(&self) -> Tensor<D> {
        self.log_scale.clone().unwrap_or_else(|| self.scale.clone().log())
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first mean that is not finite, or scale that is not finite and positive.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("Normal", "loc", "finite", &self.loc, f64::is_finite)?;
        error::require("Normal", "scale", "finite and positive", &self.scale, |s| s.is_finite() && s > 0.0)?;
        Ok(self)
    }
}

impl<const D: usize> Distribution<D> for Normal<D> {
    fn dims(&self) -> [usize; D] {
        self.loc.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        crate::gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.log_prob_each(x))
    }
}

impl<const D: usize> Factorized<D> for Normal<D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        shape::check_value("Normal::log_prob", self.dims(), x.dims());
        shape::check_type("Normal::log_prob", self.loc.dtype(), x.dtype());
        let dims = x.dims();
        let [loc, scale] = [&self.loc, &self.scale].map(|param| shape::at_batch(param.clone(), dims));
        match self.log_scale.clone() {
            None => ops::elementwise(ops::pointwise(normal::LogProb), vec![x, loc, scale]),
            Some(log_scale) => {
                let inputs = vec![x, loc, scale, shape::at_batch(log_scale, dims)];
                ops::elementwise(ops::pointwise(normal::LogProbOfLogScale), inputs)
            }
        }
    }
}

impl<const D: usize> Reparameterized<D> for Normal<D> {
    /// The path of the noise, both made in one pass.
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.law().rsample(rng)
    }
}

impl<const D: usize> Explicit<D> for Normal<D> {
    fn noise_law(&self) -> Noise {
        Noise::Normal
    }
    fn noise_like(&self) -> Tensor<D> {
        self.loc()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        self.loc.clone() + self.scale.clone() * noise
    }
}

impl<const D: usize> Moments<D> for Normal<D> {
    fn mean(&self) -> Tensor<D> {
        self.loc.clone()
    }
    fn variance(&self) -> Tensor<D> {
        self.scale.clone().square()
    }
}

impl<const D: usize> Entropy for Normal<D> {
    fn entropy(&self) -> Tensor<1> {
        shape::sum_event(self.log_scale() + (HALF_LOG_TAU + 0.5))
    }
}

impl<const D: usize> Kl<Self> for Normal<D> {
    fn kl(&self, p: &Self) -> Tensor<1> {
        shape::sum_event(self.kl_each(p))
    }
}

impl<const D: usize> KlEach<Self, D> for Normal<D> {
    /// With u = 2 log(scale_q / scale_p): ½ (eᵘ − 1 − u) + ½ ((loc_q − loc_p) / scale_p)², both terms ≥ 0.
    fn kl_each(&self, p: &Self) -> Tensor<D> {
        shape::check_value("Normal::kl", p.dims(), self.dims());
        if self.log_scale.is_none() && p.log_scale.is_none() {
            let other = [&p.loc, &p.scale].map(|param| shape::at_batch(param.clone(), self.dims()));
            let inputs = [self.loc.clone(), self.scale.clone()].into_iter().chain(other).collect();
            return ops::elementwise(ops::pointwise(normal::Kl), inputs);
        }
        let u = (self.log_scale() - p.log_scale()) * 2.0;
        let shift = (self.loc.clone() - p.loc.clone()) / p.scale.clone();
        (math::exp_excess(u) + shift.square()) * 0.5
    }
}
