//! Geometric(probs) and Geometric(logits): failures before the first success, mass p (1 − p)ˣ.

use std::marker::PhantomData;

use super::search::quantile_from;
use super::{Probs, Success};
use crate::law::{Cdf, Divergence, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support};
use crate::{Element, Scalar};

/// How many failures come before the first success.
#[derive(Clone, Copy, Debug)]
pub struct Geometric<F = Probs>(PhantomData<F>);

impl<F: Success> Law<1> for Geometric<F> {
    const NAME: &'static str = "Geometric";
    const PARAMETERS: [Parameter; 1] = [Parameter::new(F::NAME, F::POSSIBLE)];

    fn support(_: [f64; 1]) -> Support {
        Support::COUNTS
    }
    fn log_density<S: Scalar>(x: S, [success]: [S; 1]) -> S {
        let odds = F::odds(success);
        // A certain success: 0 · (−∞) is no number.
        if x.value() == 0.0 { odds.log_success } else { odds.log_success + x * odds.log_failure }
    }
}

impl<F: Success> Draw<1> for Geometric<F> {
    /// The whole part of an exponential number over −ln(1 − p), which has the law of the count.
    fn draw(bits: &mut Element, [success]: [f64; 1]) -> f64 {
        let count = (bits.exponential() / -F::odds(success).log_failure).floor();
        if count > f64::MAX { f64::MAX } else { count }
    }
}

impl<F: Success> Cdf<1> for Geometric<F> {
    fn lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        -Self::log_upper(x, theta).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_upper<S: Scalar>(x: S, [success]: [S; 1]) -> S {
        F::odds(success).log_failure * (x.value().floor() + 1.0)
    }
}

impl<F: Success> Quantile<1> for Geometric<F> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
        let start = level.log_upper().value() / F::odds(theta[0].value()).log_failure - 1.0;
        quantile_from::<S, Self, 1>(level, theta, start, 1.0)
    }
}

impl<F: Success> Moments<1> for Geometric<F> {
    fn mean<S: Scalar>([success]: [S; 1]) -> S {
        let odds = F::odds(success);
        odds.failure / odds.success
    }
    fn variance<S: Scalar>([success]: [S; 1]) -> S {
        let odds = F::odds(success);
        odds.failure / odds.success / odds.success
    }
}

impl<F: Success> Mode<1> for Geometric<F> {
    fn mode<S: Scalar>(_: [S; 1]) -> S {
        S::from(0.0)
    }
}

impl<F: Success> Entropy<1> for Geometric<F> {
    /// That of one trial, as often as trials are made.
    fn entropy<S: Scalar>([success]: [S; 1]) -> S {
        let odds = F::odds(success);
        odds.entropy() / odds.success
    }
}

impl<F: Success> Divergence<1, Self, 1> for Geometric<F> {
    /// That of one trial, as often as trials are made.
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        let odds = F::odds(q);
        odds.divergence(F::odds(p), F::difference(q, p)) / odds.success
    }
}
