//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use crate::{Scalar, single, special};

/// 1 / √(2π).
const PEAK: f64 = 0.398_942_280_401_432_7;

/// φ(x), with the part of the square that rounding drops.
fn density(x: f64) -> f64 {
    let square = x * x;
    PEAK * single::exp(-0.5 * square) * (1.0 - 0.5 * x.mul_add(x, -square))
}

/// Φ(x).
pub fn normal_cdf<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::normal_cdf(at), || [density(at)])
}

/// ln Φ(x).
pub fn log_normal_cdf<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::log_normal_cdf(at), || [special::inverse_mills_ratio(at)])
}

/// The x with Φ(x) = p ≤ ½.
pub fn normal_quantile<S: Scalar>(p: S) -> S {
    let x = single::normal_quantile(p.value());
    S::chain([p], x, || [density(x).recip()])
}

/// Φ(x) − Φ(−x), for x ≥ 0.
pub fn normal_central_mass<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::erf(at * FRAC_1_SQRT_2), || [2.0 * density(at)])
}

/// The x with Φ(x) − Φ(−x) = p.
pub fn normal_quantile_of_central_mass<S: Scalar>(p: S) -> S {
    let x = SQRT_2 * special::erfinv(p.value());
    S::chain([p], x, || [(2.0 * density(x)).recip()])
}
