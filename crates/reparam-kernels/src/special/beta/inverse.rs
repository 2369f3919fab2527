//! The inverse of the incomplete beta function.

use libm::{exp, log, log1p};

use super::super::gamma::{lgamma_diff, lgamma1p};
use super::incomplete::Tails;
use super::point::{Point, log_ratio};
use crate::elementary::normal_quantile;

/// Three or four steps are the rule; beyond this many the interval has been halved down to neighbours.
const STEPS: usize = 200;

/// (x, y) with I_x(a, b) = u and y = 1 − x.
pub fn beta_i_inv(a: f64, b: f64, u: f64) -> (f64, f64) {
    let point = Point::from_logit(logit_beta_i_inv(a, b, u));
    (point.x, point.y)
}

/// (x, y) with 1 − I_x(a, b) = v and y = 1 − x.
pub fn beta_i_inv_complement(a: f64, b: f64, v: f64) -> (f64, f64) {
    let (y, x) = beta_i_inv(b, a, v);
    (x, y)
}

/// ln(x / y) with I_x(a, b) = u and y = 1 − x.
pub fn logit_beta_i_inv(a: f64, b: f64, u: f64) -> f64 {
    logit_quantile(a, b, u, 1.0 - u)
}

/// The logit of the x at which I and 1 − I have these values; the smaller one counts.
pub(super) fn logit_quantile(a: f64, b: f64, lower: f64, upper: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && lower >= 0.0 && upper >= 0.0) {
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
        // Far off Newton's step is the safe one: from the left it never passes the root.
        let bend = 1.0 + 0.5 * miss * (1.0 - point.drift(a, b) * tails.lower_ratio);
        let mut next = t + newton / if bend > 0.5 { bend.min(2.0) } else { 1.0 };
        if !(low..=high).contains(&next) {
            next = between(low, high, t);
        }
        let step = (next - t).abs();
        t = next;
        let scale = tails.lower_ratio.min(1.0 / (1.0 + point.drift(a, b).abs())).min(1.0);
        if step <= 1e-5 * scale || step <= f64::EPSILON * t.abs() {
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
