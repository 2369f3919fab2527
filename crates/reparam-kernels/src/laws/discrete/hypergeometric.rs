//! Hypergeometric(successes, failures, draws): mass C(s, x) C(f, n − x) / C(s + f, n).

use std::f64::consts::TAU;

use super::long_sums::{Range, surprise};
use super::mass::log_rising_ratio;
use super::search::quantile;
use super::tails::{Tail, tails};
use crate::law::{Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support, values};
use crate::sample::log_concave_rejection;
use crate::special::{log1mexp, log1pmx, stirling_error};
use crate::{Element, Scalar, single};

/// How many of `draws` balls that are drawn without putting them back are successes, from an urn with so many `successes`
/// and `failures`.
///
/// Loses precision beyond 10¹⁰ draws: tails are sums whose summands are asked for between integers, where numbers of that size
/// are coarse. At 10¹² draws their relative error is 3e-12.
#[derive(Clone, Copy, Debug)]
pub struct Hypergeometric;

impl Law<3> for Hypergeometric {
    const NAME: &'static str = "Hypergeometric";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("successes", Domain::Count),
        Parameter::new("failures", Domain::Count),
        Parameter::new("draws", Domain::Count),
    ];

    fn support([successes, failures, draws]: [f64; 3]) -> Support {
        Support::Integers((draws - failures).max(0.0), draws.min(successes))
    }
    fn conflict([successes, failures, draws]: [f64; 3]) -> Option<&'static str> {
        (draws > successes + failures).then_some("draws must be at most successes + failures")
    }
    /// At the ends of the support, which may be almost certain, a sum of one sign.
    fn log_density<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let (x, [s, f, n]) = (x.value(), values(theta));
        let left = s + f - n;
        // Among the drawn, or among those that are left, there is none of one kind.
        let none = |of: f64, others: f64, drawn: f64| -log_rising_ratio(of, others - drawn + 1.0, drawn);
        S::from(if n == 0.0 || left == 0.0 || s == 0.0 || f == 0.0 {
            0.0
        } else if x == 0.0 {
            none(s, f, n)
        } else if x == n {
            none(f, s, n)
        } else if x == s {
            none(s, f, left)
        } else if n - x == f {
            none(f, s, left)
        } else {
            log_table(x, [s, f, n])
        })
    }
}

/// The log-mass away from the ends, of the table of successes and failures, drawn and left: by the deviances of its cells from
/// what is expected, from which they all differ by the same number of balls, and the errors of Stirling's formula.
fn log_table(x: f64, [s, f, n]: [f64; 3]) -> f64 {
    let total = s + f;
    let left = total - n;
    // x − s n / N, with the products to the last ball.
    let (got, expected) = (x * total, s * n);
    let rest = x.mul_add(total, -got) - s.mul_add(n, -expected);
    let shift =
        if (got + expected).is_finite() { ((got - expected) + rest) / total } else { x - s * (n / total) };
    let deviance = |cell: f64, row: f64, column: f64, shift: f64| {
        if shift.abs() <= 0.5 * cell {
            -cell * log1pmx(-shift / cell)
        } else {
            cell * single::log(cell / (row / total * column)) - shift
        }
    };
    let cells = [x, s - x, n - x, f - (n - x)];
    let deviances = deviance(cells[0], s, n, shift)
        + deviance(cells[1], s, left, -shift)
        + deviance(cells[2], f, n, -shift)
        + deviance(cells[3], f, left, shift);
    let errors = |counts: [f64; 4]| counts.map(stirling_error).iter().sum::<f64>();
    let stirling = errors([s, f, n, left]) - stirling_error(total) - errors(cells);
    let shape = (s / cells[0]) * (f / cells[3]) * (n / cells[1]) * (left / cells[2]) / total / TAU;
    0.5 * single::log(shape) + stirling - deviances
}

impl Draw<3> for Hypergeometric {
    fn draw(bits: &mut Element, theta: [f64; 3]) -> f64 {
        let mode = Self::mode(theta);
        let support = Self::support(theta);
        let log_mass = |k: f64| {
            if support.contains(k) { Self::log_density(k, theta) } else { f64::NEG_INFINITY }
        };
        log_concave_rejection(bits, mode, log_mass)
    }
}

/// ln P(X ≤ k), for k below the last count, with the masses that count.
fn log_lower(k: f64, theta: [f64; 3]) -> f64 {
    let low = Hypergeometric::support(theta).ends().0;
    let log_mass = |x: f64| Hypergeometric::log_density(x, theta);
    let deviation = Hypergeometric::variance(theta).sqrt();
    let mode = Hypergeometric::mode(theta).min(k);
    let range = Range::below(k, low, mode, deviation, log_mass);
    let scale = log_mass(mode);
    (scale + single::log(range.sum(|x| single::exp(log_mass(x) - scale)))).min(0.0)
}

/// A tail, through the smaller one; without slopes, as counts are its parameters.
fn tail<S: Scalar>(tail: Tail, k: f64, theta: [S; 3]) -> S {
    let theta = values(theta);
    let [s, f, n] = theta;
    let is_low = k < Hypergeometric::mean(theta);
    let small = if k >= n.min(s) {
        f64::NEG_INFINITY
    } else if is_low {
        log_lower(k, theta)
    } else {
        log_lower(n - k - 1.0, [f, s, n])
    };
    let large = log1mexp(-small);
    let (lower, upper) = if is_low { (small, large) } else { (large, small) };
    S::from(match tail {
        Tail::Lower => single::exp(lower),
        Tail::Upper => single::exp(upper),
        Tail::LogLower => lower,
        Tail::LogUpper => upper,
    })
}

tails!(Hypergeometric, 3, tail);

impl Quantile<3> for Hypergeometric {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        quantile::<S, Self, 3>(level, theta)
    }
}

impl Moments<3> for Hypergeometric {
    fn mean<S: Scalar>([successes, failures, draws]: [S; 3]) -> S {
        draws * (successes / (successes + failures).max(S::from(1.0)))
    }
    fn variance<S: Scalar>([successes, failures, draws]: [S; 3]) -> S {
        let total = (successes + failures).max(S::from(1.0));
        let left = (total - draws) / (total - 1.0).max(S::from(1.0));
        draws * (successes / total) * (failures / total) * left
    }
}

impl Mode<3> for Hypergeometric {
    /// The larger of two equal ones.
    fn mode<S: Scalar>([successes, failures, draws]: [S; 3]) -> S {
        let [s, f, n] = [successes, failures, draws].map(Scalar::value);
        S::from(((n + 1.0) * ((s + 1.0) / (s + f + 2.0))).floor().clamp((n - f).max(0.0), n.min(s)))
    }
}

impl Entropy<3> for Hypergeometric {
    /// By summation.
    fn entropy<S: Scalar>(theta: [S; 3]) -> S {
        let plain = values(theta);
        let (low, high) = Self::support(plain).ends();
        let (mode, deviation) = (Self::mode(plain), Self::variance(plain).sqrt());
        let log_mass = |x: f64| Self::log_density(x, plain);
        S::from(Range { low, high, mode, deviation }.bulk(log_mass).sum(|x| surprise(log_mass(x))))
    }
}
