//! Skellam(rate1, rate2): the difference of two Poisson counts, mass e^(−a − b) (a / b)^(x / 2) I_|x|(2 √(a b)).

use super::Poisson;
use super::long_sums::{Range, surprise};
use super::search::quantile;
use super::tails::{Tail, tails};
use crate::law::{Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support, values};
use crate::special::{bessel_ratio_order, log_skellam_mass, log1mexp};
use crate::{Element, Scalar, single};

/// A Poisson count of mean `rate1` less an independent one of mean `rate2`.
#[derive(Clone, Copy, Debug)]
pub struct Skellam;

/// The mass at x − 1, relative to that at x.
fn ratio_below(x: f64, [a, b]: [f64; 2]) -> f64 {
    let z = 2.0 * a.sqrt() * b.sqrt();
    let share = b.sqrt() / a.sqrt();
    if x >= 1.0 { share / bessel_ratio_order(x - 1.0, z) } else { share * bessel_ratio_order(-x, z) }
}

impl Law<2> for Skellam {
    const NAME: &'static str = "Skellam";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("rate1", Domain::Positive), Parameter::new("rate2", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::Integers(f64::NEG_INFINITY, f64::INFINITY)
    }
    /// ∂p(x)/∂a = p(x − 1) − p(x), and in b likewise with p(x + 1).
    fn log_density<S: Scalar>(x: S, [rate1, rate2]: [S; 2]) -> S {
        let (k, a, b) = (x.value(), rate1.value(), rate2.value());
        S::chain([rate1, rate2], log_skellam_mass(k, a, b), || {
            [ratio_below(k, [a, b]) - 1.0, ratio_below(-k, [b, a]) - 1.0]
        })
    }
}

impl Draw<2> for Skellam {
    fn draw(bits: &mut Element, [rate1, rate2]: [f64; 2]) -> f64 {
        Poisson::draw(bits, [rate1]) - Poisson::draw(bits, [rate2])
    }
}

/// ln P(X ≤ k) where that is the smaller tail.
fn log_lower(k: f64, [a, b]: [f64; 2]) -> f64 {
    let log_mass = |x: f64| log_skellam_mass(x, a, b);
    let range = Range::below(k, f64::NEG_INFINITY, k, (a + b).sqrt(), log_mass);
    let scale = log_mass(k);
    (scale + single::log(range.sum(|x| single::exp(log_mass(x) - scale)))).min(0.0)
}

/// A tail, through the smaller one, with its derivatives: −p(k) and p(k + 1) for P(X ≤ k).
fn tail<S: Scalar>(tail: Tail, k: f64, [rate1, rate2]: [S; 2]) -> S {
    let [a, b] = [rate1.value(), rate2.value()];
    let is_low = k < a - b;
    let small = if is_low { log_lower(k, [a, b]) } else { log_lower(-k - 1.0, [b, a]) };
    let large = log1mexp(-small);
    let (lower, upper) = if is_low { (small, large) } else { (large, small) };
    let value = match tail {
        Tail::Lower => single::exp(lower),
        Tail::Upper => single::exp(upper),
        Tail::LogLower => lower,
        Tail::LogUpper => upper,
    };
    S::chain([rate1, rate2], value, || {
        let log_mass = |x: f64| log_skellam_mass(x, a, b);
        [tail.slope(value, -1.0, log_mass(k)), tail.slope(value, 1.0, log_mass(k + 1.0))]
    })
}

tails!(Skellam, 2, tail);

impl Quantile<2> for Skellam {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        quantile::<S, Self, 2>(level, theta)
    }
}

impl Moments<2> for Skellam {
    fn mean<S: Scalar>([rate1, rate2]: [S; 2]) -> S {
        rate1 - rate2
    }
    fn variance<S: Scalar>([rate1, rate2]: [S; 2]) -> S {
        rate1 + rate2
    }
}

impl Mode<2> for Skellam {
    /// Within 1 of the mean; the larger of two equal ones.
    fn mode<S: Scalar>(theta: [S; 2]) -> S {
        let [a, b] = values(theta);
        let mut x = (a - b).floor() - 1.0;
        for _ in 0..3 {
            // The ratio of neighbours falls as x grows.
            if ratio_below(x + 1.0, [a, b]) > 1.0 {
                break;
            }
            x += 1.0;
        }
        S::from(x)
    }
}

impl Entropy<2> for Skellam {
    /// By summation.
    fn entropy<S: Scalar>(theta: [S; 2]) -> S {
        let plain = values(theta);
        let (mode, deviation) = (Self::mode(plain), Self::variance(plain).sqrt());
        Range { low: f64::NEG_INFINITY, high: f64::INFINITY, mode, deviation }
            .bulk(|x| Self::log_density(x, plain))
            .sum(|x| surprise(Self::log_density(S::from(x), theta)))
    }
}
