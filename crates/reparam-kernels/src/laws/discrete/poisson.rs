//! Poisson(rate): mass rateˣ e^(−rate) / x!.

use super::search::quantile;
use super::sums::entropy;
use super::tails::{Tail, tails};
use super::{Bernoulli, Binomial, Success};
use crate::law::{
    Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support,
};
use crate::sample::{Hat, events_before, transformed_rejection};
use crate::scalar::special::{deviance, poisson_log_mass};
use crate::{Element, Scalar};

/// The number of independent events where `rate` are expected; always 0 at a rate of 0.
#[derive(Clone, Copy, Debug)]
pub struct Poisson;

impl Law<1> for Poisson {
    const NAME: &'static str = "Poisson";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("rate", Domain::NonNegative)];

    fn support(_: [f64; 1]) -> Support {
        Support::COUNTS
    }
    fn log_density<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        poisson_log_mass(x, rate)
    }
}

/// From this mean on counts are drawn by rejection, below by waiting times.
pub(super) const MANY: f64 = 10.0;

impl Draw<1> for Poisson {
    fn draw(bits: &mut Element, [rate]: [f64; 1]) -> f64 {
        if rate < MANY {
            return events_before(bits, f64::INFINITY, rate);
        }
        let b = 0.931 + 2.53 * rate.sqrt();
        let hat = Hat {
            a: -0.059 + 0.02483 * b,
            b,
            centre: rate + 0.43,
            squeeze: 0.9277 - 3.6224 / (b - 2.0),
            alpha: 1.1239 + 1.1328 / (b - 3.4),
        };
        transformed_rejection(bits, &hat, f64::MAX, |k| Self::log_density(k, [rate]))
    }
}

/// A tail with its derivative in the rate: −p(k) for P(X ≤ k).
fn tail<S: Scalar>(tail: Tail, k: f64, [rate]: [S; 1]) -> S {
    let mean = rate.value();
    let value = tail.of_poisson(k, mean);
    S::chain([rate], value, || [tail.slope(value, -1.0, Poisson::log_density(k, [mean]))])
}

tails!(Poisson, 1, tail);

impl Quantile<1> for Poisson {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
        quantile::<S, Self, 1>(level, theta)
    }
}

impl Moments<1> for Poisson {
    fn mean<S: Scalar>([rate]: [S; 1]) -> S {
        rate
    }
    fn variance<S: Scalar>([rate]: [S; 1]) -> S {
        rate
    }
}

impl Mode<1> for Poisson {
    /// The larger of two where the rate is an integer.
    fn mode<S: Scalar>([rate]: [S; 1]) -> S {
        S::from(rate.value().floor())
    }
}

impl Entropy<1> for Poisson {
    fn entropy<S: Scalar>(theta: [S; 1]) -> S {
        entropy::<S, Self, 1>(theta)
    }
}

impl Divergence<1, Self, 1> for Poisson {
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        if q.value() == 0.0 { p } else { deviance(q, p) }
    }
}

/// The divergence from a law of bounded counts: infinite, unless the rate is 0 and the count certain.
fn from_bounded<S: Scalar, L: Law<P>, const P: usize>(rate: S, theta: [S; P]) -> S {
    if rate.value() == 0.0 { -L::log_density(S::from(0.0), theta) } else { S::from(f64::INFINITY) }
}

impl<F: Success> Divergence<1, Bernoulli<F>, 1> for Poisson {
    fn kl<S: Scalar>([rate]: [S; 1], p: [S; 1]) -> S {
        from_bounded::<S, Bernoulli<F>, 1>(rate, p)
    }
}

impl<F: Success> Divergence<1, Binomial<F>, 2> for Poisson {
    fn kl<S: Scalar>([rate]: [S; 1], p: [S; 2]) -> S {
        from_bounded::<S, Binomial<F>, 2>(rate, p)
    }
}
