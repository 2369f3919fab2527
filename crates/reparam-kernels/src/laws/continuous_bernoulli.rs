//! ContinuousBernoulli(probs) or (logits): density λ e^(λ x) / (e^λ − 1) on [0, 1] with λ = logits, by G. Loaiza-Ganem and
//! J. P. Cunningham, "The continuous Bernoulli", NeurIPS 2019.
//!
//! Around λ = 0, where the law is uniform, everything is written with ln(sinh v / v), v = λ / 2, which is smooth there.

mod exponential;

use std::marker::PhantomData;

use super::{Probs, Success};
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Entropy, Explicit, Law, Level, LogNorm, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};

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

explicit_draws!(ContinuousBernoulli<F> where F: Success, 1, Coordinate::Itself,
    noise at x, theta => Self::log_lower(x, theta) - Self::log_upper(x, theta));

impl<F: Success> Cdf<1> for ContinuousBernoulli<F> {
    fn lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::lower(x, F::logits(theta[0]))
    }
    fn upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::lower(-x + 1.0, -F::logits(theta[0]))
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::log_lower(x, F::logits(theta[0]))
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        exponential::log_lower(-x + 1.0, -F::logits(theta[0]))
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
