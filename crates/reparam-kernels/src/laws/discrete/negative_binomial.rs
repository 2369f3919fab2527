//! NegativeBinomial(total_count, probs) and NegativeBinomial(total_count, logits): successes before the `total_count`-th
//! failure, mass Γ(x + r) / (Γ(r) x!) pˣ (1 − p)ʳ.

use std::marker::PhantomData;

use super::long_sums::{Range, surprise};
use super::mass::log_negative_binomial;
use super::search::quantile;
use super::tails::{Tail, tails};
use super::{Poisson, Probs, Success};
use crate::law::{
    Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support, values,
};
use crate::sample::log_standard_gamma;
use crate::special::{logit_beta_draw_slopes, logit_beta_log_density};
use crate::{Element, Scalar, single};

/// A count of larger variance than mean; `total_count` need not be an integer.
///
/// `probs` and `logits` are those of the successes that x counts.
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomial<F = Probs>(PhantomData<F>);

impl<F: Success> Law<2> for NegativeBinomial<F> {
    const NAME: &'static str = "NegativeBinomial";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("total_count", Domain::Positive), Parameter::new(F::NAME, F::UNCERTAIN)];

    fn support(_: [f64; 2]) -> Support {
        Support::COUNTS
    }
    fn log_density<S: Scalar>(x: S, [total_count, success]: [S; 2]) -> S {
        let odds = F::odds(success);
        if x.value() == 0.0 {
            total_count * odds.log_failure
        } else {
            log_negative_binomial(x, total_count, odds)
        }
    }
}

impl<F: Success> Draw<2> for NegativeBinomial<F> {
    /// A Poisson draw at a rate that is a gamma draw times p / (1 − p).
    fn draw(bits: &mut Element, [total_count, success]: [f64; 2]) -> f64 {
        let odds = F::odds(success);
        if odds.success == 0.0 {
            return 0.0;
        }
        let log_rate = log_standard_gamma(bits, total_count) + (odds.log_success - odds.log_failure);
        Poisson::draw(bits, [single::exp(log_rate)])
    }
}

/// A tail with its derivatives: for P(X ≤ k), (k + r) p(k) in ln(1 − p), and in r that of the incomplete beta function, minus
/// the density of a logit times the slope of its draws.
fn tail<S: Scalar, F: Success>(tail: Tail, k: f64, [total_count, success]: [S; 2]) -> S {
    let (r, plain) = (total_count.value(), success.value());
    let odds = F::odds(plain);
    let value = tail.of_trials(k, r, odds);
    S::chain([total_count, F::odds(success).log_failure], value, || {
        let logit = odds.log_failure - odds.log_success;
        let in_count = -logit_beta_draw_slopes(r, k + 1.0, logit).0;
        let log_density = logit_beta_log_density(r, k + 1.0, logit);
        let log_mass = NegativeBinomial::<F>::log_density(k, [r, plain]);
        // A certain count has no slopes.
        let in_count = if logit.is_infinite() { 0.0 } else { tail.slope(value, in_count, log_density) };
        [in_count, tail.slope(value, k + r, log_mass)]
    })
}

tails!(NegativeBinomial<F>, 2, tail::<S, F>);

impl<F: Success> Quantile<2> for NegativeBinomial<F> {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        quantile::<S, Self, 2>(level, theta)
    }
}

impl<F: Success> Moments<2> for NegativeBinomial<F> {
    fn mean<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let odds = F::odds(success);
        total_count * odds.success / odds.failure
    }
    fn variance<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let odds = F::odds(success);
        total_count * odds.success / odds.failure / odds.failure
    }
}

impl<F: Success> Mode<2> for NegativeBinomial<F> {
    /// The larger of two equal ones.
    fn mode<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let odds = F::odds(success.value());
        S::from(((total_count.value() - 1.0) * odds.success / odds.failure).floor().max(0.0))
    }
}

impl<F: Success> Entropy<2> for NegativeBinomial<F> {
    /// By summation.
    fn entropy<S: Scalar>(theta: [S; 2]) -> S {
        let plain = values(theta);
        let (mode, deviation) = (Self::mode(plain), Self::variance(plain).sqrt());
        Range { low: 0.0, high: f64::INFINITY, mode, deviation }
            .bulk(|x| Self::log_density(x, plain))
            .sum(|x| surprise(Self::log_density(S::from(x), theta)))
    }
}

impl<F: Success> Divergence<2, Self, 2> for NegativeBinomial<F> {
    /// That of one trial, as often as trials are made; not-a-number where the total counts differ.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[0].value() != p[0].value() {
            return S::from(f64::NAN);
        }
        let odds = F::odds(q[1]);
        q[0] * odds.divergence(F::odds(p[1]), F::difference(q[1], p[1])) / odds.failure
    }
}
