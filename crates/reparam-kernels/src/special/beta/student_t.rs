//! Student's t distribution.

use std::f64::consts::LN_2;

use libm::{exp, log, log1p};

use super::incomplete::Tails;
use super::inverse::logit_quantile;
use super::point::Point;

/// Degrees of freedom from which on the law is taken to be this one, which up to x = 1e12 is the normal law.
const NORMAL: f64 = 1e40;

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

/// Degrees of freedom of which everything can be formed; not-a-number stays.
fn bounded(df: f64) -> f64 {
    if df > NORMAL { NORMAL } else { df }
}

/// The tails of |T| at |x|: `lower` is P(|T| ≥ |x|).
fn tails(df: f64, x: f64) -> Tails {
    let df = bounded(df);
    Tails::at(0.5 * df, 0.5, &point(df, x))
}

/// P(T ≤ x) for Student's t with ν = `df` degrees of freedom.
///
/// ½ I(ν / 2, ½) at ν / (ν + x²) below 0. For ν > 0, ∞ included, and any x; not-a-number elsewhere. Full relative accuracy
/// in the far tail: largest error measured, for ν from 0.01 to 1e10, ÷ max(1, condition): 1e-15.
pub fn student_t_cdf(df: f64, x: f64) -> f64 {
    let tails = tails(df, x);
    if x < 0.0 { 0.5 * tails.lower } else { 0.5 + 0.5 * tails.upper }
}

/// P(T > x), as [`student_t_cdf`] at −x.
pub fn student_t_sf(df: f64, x: f64) -> f64 {
    student_t_cdf(df, -x)
}

/// ln P(T ≤ x), finite also where the probability underflows.
///
/// Domain and method of [`student_t_cdf`]. Largest relative error measured, ÷ max(1, condition): 1e-15.
pub fn log_student_t_cdf(df: f64, x: f64) -> f64 {
    let tails = tails(df, x);
    if x < 0.0 { tails.log_lower - LN_2 } else { log1p(-0.5 * tails.lower) }
}

/// ln P(T > x), as [`log_student_t_cdf`] at −x.
pub fn log_student_t_sf(df: f64, x: f64) -> f64 {
    log_student_t_cdf(df, -x)
}

/// The x with P(T ≤ x) = u for Student's t with ν = `df` degrees of freedom.
///
/// For ν > 0, ∞ included, and u in [0, 1]; not-a-number elsewhere; ±∞ at the ends, and where x leaves the range of
/// doubles. Largest relative error measured, ÷ max(1, condition): 3e-15.
///
/// √(ν y / x) with the beta quantile x = 1 − y of I(ν / 2, ½), held by its logit.
pub fn student_t_quantile(df: f64, u: f64) -> f64 {
    if u > 0.5 {
        return -student_t_quantile(df, 1.0 - u);
    }
    let df = bounded(df);
    let logit = logit_quantile(0.5 * df, 0.5, 2.0 * u, 1.0 - 2.0 * u);
    0.0 - exp(0.5 * (log(df) - logit))
}

/// The x with P(T > x) = v, as −[`student_t_quantile`] of v: a far upper tail keeps its digits.
pub fn student_t_upper_quantile(df: f64, v: f64) -> f64 {
    -student_t_quantile(df, v)
}
