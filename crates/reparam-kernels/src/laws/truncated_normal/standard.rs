//! The law in units of scale, as numbers, with the slopes of its functions.

use crate::law::Entropy;
use crate::laws::Uniform;
use crate::scalar::special::ln_ratio;
use crate::single;
use crate::special::{Interval, Place};

/// Distances in units of scale beyond which nothing changes.
const FAR: f64 = 1e300;

/// A truncated normal law, mirrored where needed so that its interval reaches further to the right of loc than to the left.
pub(super) struct Standard {
    interval: Interval,
    mirrored: bool,
    theta: [f64; 4],
}

/// The quotient of distances, finite where the ends are.
fn bounded(x: f64) -> f64 {
    x.clamp(-FAR, FAR)
}

impl Standard {
    pub(super) fn new(theta: [f64; 4]) -> Self {
        let [loc, scale, low, high] = theta;
        let end = |x: f64| if x.is_finite() { bounded((x - loc) / scale) } else { x };
        let width = high - low;
        let width = if low.is_finite() && high.is_finite() {
            bounded(width / scale).max(f64::MIN_POSITIVE)
        } else {
            width
        };
        let (interval, mirrored) = Interval::of_width(end(low), end(high), width);
        Self { interval, mirrored, theta }
    }

    /// Whether the density changes so little that it is compared with the uniform one.
    fn is_flat(&self) -> bool {
        self.interval.fall() <= 1.0
    }

    fn place(&self, x: f64) -> Place {
        let [loc, scale, low, high] = self.theta;
        let [z, left, right] = [x - loc, x - low, high - x].map(|distance| distance / scale);
        let at = Place { z: bounded(z), left: left.max(0.0), right: right.max(0.0) };
        if self.mirrored { at.mirrored() } else { at }
    }

    /// The slopes in loc, scale, low and high from those of the mirrored law in the same order.
    fn restored(&self, [loc, scale, low, high]: [f64; 4], odd: bool) -> [f64; 4] {
        let sign = if odd { -1.0 } else { 1.0 };
        if self.mirrored {
            [-sign * loc, sign * scale, -sign * high, -sign * low]
        } else {
            [loc, scale, low, high]
        }
    }

    pub(super) fn log_density(&self, x: f64) -> f64 {
        let [_, scale, low, high] = self.theta;
        let exponent = self.interval.exponent(self.place(x));
        if self.is_flat() {
            -exponent - self.interval.log_mean() - Uniform::entropy([low, high])
        } else {
            -exponent - ln_ratio(scale, self.interval.integrate(|_| 1.0).recip())
        }
    }

    /// The density at the ends of the interval, mirrored.
    fn end_densities(&self) -> [f64; 2] {
        let peak = (self.theta[1] * self.interval.integrate(|_| 1.0)).recip();
        [self.interval.exponent_left(), self.interval.fall()].map(|exponent| peak * single::exp(-exponent))
    }

    /// How far x is beyond the mean, mirrored, in units of scale.
    fn beyond_mean(&self, at: Place) -> f64 {
        let distance = self.interval.distance();
        match self.interval {
            Interval::Beside { .. } => at.left - distance,
            Interval::Across { .. } => at.z - distance,
        }
    }

    /// In x, and in the parameters: of z less its expectation, of z² less its expectation, and what the mass loses.
    pub(super) fn log_density_slopes(&self, x: f64) -> (f64, [f64; 4]) {
        let [loc, scale, ..] = self.theta;
        let (at, interval) = (self.place(x), self.interval);
        let (above, mean) = (self.beyond_mean(at), interval.mean());
        let variance = interval.expectation(|d| d * d);
        let [left, right] = self.end_densities();
        let in_scale = (above * (at.z + mean) - variance) / scale;
        (-bounded((x - loc) / scale) / scale, self.restored([above / scale, in_scale, left, -right], false))
    }

    pub(super) fn tails(&self, x: f64) -> (f64, f64) {
        let (lower, upper) = self.interval.tails(self.place(x));
        if self.mirrored { (upper, lower) } else { (lower, upper) }
    }

    pub(super) fn log_tails(&self, x: f64) -> (f64, f64) {
        let at = self.place(x);
        let (lower, upper) = self.interval.tails(at);
        let log_lower = if upper < 0.5 { single::log1p(-upper) } else { self.interval.log_lower(at) };
        let log_upper = if lower < 0.5 { single::log1p(-lower) } else { self.interval.log_upper(at) };
        if self.mirrored { (log_upper, log_lower) } else { (log_lower, log_upper) }
    }

    pub(super) fn quantile(&self, lower: f64, upper: f64) -> f64 {
        let [loc, scale, low, high] = self.theta;
        let (lower, upper) = if self.mirrored { (upper, lower) } else { (lower, upper) };
        let at = self.interval.quantile(lower, upper);
        let at = if self.mirrored { at.mirrored() } else { at };
        // From the nearest of all three.
        let x = if at.z.abs() <= at.left.min(at.right) {
            loc + scale * at.z
        } else if at.left <= at.right {
            low + scale * at.left
        } else {
            high - scale * at.right
        };
        x.max(low).min(high)
    }

    /// ∂x/∂θ at a fixed value of the distribution function.
    pub(super) fn slopes(&self, x: f64) -> [f64; 4] {
        let slopes = self.interval.slopes(self.place(x));
        self.restored([slopes.location, slopes.scale, slopes.left, slopes.right], true)
    }

    pub(super) fn mean(&self) -> f64 {
        let [loc, scale, low, high] = self.theta;
        let distance = scale * self.interval.distance();
        match (self.interval, self.mirrored) {
            (Interval::Across { .. }, false) => loc + distance,
            (Interval::Across { .. }, true) => loc - distance,
            (Interval::Beside { .. }, false) => low + distance,
            (Interval::Beside { .. }, true) => high - distance,
        }
    }

    /// Covariances with z and z², and what the mean moves by when the interval is cut.
    pub(super) fn mean_slopes(&self) -> [f64; 4] {
        let (interval, mean) = (self.interval, self.interval.mean());
        let variance = interval.expectation(|d| d * d);
        let with_square = interval.expectation(move |d| d * d * (2.0 * mean + d));
        let ([left, right], [to_left, to_right]) = (self.end_densities(), self.to_ends());
        self.restored([variance, with_square, left * to_left, right * to_right], true)
    }

    /// The distances from the mean to the ends, mirrored; 0 to an infinite one, where the density is 0.
    fn to_ends(&self) -> [f64; 2] {
        let distance = self.interval.distance();
        let ends = match self.interval {
            Interval::Beside { width, .. } => [distance, width - distance],
            Interval::Across { left, right } => [left + distance, right - distance],
        };
        ends.map(|to| if to == f64::INFINITY { 0.0 } else { self.theta[1] * to })
    }

    pub(super) fn variance(&self) -> f64 {
        let deviation = self.theta[1] * self.interval.expectation(|d| d * d).sqrt();
        deviation * deviation
    }

    pub(super) fn variance_slopes(&self) -> [f64; 4] {
        let (interval, mean, scale) = (self.interval, self.interval.mean(), self.theta[1]);
        let variance = interval.expectation(|d| d * d);
        let third = interval.expectation(|d| d * d * d);
        // Cov(d², z²), plus 2 Var for the unit.
        let with_square = interval.expectation(move |d| (d * d - variance) * d * (2.0 * mean + d));
        let ([left, right], [to_left, to_right]) = (self.end_densities(), self.to_ends());
        let square = scale * scale * variance;
        self.restored(
            [
                scale * third,
                scale * with_square,
                left * (square - to_left * to_left),
                right * (to_right * to_right - square),
            ],
            false,
        )
    }

    pub(super) fn entropy(&self) -> f64 {
        let [_, scale, low, high] = self.theta;
        let deficit = self.interval.entropy_deficit();
        if deficit < 1.0 {
            Uniform::entropy([low, high]) - deficit
        } else {
            single::log(scale) + self.interval.entropy()
        }
    }

    pub(super) fn entropy_slopes(&self) -> [f64; 4] {
        let (interval, mean, scale) = (self.interval, self.interval.mean(), self.theta[1]);
        let cubes = interval.expectation(move |d| d * d * (2.0 * mean + d));
        let variance = interval.expectation(|d| d * d);
        let fourths = interval.expectation(move |d| {
            let excess = d * (2.0 * mean + d) - variance;
            excess * excess
        });
        let (entropy, [left, right]) = (self.entropy(), self.end_densities());
        let at_end = |density: f64| {
            if density == 0.0 { 0.0 } else { density * (entropy + single::log(density) - 1.0) }
        };
        self.restored([0.5 * cubes / scale, 0.5 * fourths / scale, at_end(left), -at_end(right)], false)
    }
}
