//! Binomial(total_count, probs) and Binomial(total_count, logits): mass C(n, x) pˣ (1 − p)ⁿ⁻ˣ.

use std::marker::PhantomData;

use super::mass::log_binomial;
use super::poisson::MANY;
use super::search::quantile;
use super::sums::{divergence, entropy};
use super::tails::{Tail, tails};
use super::{Odds, Probs, Success};
use crate::law::{
    Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support,
};
use crate::sample::{Hat, events_before, transformed_rejection};
use crate::{Element, Scalar};

/// The number of successes in `total_count` trials; certain outcomes have a log-mass of 0.
#[derive(Clone, Copy, Debug)]
pub struct Binomial<F = Probs>(PhantomData<F>);

/// The log-mass of x successes in n trials; a certain outcome has 0.
fn log_mass<S: Scalar>(x: S, n: S, odds: Odds<S>) -> S {
    let failures = n - x;
    if n.value() == 0.0 {
        S::from(0.0)
    } else if x.value() == 0.0 {
        n * odds.log_failure
    } else if failures.value() == 0.0 {
        n * odds.log_success
    } else {
        log_binomial(x, failures, odds)
    }
}

impl<F: Success> Law<2> for Binomial<F> {
    const NAME: &'static str = "Binomial";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("total_count", Domain::Count), Parameter::new(F::NAME, F::ANY)];

    fn support([total_count, _]: [f64; 2]) -> Support {
        Support::Integers(0.0, total_count)
    }
    fn log_density<S: Scalar>(x: S, [total_count, success]: [S; 2]) -> S {
        log_mass(x, total_count, F::odds(success))
    }
}

impl<F: Success> Draw<2> for Binomial<F> {
    fn draw(bits: &mut Element, [total_count, success]: [f64; 2]) -> f64 {
        draw(bits, total_count, F::odds(success))
    }
}

/// A number of successes; failures are drawn where they are the rarer.
pub(super) fn draw(bits: &mut Element, n: f64, odds: Odds<f64>) -> f64 {
    if odds.success > 0.5 {
        return n - draw(bits, n, odds.flipped());
    }
    let (mean, deviation) = (n * odds.success, (n * odds.success * odds.failure).sqrt());
    if mean < MANY {
        return events_before(bits, n, -odds.log_failure);
    }
    let b = 1.15 + 2.53 * deviation;
    let hat = Hat {
        a: -0.0873 + 0.0248 * b + 0.01 * odds.success,
        b,
        centre: mean + 0.5,
        squeeze: 0.92 - 4.2 / b,
        alpha: (2.83 + 5.1 / b) * deviation,
    };
    let at_mode = log_mass(((n + 1.0) * odds.success).floor(), n, odds);
    transformed_rejection(bits, &hat, n, |k| log_mass(k, n, odds) - at_mode)
}

/// A tail with its derivative in ln(1 − p): (n − k) p(k) for P(X ≤ k).
fn tail<S: Scalar, F: Success>(tail: Tail, k: f64, [total_count, success]: [S; 2]) -> S {
    let n = total_count.value();
    let odds = F::odds(success.value());
    let value = tail.of_trials(k, n - k, odds);
    S::chain([F::odds(success).log_failure], value, || [tail.slope(value, n - k, log_mass(k, n, odds))])
}

tails!(Binomial<F>, 2, tail::<S, F>);

impl<F: Success> Quantile<2> for Binomial<F> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        quantile::<S, Self, 2>(level, theta)
    }
}

impl<F: Success> Moments<2> for Binomial<F> {
    fn mean<S: Scalar>([total_count, success]: [S; 2]) -> S {
        total_count * F::odds(success).success
    }
    fn variance<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let odds = F::odds(success);
        total_count * odds.success * odds.failure
    }
}

impl<F: Success> Mode<2> for Binomial<F> {
    /// The larger of two equal ones.
    fn mode<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let n = total_count.value();
        S::from(((n + 1.0) * F::odds(success.value()).success).floor().min(n))
    }
}

impl<F: Success> Entropy<2> for Binomial<F> {
    fn entropy<S: Scalar>(theta: [S; 2]) -> S {
        entropy::<S, Self, 2>(theta)
    }
}

impl<F: Success> Divergence<2, Self, 2> for Binomial<F> {
    /// That of one trial, `total_count` times; infinite from fewer trials. From more trials a sum over the counts, with an
    /// absolute error of rounding.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[0].value() == p[0].value() {
            q[0] * F::odds(q[1]).divergence(F::odds(p[1]), F::difference(q[1], p[1]))
        } else if q[0].value() > p[0].value() && F::odds(q[1].value()).success > 0.0 {
            S::from(f64::INFINITY)
        } else {
            divergence::<S, Self, 2>(q, p)
        }
    }
}
