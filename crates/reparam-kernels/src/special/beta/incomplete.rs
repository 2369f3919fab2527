//! The regularized incomplete beta function.

use super::corner::Corner;
use super::density::log_logit_density;
use super::mills::Mills;
use super::point::Point;
use libm::{exp, expm1, log, log1p};

/// Both tails, and their logarithms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tails {
    pub lower: f64,
    pub upper: f64,
    pub log_lower: f64,
    pub log_upper: f64,
}

impl Tails {
    const NAN: Self = Self { lower: f64::NAN, upper: f64::NAN, log_lower: f64::NAN, log_upper: f64::NAN };

    fn from_log_lower(log_lower: f64) -> Self {
        let (lower, upper) = (exp(log_lower), -expm1(log_lower));
        Self { lower, upper, log_lower, log_upper: log(upper) }
    }

    fn from_lower(log_lower: f64) -> Self {
        let lower = exp(log_lower);
        Self { lower, upper: 1.0 - lower, log_lower, log_upper: log1p(-lower) }
    }

    fn mirrored(self) -> Self {
        Self { lower: self.upper, upper: self.lower, log_lower: self.log_upper, log_upper: self.log_lower }
    }

    pub(super) fn at(a: f64, b: f64, point: &Point) -> Self {
        if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()) || point.x.is_nan() {
            return Self::NAN;
        }
        let other = point.mirrored();
        if let Some(corner) = Corner::at(a, b, point) {
            Self::in_corner(a, b, point, &corner)
        } else if let Some(corner) = Corner::at(b, a, &other) {
            Self::in_corner(b, a, &other, &corner).mirrored()
        } else if point.drift(a, b) >= 0.0 {
            Self::below(a, b, point)
        } else {
            Self::below(b, a, &other).mirrored()
        }
    }

    fn in_corner(a: f64, b: f64, point: &Point, corner: &Corner) -> Self {
        if a < 1.0 {
            Self::from_log_lower(corner.log_integral())
        } else {
            Self::from_lower(log_logit_density(a, b, point) + log(corner.ratio()))
        }
    }

    fn below(a: f64, b: f64, point: &Point) -> Self {
        Self::from_lower(log_logit_density(a, b, point) + log(Mills::below(a, b, point).ratio))
    }
}

/// (I, 1 − I) of x with y = 1 − x.
pub fn beta_i_xy(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let tails = Tails::at(a, b, &Point::new(x, y));
    (tails.lower, tails.upper)
}

/// I_x(a, b).
pub fn beta_i(a: f64, b: f64, x: f64) -> f64 {
    beta_i_xy(a, b, x, 1.0 - x).0
}

/// 1 − I_x(a, b).
pub fn beta_i_complement(a: f64, b: f64, x: f64) -> f64 {
    beta_i_xy(a, b, x, 1.0 - x).1
}
