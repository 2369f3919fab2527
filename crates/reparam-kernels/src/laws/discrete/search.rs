//! Quantiles of the laws on the integers.

use crate::law::{Cdf, Level, Moments, Tails, values};
use crate::{Scalar, single};

/// Relative roundings of a distribution function beyond which a level counts as above it, for a tail p in units of
/// 2⁻⁵² (1 − ln p): masses come from logarithms.
const SLACK: f64 = 32.0;

/// The smallest integer at which the distribution function reaches the level, searched from that of the normal law of the
/// same mean and variance.
///
/// A step function: without slopes.
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
    let level = Level { lower: level.lower.value(), upper: level.upper.value() };
    if theta.iter().any(|parameter| parameter.is_nan()) {
        return S::from(f64::NAN);
    }
    let counts = Counts {
        ends: L::support(theta).ends(),
        cdf: |k| L::cdf(k, theta),
        sf: |k| L::sf(k, theta),
        log_sf: |k| L::log_sf(k, theta),
        log_mass: |k| L::log_prob(k, theta),
    };
    S::from(counts.quantile(level, start, step))
}

/// What a quantile on the integers is found from: the ends of the support, both tails and masses.
#[derive(Clone, Copy, Debug)]
pub struct Counts<F, G, H, M> {
    /// The first and the last integer, which may be infinite.
    pub ends: (f64, f64),
    /// P(X ≤ k).
    pub cdf: F,
    /// P(X > k).
    pub sf: G,
    /// ln P(X > k).
    pub log_sf: H,
    /// ln P(X = k).
    pub log_mass: M,
}

impl<F, G, H, M> Counts<F, G, H, M>
where
    F: Fn(f64) -> f64,
    G: Fn(f64) -> f64,
    H: Fn(f64) -> f64,
    M: Fn(f64) -> f64,
{
    /// The least k with F(k) ≥ u, searched from `start` by steps that begin with `step`.
    ///
    /// Levels that are reached exactly are taken although F and u have been rounded: u counts as reached where it lies
    /// above F(k) by some roundings, and by less than a quarter of the next mass. At u = 1 the end of the support, which is
    /// the lower one where no other count is possible.
    pub fn quantile(&self, level: Level<f64>, start: f64, step: f64) -> f64 {
        let (low, high) = self.ends;
        if level.lower.is_nan() || level.upper.is_nan() {
            f64::NAN
        } else if level.lower <= 0.0 {
            low
        } else if level.upper <= 0.0 {
            let only_low = low.is_finite() && (self.log_sf)(low) == f64::NEG_INFINITY;
            if only_low { low } else { high }
        } else {
            let k = first_integer(start, step, (low, high), |k| self.reaches(k, level));
            if k > low && self.nearly_reaches(k - 1.0, level) { k - 1.0 } else { k }
        }
    }

    /// Whether F(k) ≥ u, by the smaller tail.
    ///
    /// A level that was told by its larger side has the digits of that side only: 1 − u may lie a rounding of u above
    /// 1 − F(k) that u was made of, and so the larger side counts as well.
    fn reaches(&self, k: f64, level: Level<f64>) -> bool {
        let Level { lower, upper } = level;
        if level.is_low() {
            let at = (self.cdf)(k);
            at >= lower || (at >= lower - f64::EPSILON && 1.0 - upper == lower && (self.sf)(k) <= upper)
        } else {
            let at = (self.sf)(k);
            at <= upper || (at <= upper + f64::EPSILON && 1.0 - lower == upper && (self.cdf)(k) >= lower)
        }
    }

    /// Whether F(k) < u by no more than F(k) and u may have been rounded, and by far less than the mass of k + 1.
    fn nearly_reaches(&self, k: f64, level: Level<f64>) -> bool {
        let Level { lower, upper } = level;
        let (small, gap) =
            if level.is_low() { (lower, lower - (self.cdf)(k)) } else { (upper, (self.sf)(k) - upper) };
        // And half a rounding of the larger side, which may be the one that was told.
        let told = if small > 1e-12 && 1.0 - (1.0 - small) == small { 0.5 * f64::EPSILON } else { 0.0 };
        let slack = SLACK * f64::EPSILON * small * (1.0 - small.ln()) + told;
        gap <= slack && gap <= 0.25 * (self.log_mass)(k + 1.0).exp()
    }
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
