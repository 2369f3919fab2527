//! BetaBinomial(total_count, concentration1, concentration0): successes in trials whose probability is a beta draw.

use std::f64::consts::LN_2;

use super::long_sums::{Range, surprise};
use super::mass::{digamma_change, log_negative_binomial, log_rising_ratio};
use super::odds::{Odds, Success};
use super::search::quantile_from;
use super::tails::{Tail, tails};
use super::{Logits, binomial};
use crate::law::{Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support, values};
use crate::laws::Beta;
use crate::sample::log_standard_gamma;
use crate::special::{digamma_bend, digamma_rise, expected_logit_slopes, log_beta_exceedance, log1mexp};
use crate::{Element, Scalar, single};

/// A count of more spread than a binomial one.
#[derive(Clone, Copy, Debug)]
pub struct BetaBinomial;

impl Law<3> for BetaBinomial {
    const NAME: &'static str = "BetaBinomial";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("total_count", Domain::Count),
        Parameter::new("concentration1", Domain::Positive),
        Parameter::new("concentration0", Domain::Positive),
    ];

    fn support([total_count, _, _]: [f64; 3]) -> Support {
        Support::Integers(0.0, total_count)
    }

    /// C(n, x) B(x + a, n − x + b) / B(a, b), as the mass of x and n − x in two negative binomial laws given their sum n,
    /// with the odds that make n the mean of the sum; at the ends, which may be almost certain, a sum of one sign.
    fn log_density<S: Scalar>(x: S, [n, a, b]: [S; 3]) -> S {
        let count = n.value();
        if count == 0.0 {
            return S::from(0.0);
        } else if x.value() == 0.0 {
            return -log_rising_ratio(a, b, count);
        } else if x.value() == count {
            return -log_rising_ratio(b, a, count);
        }
        let value = log_mass(x.value(), n.value(), a.value(), b.value());
        S::chain([x, a, b], value, || {
            let [x, a, b] = [x, a, b].map(S::value);
            let rest = count - x;
            let in_x = digamma_change(x + 1.0, a - 1.0) - digamma_change(rest + 1.0, b - 1.0);
            // ψ(a + x) − ψ(a) − ψ(a + b + n) + ψ(a + b).
            let slope = |a: f64, b: f64, x: f64| digamma_bend(a, x, b) - digamma_rise(a + b + x, count - x);
            [in_x, slope(a, b, x), slope(b, a, rest)]
        })
    }
}

/// The log-mass away from the ends. It does not depend on the odds.
fn log_mass(x: f64, n: f64, a: f64, b: f64) -> f64 {
    let sum = a + b;
    let [success, failure] = [n / (n + sum), sum / (n + sum)];
    let odds = Odds { success, failure, log_success: success.ln(), log_failure: failure.ln() };
    log_negative_binomial(x, a, odds) + log_negative_binomial(n - x, b, odds)
        - log_negative_binomial(n, sum, odds)
}

impl Draw<3> for BetaBinomial {
    fn draw(bits: &mut Element, [n, a, b]: [f64; 3]) -> f64 {
        let logit = log_standard_gamma(bits, a) - log_standard_gamma(bits, b);
        binomial::draw(bits, n, Logits::odds(logit))
    }
}

/// The most masses that are summed one by one for a tail.
const MOST: usize = 256;

/// The sum of the masses from 0 to k, relative to that at k, in logarithms: `None` where more than some count.
fn log_sum(k: f64, [n, a, b]: [f64; 3]) -> Option<f64> {
    const LARGE: f64 = 1e100;
    let (mut j, mut term, mut sum, mut log_scale) = (k, 1.0, 1.0, 0.0);
    for _ in 0..MOST {
        // With a ≥ 1 masses that fall towards 0 keep falling.
        let rest = term * j;
        if rest <= 0.0 || rest.is_nan() || (a >= 1.0 && rest < 1e-18 * sum) {
            return Some(single::log(sum) + log_scale);
        }
        term *= (j / (n - j + 1.0)) * ((n - j + b) / (j - 1.0 + a));
        sum += term;
        if sum > LARGE {
            (term, sum, log_scale) = (term / LARGE, sum / LARGE, log_scale + LARGE.ln());
        }
        j -= 1.0;
    }
    None
}

/// ln P(X ≤ k), for 0 ≤ k < n: a sum of masses where these are few; else as P(V < W), with V ~ Beta(a, b) the probability
/// of success and W ~ Beta(k + 1, n − k) the (k + 1)-th smallest of n uniform numbers, of which those below V are successes.
fn log_lower(k: f64, theta: [f64; 3]) -> f64 {
    let [n, a, b] = theta;
    let value = match log_sum(k, theta) {
        Some(log_sum) => BetaBinomial::log_density(k, theta) + log_sum,
        None => log_beta_exceedance([k + 1.0, n - k], [a, b]),
    };
    if value > 0.0 { 0.0 } else { value }
}

/// Both logarithms, ln P(X ≤ k) and ln P(X > k), through the smaller tail.
fn log_tails(k: f64, theta: [f64; 3]) -> (f64, f64) {
    let [n, a, b] = theta;
    let mirrored = || log_lower(n - k - 1.0, [n, b, a]);
    let (is_low, first) =
        if k < n * (a / (a + b)) { (true, log_lower(k, theta)) } else { (false, mirrored()) };
    // The tail on this side of the mean need not be the smaller.
    let (is_low, small) = if first <= -LN_2 || first.is_nan() {
        (is_low, first)
    } else {
        (!is_low, if is_low { mirrored() } else { log_lower(k, theta) })
    };
    let large = log1mexp(-small);
    if is_low { (small, large) } else { (large, small) }
}

/// A tail with its derivatives in both concentrations.
///
/// Of P(V < W) the derivative in a parameter of V is −∫ f_V f_W ∂v/∂θ, an integral of one sign: the product of the densities
/// of the logits is that of Beta(k + 1 + a, n − k + b) times the mass at k and rational numbers.
fn tail<S: Scalar>(tail: Tail, k: f64, [total_count, concentration1, concentration0]: [S; 3]) -> S {
    let [n, a, b] = [total_count, concentration1, concentration0].map(S::value);
    if k >= n {
        return S::from(if matches!(tail, Tail::Lower) {
            1.0
        } else if matches!(tail, Tail::LogUpper) {
            f64::NEG_INFINITY
        } else {
            0.0
        });
    }
    let (log_lower, log_upper) = log_tails(k, [n, a, b]);
    let value = match tail {
        Tail::Lower => single::exp(log_lower),
        Tail::Upper => single::exp(log_upper),
        Tail::LogLower => log_lower,
        Tail::LogUpper => log_upper,
    };
    S::chain([concentration1, concentration0], value, || {
        let log_mass = BetaBinomial::log_density(k, [n, a, b]);
        let factor = (n - k) / (n + a + b) * (k + a);
        expected_logit_slopes([k + 1.0 + a, n - k + b], [a, b])
            .map(|slope| tail.slope(value, -factor * slope, log_mass))
    })
}

tails!(BetaBinomial, 3, tail);

impl Quantile<3> for BetaBinomial {
    /// Searched from the quantile of the probability of success, around which the count has a binomial spread.
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        let [n, a, b] = theta.map(S::value);
        let plain = Level { lower: level.lower.value(), upper: level.upper.value() };
        let success = Beta::quantile(plain, [a, b]);
        let spread = (n * success * (1.0 - success)).sqrt();
        quantile_from::<S, Self, 3>(level, theta, n * success, spread)
    }
}

impl Moments<3> for BetaBinomial {
    fn mean<S: Scalar>([n, a, b]: [S; 3]) -> S {
        n * (a / (a + b))
    }
    fn variance<S: Scalar>([n, a, b]: [S; 3]) -> S {
        let sum = a + b;
        n * (a / sum) * (b / sum) * ((sum + n) / (sum + 1.0))
    }
}

impl Mode<3> for BetaBinomial {
    /// Where the ratio of neighbouring masses passes 1; the more likely end where it does not, and the upper one of equals.
    fn mode<S: Scalar>([n, a, b]: [S; 3]) -> S {
        let [n, a, b] = [n, a, b].map(Scalar::value);
        let (rise, fall) = (n * (a - 1.0) - (b - 1.0), a + b - 2.0);
        S::from(if fall > 0.0 {
            ((rise / fall).floor() + 1.0).clamp(0.0, n)
        } else if a >= b {
            n
        } else {
            0.0
        })
    }
}

impl Entropy<3> for BetaBinomial {
    /// By summation. With a concentration below 1 masses may have two peaks: then over all counts.
    fn entropy<S: Scalar>(theta: [S; 3]) -> S {
        let plain = values(theta);
        let [n, a, b] = plain;
        let mode = Self::mode(plain);
        let range = Range { low: 0.0, high: n, mode, deviation: Self::variance(plain).sqrt() };
        let range = if a >= 1.0 && b >= 1.0 { range.bulk(|x| Self::log_density(x, plain)) } else { range };
        range.sum(|x| surprise(Self::log_density(S::from(x), theta)))
    }
}
