//! The inverse of the incomplete beta function.

use libm::{exp, log, log1p};

use super::super::gamma::{lgamma_diff, lgamma1p};
use super::incomplete::Tails;
use super::point::{Point, in_domain, log_ratio};
use crate::elementary::normal_quantile;

/// Three or four steps are the rule; a bracket that is halved every time comes down to neighbours in so many.
const STEPS: usize = 200;

/// (x, y) with I_x(a, b) = u and y = 1 − x, for the regularized incomplete beta function.
///
/// The quantile function of Beta(a, b). For a, b > 0 and u in [0, 1]; not-a-number elsewhere. Near 1 the digits are in y.
/// Largest relative error measured of the smaller one, for a and b from 1e-6 to 1e9, ÷ max(1, condition): 3e-15.
///
/// Halley's method for ln I, or ln(1 − I) where that is smaller, as a function of the logit; both are concave.
pub fn beta_i_inv(a: f64, b: f64, u: f64) -> (f64, f64) {
    let point = Point::from_logit(logit_beta_i_inv(a, b, u));
    (point.x, point.y)
}

/// (x, y) with 1 − I_x(a, b) = v and y = 1 − x, as [`beta_i_inv`]: a far upper tail keeps its digits.
pub fn beta_i_inv_complement(a: f64, b: f64, v: f64) -> (f64, f64) {
    let (y, x) = beta_i_inv(b, a, v);
    (x, y)
}

/// ln(x / y) with I_x(a, b) = u and y = 1 − x, as [`beta_i_inv`], also where x or y underflows.
pub fn logit_beta_i_inv(a: f64, b: f64, u: f64) -> f64 {
    logit_quantile(a, b, u, 1.0 - u)
}

/// The logit of the x at which I and 1 − I have these values; the smaller one counts.
pub(super) fn logit_quantile(a: f64, b: f64, lower: f64, upper: f64) -> f64 {
    if !in_domain(a, b, &Point::new(lower, upper)) {
        f64::NAN
    } else if lower <= upper {
        lower_quantile(a, b, lower)
    } else {
        -lower_quantile(b, a, upper)
    }
}

/// The logit t with ln I = ln u, for u ≤ ½.
///
/// ln I is concave in t, with the derivative f / I, whose own logarithmic derivative is drift − f / I: Halley's step costs
/// nothing more than Newton's.
fn lower_quantile(a: f64, b: f64, u: f64) -> f64 {
    if u == 0.0 {
        return f64::NEG_INFINITY;
    }
    let target = log(u);
    let mut t = first_guess(a, b, u);
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for _ in 0..STEPS {
        let point = Point::from_logit(t);
        let tails = Tails::at(a, b, &point);
        let miss = tails.log_lower - target;
        if miss > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let newton = -miss * tails.lower_ratio;
        let drift = point.drift(a, b);
        // Far off Newton's step is the safe one: from the left it never passes the root.
        let bend = 1.0 + 0.5 * miss * (1.0 - drift * tails.lower_ratio);
        let mut next = t + newton / if bend > 0.5 { bend.min(2.0) } else { 1.0 };
        if !(low..=high).contains(&next) {
            next = between(low, high, t);
        }
        let step = (next - t).abs();
        t = next;
        // The error falls to the third power of the step, in units of the scale on which ln I bends.
        let scale = tails.lower_ratio.min(1.0 / (1.0 + drift.abs())).min(1.0);
        let rounding = step <= f64::EPSILON * t.abs() || miss.abs() <= f64::EPSILON * (1.0 - target);
        if step <= 1e-5 * scale || rounding {
            break;
        }
    }
    t
}

/// The middle of a bracket, or a point beyond `t` where one end is open.
fn between(low: f64, high: f64, t: f64) -> f64 {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => 0.5 * (low + high),
        (true, false) => 2.0 * t.abs() + t + 1.0,
        _ => t - 2.0 * t.abs() - 1.0,
    }
}

/// A start for the logit at I = u.
fn first_guess(a: f64, b: f64, u: f64) -> f64 {
    // x^a / (a B) alone, and from the other end likewise.
    let log_x = (log(u) + lgamma1p(a) - lgamma_diff(a, b)) / a;
    if log_x < log(0.25 / b.max(1.0)) {
        return log_x - log1p(-exp(log_x));
    }
    let log_y = (log1p(-u) + lgamma1p(b) - lgamma_diff(b, a)) / b;
    if log_y < log(0.25 / a.max(1.0)) {
        return log1p(-exp(log_y)) - log_y;
    }
    let (wide_a, wide_b) = (a.max(0.5), b.max(0.5));
    log_ratio(wide_a, wide_b) + normal_quantile(u) * (1.0 / wide_a + 1.0 / wide_b).sqrt()
}
