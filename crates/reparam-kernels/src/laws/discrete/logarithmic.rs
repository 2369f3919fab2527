//! Logarithmic(probs): counts from 1 with mass pˣ / (x λ), λ = −ln(1 − p).

use super::long_sums::{Range, surprise};
use super::search::quantile;
use super::tails::{Tail, tails};
use super::{Probs, Success};
use crate::law::{Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support, values};
use crate::scalar::special::{exp_m1_over, ln_sinhc, log1pmx};
use crate::special::log1mexp;
use crate::special::quadrature::{NEGLIGIBLE, points};
use crate::{Element, Scalar, single};

/// The size of a cluster, of which a Poisson number makes a negative binomial count; what is left of that count, given that it
/// is positive, as its `total_count` vanishes.
#[derive(Clone, Copy, Debug)]
pub struct Logarithmic;

/// −ln(1 − p).
fn rate<S: Scalar>(probs: S) -> S {
    -Probs::odds(probs).log_failure
}

/// ln(p / λ) = ln(sinh h / h) − h with h = λ / 2: with all digits where 1 is almost certain.
fn log_of_one<S: Scalar>(probs: S) -> S {
    let half = rate(probs) * 0.5;
    ln_sinhc(half) - half
}

impl Law<1> for Logarithmic {
    const NAME: &'static str = "Logarithmic";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("probs", Domain::OpenProbability)];

    fn support(_: [f64; 1]) -> Support {
        Support::Integers(1.0, f64::INFINITY)
    }
    fn log_density<S: Scalar>(x: S, [probs]: [S; 1]) -> S {
        let further = x - 1.0;
        let one = log_of_one(probs);
        if further.value() == 0.0 { one } else { one + further * Probs::odds(probs).log_success - x.ln() }
    }
}

impl Draw<1> for Logarithmic {
    /// A geometric count whose probability of another is 1 − (1 − p)ᵘ with u uniform (A. W. Kemp, "Efficient generation of
    /// logarithmically distributed pseudo-random variables", Applied Statistics 30, 1981).
    fn draw(bits: &mut Element, [probs]: [f64; 1]) -> f64 {
        let log_another = log1mexp(bits.uniform() * rate(probs));
        let count = 1.0 + (bits.exponential() / -log_another).floor();
        if count > f64::MAX { f64::MAX } else { count }
    }
}

/// ln P(X > k): λ⁻¹ ∫ e^(−(k + 1) v) / (1 − e^(−v)) dv over v from μ = −ln p, in ln v, where the integrand is smooth.
fn log_upper(k: f64, probs: f64) -> f64 {
    let odds = Probs::odds(probs);
    let (first, start) = (k + 1.0, -odds.log_success);
    let end = single::log1p(NEGLIGIBLE / first / start);
    let panels = (end / 4.0).ceil().max(1.0);
    let mut sum = 0.0;
    for i in 0..panels as u32 {
        let at = |i: u32| end * (f64::from(i) / panels);
        for (u, weight) in points(at(i), at(i + 1)) {
            let v = start * single::exp(u);
            sum += weight * (single::exp(-first * start * single::expm1(u)) * (v / -single::expm1(-v)));
        }
    }
    -first * start + single::log(sum) - single::log(-odds.log_failure)
}

/// P(X ≤ k) by its masses, where these are few.
fn lower(k: f64, probs: f64) -> f64 {
    let (mut x, mut sum) = (1.0, 0.0);
    while x <= k {
        sum += single::exp(Logarithmic::log_density(x, [probs]));
        x += 1.0;
    }
    sum
}

/// A tail, from the smaller one or the sum of a few masses, with its derivative: (P(X > k) − pᵏ) / ((1 − p) λ) for
/// P(X ≤ k).
fn tail<S: Scalar>(tail: Tail, k: f64, [probs]: [S; 1]) -> S {
    const FEW: f64 = 64.0;
    let p = probs.value();
    let log_upper = log_upper(k, p).min(0.0);
    let upper = single::exp(log_upper);
    let lower = if k <= FEW && upper > 0.5 { lower(k, p) } else { -single::expm1(log_upper) };
    let value = match tail {
        Tail::Lower => lower,
        Tail::Upper => upper,
        Tail::LogLower => {
            if upper < 0.5 {
                single::log1p(-upper)
            } else {
                single::log(lower)
            }
        }
        Tail::LogUpper => {
            if lower < 0.5 {
                single::log1p(-lower)
            } else {
                log_upper
            }
        }
    };
    S::chain([probs], value, || {
        let odds = Probs::odds(p);
        let power = k * odds.log_success;
        // pᵏ − P(X > k) > 0.
        let excess = if upper < 0.5 { single::exp(power) - upper } else { lower + single::expm1(power) };
        [tail.slope(value, -excess / odds.failure / -odds.log_failure, 0.0)]
    })
}

tails!(Logarithmic, 1, tail);

impl Quantile<1> for Logarithmic {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
        quantile::<S, Self, 1>(level, theta)
    }
}

impl Moments<1> for Logarithmic {
    /// p / ((1 − p) λ) = E(λ) with E(x) = (e^x − 1) / x.
    fn mean<S: Scalar>([probs]: [S; 1]) -> S {
        exp_m1_over(S::from(1.0), rate(probs))
    }
    /// p (λ − p) / ((1 − p) λ)².
    fn variance<S: Scalar>([probs]: [S; 1]) -> S {
        let odds = Probs::odds(probs);
        let width = odds.failure * rate(probs);
        odds.success / width * (-log1pmx(-probs) / width)
    }
}

impl Mode<1> for Logarithmic {
    fn mode<S: Scalar>(_: [S; 1]) -> S {
        S::from(1.0)
    }
}

impl Entropy<1> for Logarithmic {
    /// By summation.
    fn entropy<S: Scalar>(theta: [S; 1]) -> S {
        let plain = values(theta);
        let deviation = Self::variance(plain).sqrt();
        Range { low: 1.0, high: f64::INFINITY, mode: 1.0, deviation }
            .bulk(|x| Self::log_density(x, plain))
            .sum(|x| surprise(Self::log_density(S::from(x), theta)))
    }
}
