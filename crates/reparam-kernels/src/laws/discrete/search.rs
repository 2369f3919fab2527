//! Quantiles of the laws on the integers.

use crate::law::{Cdf, Level, Moments, Tails, values};
use crate::{Scalar, single};

/// The smallest integer at which the distribution function reaches the level, searched from that of the normal law of the
/// same mean and variance.
///
/// Compared on the side of the smaller tail. A step function: without slopes.
pub(super) fn quantile<S: Scalar, L: Cdf<P> + Moments<P>, const P: usize>(
    level: Level<S>,
    theta: [S; P],
) -> S {
    let theta_values = values(theta);
    let (lower, upper) = (level.lower.value(), level.upper.value());
    let z = if lower <= upper { single::normal_quantile(lower) } else { -single::normal_quantile(upper) };
    let deviation = L::variance(theta_values).sqrt();
    quantile_from::<S, L, P>(level, theta, L::mean(theta_values) + z * deviation, deviation / 16.0)
}

/// The same, from this start and with this first step.
pub(super) fn quantile_from<S: Scalar, L: Cdf<P>, const P: usize>(
    level: Level<S>,
    theta: [S; P],
    start: f64,
    step: f64,
) -> S {
    let theta = values(theta);
    let (lower, upper) = (level.lower.value(), level.upper.value());
    let (low, high) = L::support(theta).ends();
    let reached = |k: f64| {
        if lower <= upper { L::cdf(k, theta) >= lower } else { L::sf(k, theta) <= upper }
    };
    S::from(if lower.is_nan() || upper.is_nan() || theta.iter().any(|parameter| parameter.is_nan()) {
        f64::NAN
    } else if lower <= 0.0 {
        low
    } else if upper <= 0.0 {
        high
    } else {
        first_integer(start, step, (low, high), reached)
    })
}

/// The smallest integer from low to high with `reached`, which stays true once it is; high where it never is.
///
/// Steps that double find an integer before and one after, bisection the border: at most some thousand evaluations.
fn first_integer(start: f64, step: f64, (low, high): (f64, f64), reached: impl Fn(f64) -> bool) -> f64 {
    let high = high.min(f64::MAX);
    let start = if start.is_nan() { low } else { start.floor().clamp(low, high) };
    let mut step = if (1.0..f64::MAX).contains(&step) { step.floor() } else { 1.0 };
    let (mut before, mut after) = (start, start);
    if reached(start) {
        loop {
            before = (after - step).floor();
            if before < low {
                before = low - 1.0;
                break;
            }
            if !reached(before) {
                break;
            }
            after = before;
            step *= 2.0;
        }
    } else {
        loop {
            after = (before + step).floor();
            if after >= high {
                after = high;
                break;
            }
            if reached(after) {
                break;
            }
            before = after;
            step *= 2.0;
        }
    }
    loop {
        let middle = (before + (after - before) / 2.0).floor();
        if middle <= before || middle >= after {
            return after;
        }
        if reached(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_integer;

    #[test]
    fn the_border_is_found_from_anywhere() {
        for start in [0.0, 41.0, 42.0, 43.0, 1e9, f64::NAN, f64::INFINITY] {
            assert_eq!(first_integer(start, 3.0, (0.0, f64::INFINITY), |k| k >= 42.0), 42.0, "{start}");
        }
        assert_eq!(first_integer(5.0, 1.0, (0.0, 9.0), |_| true), 0.0);
        assert_eq!(first_integer(5.0, 1.0, (0.0, 9.0), |_| false), 9.0);
        assert_eq!(first_integer(1e300, 1.0, (0.0, f64::INFINITY), |k| k >= 3.0), 3.0);
    }
}
