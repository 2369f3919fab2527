//! A point of a truncated normal distribution: what lies on both sides of it.

use super::distribution::normal_cdf;
use super::interval::Interval;
use super::quantile::normal_quantile_of_log;
use super::tilted::tilted;
use crate::elementary::{exp, log, normal_quantile};

/// ½ ln 2π.
const HALF_LN_2_PI: f64 = 0.918938533204672742;
/// Newton steps at most; six do.
const STEPS: usize = 40;

/// A point of an [`Interval`]: its distances from 0 and from both ends, each with its own digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The point itself.
    pub(crate) z: f64,
    /// From the left end.
    pub(crate) left: f64,
    /// To the right end.
    pub(crate) right: f64,
}

/// ∂z/∂a, ∂z/∂b, and the slopes in location and scale, at a fixed value of the distribution function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlaceSlopes {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) location: f64,
    pub(crate) scale: f64,
}

impl Place {
    /// The mirror image.
    pub(crate) fn mirrored(self) -> Self {
        Self { z: -self.z, left: self.right, right: self.left }
    }

    /// Moved to the right by `step`.
    fn moved(self, step: f64) -> Self {
        Self { z: self.z + step, left: self.left + step, right: self.right - step }
    }
}

/// Every integral is over e^(−exponent), the exponent of [`Interval::integrate`].
impl Interval {
    /// The exponent at a point.
    pub(crate) fn exponent(self, at: Place) -> f64 {
        match self {
            Self::Beside { near, .. } => at.left * (near + 0.5 * at.left),
            Self::Across { .. } => 0.5 * at.z * at.z,
        }
    }

    /// The exponent at the left end.
    pub(crate) fn exponent_left(self) -> f64 {
        match self {
            Self::Beside { .. } => 0.0,
            Self::Across { left, .. } => 0.5 * left * left,
        }
    }

    /// ∫ f(z − t) over t left of the point z, relative to [`Self::exponent`] there for z < 0.
    fn below(self, at: Place, f: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
        match self {
            _ if at.z < 0.0 => tilted(-at.z, at.left, f),
            Self::Beside { near, .. } => tilted(near, at.left, move |u| f(at.left - u)),
            Self::Across { left, .. } => {
                tilted(0.0, left, move |u| f(at.z + u)) + tilted(0.0, at.z, move |u| f(at.z - u))
            }
        }
    }

    /// ∫ f(t − z) over t right of the point z, relative to [`Self::exponent`] there for z ≥ 0.
    fn above(self, at: Place, f: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
        match self {
            Self::Across { right, .. } if at.z < 0.0 => {
                tilted(0.0, -at.z, move |u| f(-at.z - u)) + tilted(0.0, right, move |u| f(u - at.z))
            }
            _ => tilted(at.z, at.right, f),
        }
    }

    /// ln P(Z ≤ z).
    pub(crate) fn log_lower(self, at: Place) -> f64 {
        let share = log(self.below(at, |_| 1.0) / self.integrate(|_| 1.0));
        if at.z < 0.0 { share - self.exponent(at) } else { share }
    }

    /// ln P(Z > z).
    pub(crate) fn log_upper(self, at: Place) -> f64 {
        let share = log(self.above(at, |_| 1.0) / self.integrate(|_| 1.0));
        if at.z < 0.0 { share } else { share - self.exponent(at) }
    }

    /// P(Z ≤ z) and P(Z > z).
    pub(crate) fn tails(self, at: Place) -> (f64, f64) {
        let (mass, weight) = (self.integrate(|_| 1.0), exp(-self.exponent(at)));
        let (lower, upper) = (self.below(at, |_| 1.0) / mass, self.above(at, |_| 1.0) / mass);
        if at.z < 0.0 { (weight * lower, upper) } else { (lower, weight * upper) }
    }

    /// The slopes of z at a fixed value of the distribution function F, with density f:
    ///
    /// ∂z/∂a = (1 − F) f(a) / f(z), ∂z/∂b = F f(b) / f(z), and for location and scale
    /// ((1 − F) ∫ (zⁿ − tⁿ) f(t) dt + F ∫ (tⁿ − zⁿ) f(t) dt) / f(z), from a to z and from z to b, with n = 1, 2: beside 0
    /// all terms have one sign.
    pub(crate) fn slopes(self, at: Place) -> PlaceSlopes {
        let mass = self.integrate(|_| 1.0);
        let (below, above) = (self.below(at, |_| 1.0), self.above(at, |_| 1.0) / mass);
        // What is relative to the exponent at z on one side is not on the other: it falls out of every product.
        let (to_left, to_right) = match self {
            Self::Across { left, .. } if at.z < 0.0 => (-0.5 * at.left * (left - at.z), -self.fall()),
            _ => (-self.exponent_left(), -at.right * (at.z + 0.5 * at.right)),
        };
        let (left, right) = (above * exp(to_left), below / mass * exp(to_right));
        let location = above * self.below(at, |d| d) + below * (self.above(at, |d| d) / mass);
        let z = at.z;
        let scale = match self {
            Self::Across { left: a, right: b } if self.fall() > 1.0 => {
                let part = |end: f64, slope: f64| if slope == 0.0 { 0.0 } else { end * slope };
                z + part(a, left) - part(b, right)
            }
            _ => {
                let within = self.below(at, move |d| d * (2.0 * z - d));
                above * within + below * (self.above(at, move |d| d * (2.0 * z + d)) / mass)
            }
        };
        PlaceSlopes { left, right, location, scale }
    }

    /// The point with P(Z ≤ z) = `lower` and P(Z > z) = `upper`, by Newton's method from the smaller of both.
    pub(crate) fn quantile(self, lower: f64, upper: f64) -> Place {
        match self {
            Self::Beside { near, width } if lower <= upper => rise(near, width, lower),
            Self::Beside { near, width } => fall(near, width, upper),
            Self::Across { left, right } if lower <= upper => self.through(left, right, lower),
            Self::Across { left, right } => self.through(right, left, upper).mirrored(),
        }
    }

    /// The point of [−left, right] or its mirror image with the share p ≤ ½ to its left.
    fn through(self, left: f64, right: f64, p: f64) -> Place {
        let target = p * self.integrate(|_| 1.0);
        let width = left + right;
        if left == f64::INFINITY {
            let log_p = log(target) - HALF_LN_2_PI;
            let z = if log_p > -600.0 { normal_quantile(exp(log_p)) } else { normal_quantile_of_log(log_p) };
            return Place { z, left, right: right - z };
        }
        let start = if self.fall() < 1.0 {
            p * width
        } else {
            normal_quantile(target * exp(-HALF_LN_2_PI) + normal_cdf(-left)) + left
        };
        let start = start.min(target * exp(0.5 * left * left));
        let mut at = Place { z: start - left, left: start, right: width - start };
        let (mut low, mut high) = (0.0, width);
        for _ in 0..STEPS {
            // ln F and its inverse slope.
            let (log_share, room) = if at.z < 0.0 {
                let room = tilted(-at.z, at.left, |_| 1.0);
                (log(room / target) - 0.5 * at.z * at.z, room)
            } else {
                let share = tilted(0.0, left, |_| 1.0) + tilted(0.0, at.z, |_| 1.0);
                (log(share / target), share * exp(0.5 * at.z * at.z))
            };
            let step = -log_share * room;
            (low, high) = if step > 0.0 { (at.left, high) } else { (low, at.left) };
            let inside = at.left + step > low && at.left + step < high;
            let step =
                if inside || step.abs() <= 1e-15 * at.left { step } else { 0.5 * (low + high) - at.left };
            at = at.moved(step);
            if step.abs() <= 1e-9 * at.left {
                break;
            }
        }
        at
    }
}

/// The point with the share p ≤ ½ to its left, beside 0: from its left, which keeps Newton's method there.
fn rise(near: f64, width: f64, p: f64) -> Place {
    let target = p * tilted(near, width, |_| 1.0);
    let mut left = target;
    for _ in 0..STEPS {
        let step = (target - tilted(near, left, |_| 1.0)) * exp(left * (near + 0.5 * left));
        left += step;
        if step.is_nan() || step.abs() <= 1e-9 * left {
            break;
        }
    }
    Place { z: near + left, left, right: width - left }
}

/// The point with the share q < ½ to its right, beside 0: from its right, which keeps Newton's method there.
fn fall(near: f64, width: f64, q: f64) -> Place {
    let target = q * tilted(near, width, |_| 1.0);
    // Both the uniform and the untruncated density leave more on the right.
    let log_q = -log(q);
    let left = 2.0 * log_q / (near + libm::hypot(near, (2.0 * log_q).sqrt()));
    let mut at = if left < width * (1.0 - q) {
        Place { z: near + left, left, right: width - left }
    } else {
        Place { z: near + width * (1.0 - q), left: width * (1.0 - q), right: width * q }
    };
    for _ in 0..STEPS {
        let room = tilted(at.z, at.right, |_| 1.0);
        let step = (log(room / target) - at.left * (near + 0.5 * at.left)) * room;
        at = at.moved(step);
        if step.is_nan() || step.abs() <= 1e-9 * at.left.min(at.right) {
            break;
        }
    }
    at
}
