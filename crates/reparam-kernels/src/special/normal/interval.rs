//! The probability of an interval under the standard normal distribution.

use std::f64::consts::FRAC_1_SQRT_2;

use super::distribution::{INVERSE_ROOT_TWO_PI, normal_sf};
use super::error_function::erf;
use super::tilted::tilted;
use crate::elementary::{log, log1p};

/// An interval of the real line that reaches further to the right of 0 than to the left, or the mirror image of one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Interval {
    /// [near, near + width] with near ≥ 0.
    Beside { near: f64, width: f64 },
    /// [−left, right] with 0 < left ≤ right.
    Across { left: f64, right: f64 },
}

impl Interval {
    /// The interval [a, b], and whether it is a mirror image; none where not a < b.
    pub(super) fn new(a: f64, b: f64) -> Option<(Self, bool)> {
        (a < b).then(|| Self::of_width(a, b, b - a))
    }

    /// The interval [a, b] of this width, which b − a may have lost, and whether it is a mirror image.
    pub(crate) fn of_width(a: f64, b: f64, width: f64) -> (Self, bool) {
        let mirrored = a + b < 0.0;
        let (a, b) = if mirrored { (-b, -a) } else { (a, b) };
        let interval =
            if a >= 0.0 { Self::Beside { near: a, width } } else { Self::Across { left: -a, right: b } };
        (interval, mirrored)
    }

    /// Its length.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Beside { width, .. } => width,
            Self::Across { left, right } => left + right,
        }
    }

    /// ∫ f(t) e^((n² − t²)/2) dt over the interval, where n is its point next to 0.
    pub(crate) fn integrate(self, f: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
        match self {
            Self::Beside { near, width } => tilted(near, width, move |u| f(near + u)),
            Self::Across { left, right } => tilted(0.0, right, f) + tilted(0.0, left, move |u| f(-u)),
        }
    }

    /// How far the logarithm of the density falls within the interval.
    pub(crate) fn fall(self) -> f64 {
        match self {
            Self::Beside { near, width } => width * (near + 0.5 * width),
            Self::Across { right, .. } => 0.5 * right * right,
        }
    }

    /// The logarithm of the probability.
    fn log_mass(self) -> f64 {
        match self {
            Self::Beside { near, width } => {
                log(INVERSE_ROOT_TWO_PI * tilted(near, width, |_| 1.0)) - 0.5 * near * near
            }
            Self::Across { left, right } => {
                let outside = normal_sf(left) + normal_sf(right);
                if outside < 0.5 {
                    log1p(-outside)
                } else {
                    log(0.5 * (erf(left * FRAC_1_SQRT_2) + erf(right * FRAC_1_SQRT_2)))
                }
            }
        }
    }
}

/// The logarithm of the probability of an interval under the standard normal distribution.
///
/// log(Φ(b) − Φ(a)) for a ≤ b, infinite ends included: −∞ where a = b, not-a-number where a > b. Narrow intervals and those
/// far from 0 keep the full relative accuracy: beside 0 the density is integrated from the nearer end.
///
/// Largest relative error measured: 5e-16.
pub fn log_normal_interval(a: f64, b: f64) -> f64 {
    match Interval::new(a, b) {
        Some((interval, _)) => interval.log_mass(),
        None if a == b => f64::NEG_INFINITY,
        None => f64::NAN,
    }
}
