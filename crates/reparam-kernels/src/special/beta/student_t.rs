//! Student's t distribution.

use std::f64::consts::LN_2;

use libm::{exp, log, log1p};

use super::incomplete::Tails;
use super::inverse::logit_quantile;
use super::point::Point;

/// Degrees of freedom from which on the law is the normal one to any digit.
pub(super) const NORMAL: f64 = 1e200;

/// ν / (ν + x²) as a point of the unit interval: |T| ≥ |x| has the probability I(ν / 2, ½) there.
pub(super) fn point(df: f64, x: f64) -> Point {
    let square = x * x;
    let sum = df + square;
    let (x_share, df_share) = (square / sum, df / sum);
    if x_share.min(df_share) > 1e-280 {
        Point::new(df_share, x_share)
    } else {
        Point::from_logit(log(df) - 2.0 * log(x.abs()))
    }
}

/// The tails of |T| at |x|: `lower` is P(|T| ≥ |x|).
fn tails(df: f64, x: f64) -> Tails {
    let df = df.min(NORMAL);
    Tails::at(0.5 * df, 0.5, &point(df, x))
}

/// P(T ≤ x).
pub fn student_t_cdf(df: f64, x: f64) -> f64 {
    let tails = tails(df, x);
    if x < 0.0 { 0.5 * tails.lower } else { 0.5 + 0.5 * tails.upper }
}

/// P(T > x).
pub fn student_t_sf(df: f64, x: f64) -> f64 {
    student_t_cdf(df, -x)
}

/// ln P(T ≤ x).
pub fn log_student_t_cdf(df: f64, x: f64) -> f64 {
    let tails = tails(df, x);
    if x < 0.0 { tails.log_lower - LN_2 } else { log1p(-0.5 * tails.lower) }
}

/// ln P(T > x).
pub fn log_student_t_sf(df: f64, x: f64) -> f64 {
    log_student_t_cdf(df, -x)
}

/// x with P(T ≤ x) = u.
pub fn student_t_quantile(df: f64, u: f64) -> f64 {
    if u > 0.5 {
        return -student_t_quantile(df, 1.0 - u);
    }
    let df = df.min(NORMAL);
    let logit = logit_quantile(0.5 * df, 0.5, 2.0 * u, 1.0 - 2.0 * u);
    -exp(0.5 * (log(df) - logit))
}

/// x with P(T > x) = v.
pub fn student_t_upper_quantile(df: f64, v: f64) -> f64 {
    -student_t_quantile(df, v)
}
