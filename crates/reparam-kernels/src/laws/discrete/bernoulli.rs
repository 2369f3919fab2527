//! Bernoulli(logits) and Bernoulli(probs): 1 with probability p, else 0.

use std::marker::PhantomData;

use super::search::quantile_from;
use super::{Logits, Poisson, Success};
use crate::law::{Cdf, Divergence, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support};
use crate::scalar::special::{deviance, log1pmx};
use crate::{Element, Scalar};

/// One trial.
///
/// Certain outcomes, p of 0 or 1 and log-odds of ±∞, have masses of 0 and 1, never not-a-number.
#[derive(Clone, Copy, Debug)]
pub struct Bernoulli<F = Logits>(PhantomData<F>);

impl<F: Success> Law<1> for Bernoulli<F> {
    const NAME: &'static str = "Bernoulli";
    const PARAMETERS: [Parameter; 1] = [Parameter::new(F::NAME, F::ANY)];

    fn support(_: [f64; 1]) -> Support {
        Support::Integers(0.0, 1.0)
    }
    fn log_density<S: Scalar>(x: S, [success]: [S; 1]) -> S {
        let odds = F::odds(success);
        if x.value() == 0.0 { odds.log_failure } else { odds.log_success }
    }
}

impl<F: Success> Draw<1> for Bernoulli<F> {
    fn draw(bits: &mut Element, [success]: [f64; 1]) -> f64 {
        let odds = F::odds(success);
        let u = bits.uniform();
        // Small uniform numbers have the finer steps: they are kept for the rarer outcome.
        let success = if odds.success <= 0.5 { u < odds.success } else { u >= odds.failure };
        if odds.success.is_nan() { f64::NAN } else { f64::from(u8::from(success)) }
    }
}

impl<F: Success> Cdf<1> for Bernoulli<F> {
    fn lower<S: Scalar>(_: S, [success]: [S; 1]) -> S {
        F::odds(success).failure
    }
    fn upper<S: Scalar>(_: S, [success]: [S; 1]) -> S {
        F::odds(success).success
    }
    fn log_lower<S: Scalar>(_: S, [success]: [S; 1]) -> S {
        F::odds(success).log_failure
    }
    fn log_upper<S: Scalar>(_: S, [success]: [S; 1]) -> S {
        F::odds(success).log_success
    }
}

impl<F: Success> Quantile<1> for Bernoulli<F> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
        quantile_from::<S, Self, 1>(level, theta, 0.0, 1.0)
    }
}

impl<F: Success> Moments<1> for Bernoulli<F> {
    fn mean<S: Scalar>([success]: [S; 1]) -> S {
        F::odds(success).success
    }
    fn variance<S: Scalar>([success]: [S; 1]) -> S {
        let odds = F::odds(success);
        odds.success * odds.failure
    }
}

impl<F: Success> Mode<1> for Bernoulli<F> {
    /// 1 also for a fair coin.
    fn mode<S: Scalar>([success]: [S; 1]) -> S {
        S::from((2.0 * F::odds(success.value()).success).floor().min(1.0))
    }
}

impl<F: Success> Entropy<1> for Bernoulli<F> {
    fn entropy<S: Scalar>([success]: [S; 1]) -> S {
        F::odds(success).entropy()
    }
}

impl<F: Success> Divergence<1, Self, 1> for Bernoulli<F> {
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        F::odds(q).divergence(F::odds(p), F::difference(q, p))
    }
}

impl<F: Success> Divergence<1, Poisson, 1> for Bernoulli<F> {
    /// With d(x, m) = x ln(x / m) + m − x ≥ 0: d(p, rate) + d(1 − p, 1).
    fn kl<S: Scalar>([q]: [S; 1], [rate]: [S; 1]) -> S {
        let odds = F::odds(q);
        let (success, failure) = (odds.success, odds.failure);
        let zero = if failure.value() == 0.0 {
            success
        } else if success.value() <= 1.0 / 3.0 {
            -failure * log1pmx(success / failure)
        } else {
            failure * odds.log_failure + success
        };
        zero + if success.value() == 0.0 { rate } else { deviance(success, rate) }
    }
}
