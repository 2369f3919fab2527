//! ContinuousBernoulli(probs) or (logits): density λ e^(λ x) / (e^λ − 1) on [0, 1] with λ = logits, by G. Loaiza-Ganem and
//! J. P. Cunningham, "The continuous Bernoulli", NeurIPS 2019.
//!
//! Around λ = 0, where the law is uniform, everything is written with ln(sinh v / v), v = λ / 2, which is smooth there.

mod exponential;

use std::marker::PhantomData;

use super::{Probs, Success};
use crate::law::{
    Cdf, Divergence, Draw, Entropy, Explicit, Law, Level, LogNorm, Mode, Moments, Noise, Parameter, Quantile,
    Reparameterized, Support,
};
use crate::{Dual, Element, Scalar};

/// The continuous Bernoulli law.
#[derive(Clone, Copy, Debug)]
pub struct ContinuousBernoulli<F = Probs>(PhantomData<F>);

impl<F: Success> Law<1> for ContinuousBernoulli<F> {
    const NAME: &'static str = "ContinuousBernoulli";
    const PARAMETERS: [Parameter; 1] = [Parameter::new(F::NAME, F::OPEN)];

    fn support(_: [f64; 1]) -> Support {
        Support::UNIT
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::log_density(x, F::logits(theta[0]))
    }
}

impl<F: Success> Explicit<1> for ContinuousBernoulli<F> {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 1]) -> S {
        Self::quantile(Level::logit(noise), theta)
    }
}

impl<F: Success> Draw<1> for ContinuousBernoulli<F> {
    fn draw(bits: &mut Element, theta: [f64; 1]) -> f64 {
        Self::path(bits.noise(Self::NOISE), theta)
    }
}

impl<F: Success> Reparameterized<1> for ContinuousBernoulli<F> {
    fn slopes(x: f64, theta: [f64; 1]) -> [f64; 1] {
        let (_, [parameter]) = Dual::<0, 1>::variables([], theta);
        let logits = F::logits(parameter);
        logits.second.map(|slope| slope * exponential::draw_slope(x, logits.value))
    }
}

impl<F: Success> Cdf<1> for ContinuousBernoulli<F> {
    fn lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::lower(exponential::sides(x), F::logits(theta[0]))
    }
    fn upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        let [x, rest] = exponential::sides(x);
        exponential::lower([rest, x], -F::logits(theta[0]))
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::log_lower(exponential::sides(x), F::logits(theta[0]))
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        let [x, rest] = exponential::sides(x);
        exponential::log_lower([rest, x], -F::logits(theta[0]))
    }
}

impl<F: Success> Quantile<1> for ContinuousBernoulli<F> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
        exponential::quantile(level, F::logits(theta[0]))
    }
}

impl<F: Success> Moments<1> for ContinuousBernoulli<F> {
    fn mean<S: Scalar>(theta: [S; 1]) -> S {
        exponential::mean(F::logits(theta[0]))
    }
    fn variance<S: Scalar>(theta: [S; 1]) -> S {
        exponential::variance(F::logits(theta[0]))
    }
}

impl<F: Success> Mode<1> for ContinuousBernoulli<F> {
    /// The end with the larger probability; ½ where the law is uniform.
    fn mode<S: Scalar>(theta: [S; 1]) -> S {
        let logits = F::logits(theta[0]).value();
        S::from(if logits == 0.0 { 0.5 } else { f64::from(u8::from(logits > 0.0)) })
    }
}

impl<F: Success> Entropy<1> for ContinuousBernoulli<F> {
    fn entropy<S: Scalar>(theta: [S; 1]) -> S {
        exponential::entropy(F::logits(theta[0]))
    }
}

impl<F: Success> LogNorm<1> for ContinuousBernoulli<F> {
    /// ln C in the density C probs^x (1 − probs)^(1 − x).
    fn log_norm<S: Scalar>(theta: [S; 1]) -> S {
        exponential::log_norm(F::logits(theta[0]))
    }
}

impl<F: Success> Divergence<1, Self, 1> for ContinuousBernoulli<F> {
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        exponential::divergence(F::logits(q), F::logits(p))
    }
}
