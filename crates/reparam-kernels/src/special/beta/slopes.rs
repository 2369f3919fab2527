//! Derivatives of the incomplete beta function in its parameters, and what they make of a draw.

use super::corner::Corner;
use super::density::log_logit_density;
use super::digamma_rise::digamma_gap;
use super::mills::Mills;
use super::point::Point;
use libm::{exp, log1p};

/// How much of a sum its negative part may take away.
const CANCELLED: f64 = 0.9;

/// The derivatives of the logit of a draw in a and in b.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slopes {
    pub a: f64,
    pub b: f64,
}

impl Slopes {
    /// From the slopes as seen from the other end.
    fn mirrored(self) -> Self {
        Self { a: -self.b, b: -self.a }
    }

    const NAN: Self = Self { a: f64::NAN, b: f64::NAN };
}

/// Slopes by one side alone; what that side cannot tell without cancellation is missing.
struct OneSided {
    a: Option<f64>,
    b: Option<f64>,
}

impl OneSided {
    /// From the integrals below the point: dt/da = ∫ (E ln X − ln x) and dt/db = −∫ (ln y − E ln Y), over the density at
    /// the point.
    fn below(a: f64, b: f64, point: &Point) -> Self {
        let mills = Mills::below(a, b, point);
        let drift = point.drift(a, b);
        let centre = digamma_gap(a + b);
        // E ln X − ln x at the point.
        let rise = digamma_gap(a) - centre - log_share(a, b, -drift, &|| point.log_x());
        // ln y − E ln Y at the point.
        let fall = log_share(b, a, drift, &|| point.log_y()) - digamma_gap(b) + centre;
        let sum = |height: f64, integral: f64| {
            let part = height * mills.ratio;
            (part > -CANCELLED * integral).then_some(part + integral)
        };
        Self { a: sum(rise, mills.fall_in_a), b: sum(fall, mills.rise_in_b).map(|b| -b) }
    }

    fn above(a: f64, b: f64, point: &Point) -> Self {
        let other = Self::below(b, a, &point.mirrored());
        Self { a: other.b.map(|b| -b), b: other.a.map(|a| -a) }
    }
}

/// ln(x (a + b) / a), with the excess of x (a + b) over a.
fn log_share(a: f64, b: f64, excess: f64, log_x: &dyn Fn() -> f64) -> f64 {
    let share = excess / a;
    if share.abs() < 0.5 { log1p(share) } else { log_x() + log1p(b / a) }
}

/// The derivatives of t = logit(x) in a and b where I_x(a, b) is held.
pub(super) fn logit_slopes(a: f64, b: f64, point: &Point) -> Slopes {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && point.x >= 0.0 && point.y >= 0.0) {
        return Slopes::NAN;
    }
    if let Some(corner) = Corner::at(a, b, point) {
        return corner.slopes();
    }
    if let Some(corner) = Corner::at(b, a, &point.mirrored()) {
        return corner.slopes().mirrored();
    }
    let (first, second): (fn(f64, f64, &Point) -> OneSided, fn(f64, f64, &Point) -> OneSided) =
        if point.drift(a, b) >= 0.0 {
            (OneSided::below, OneSided::above)
        } else {
            (OneSided::above, OneSided::below)
        };
    match first(a, b, point) {
        OneSided { a: Some(a), b: Some(b) } => Slopes { a, b },
        one => {
            let other = second(a, b, point);
            Slopes { a: one.a.or(other.a).unwrap_or(f64::NAN), b: one.b.or(other.b).unwrap_or(f64::NAN) }
        }
    }
}

/// (∂I/∂a, ∂I/∂b) of the regularized incomplete beta function I_x(a, b).
pub fn beta_i_grad(a: f64, b: f64, x: f64) -> (f64, f64) {
    let point = Point::new(x, 1.0 - x);
    let slopes = logit_slopes(a, b, &point);
    let density = exp(log_logit_density(a, b, &point));
    (-density * slopes.a, -density * slopes.b)
}

/// (dx/da, dx/db) of a Beta(a, b) draw x = 1 − y at a fixed cdf.
pub fn beta_draw_slopes(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let slopes = logit_slopes(a, b, &Point::new(x, y));
    (slopes.a * x * y, slopes.b * x * y)
}

/// (dt/da, dt/db) of the logit t of a Beta(a, b) draw at a fixed cdf.
pub fn logit_beta_draw_slopes(a: f64, b: f64, logit: f64) -> (f64, f64) {
    let slopes = logit_slopes(a, b, &Point::from_logit(logit));
    (slopes.a, slopes.b)
}
