//! ln(sinh x / x) and its derivatives: what an exponential density on an interval is made of.

use crate::{Scalar, single};

/// (−1)^(n+1) ζ(2n) / (n π^(2n)): the coefficients of ln(sinh x / x) in x², from x² on.
const SERIES: [f64; 18] = [
    0.16666666666666667,
    -0.0055555555555555556,
    0.0003527336860670194,
    -2.6455026455026455e-5,
    2.1377799155576933e-6,
    -1.803670234005331e-7,
    1.5661391322766984e-8,
    -1.3884130493737299e-9,
    1.2504359176004996e-10,
    -1.1402575602296091e-11,
    1.0502923908637556e-12,
    -9.7548778415937016e-14,
    9.1234682308590978e-15,
    -8.5837197618956093e-16,
    8.1173180097277896e-17,
    -7.7105275141162733e-18,
    7.3528449327120026e-19,
    -7.0361012103906523e-20,
];

/// Σ cₙ w(2n) x^(2n − 2m) from n = m on, for |x| ≤ 1.
fn series(x: f64, m: usize, weight: impl Fn(f64) -> f64) -> f64 {
    let square = x * x;
    (m..=SERIES.len()).rev().fold(0.0, |sum, n| SERIES[n - 1] * weight(2.0 * n as f64) + square * sum)
}

/// ln(sinh x / x) / x², even, 1/6 at 0.
pub fn ln_sinhc_over_square(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        return series(x, 1, |_| 1.0);
    }
    // sinh x = e^x (1 − e^(−2x)) / 2
    (x - single::log(2.0 * x) + single::log1p(-single::exp(-2.0 * x))) / (x * x)
}

/// coth x − 1/x for x ≥ 0.
fn langevin_value(x: f64) -> f64 {
    if x < 1.0 {
        return x * series(x, 1, |n| n);
    }
    // coth x = 1 + 2 / (e^(2x) − 1)
    1.0 - (x.recip() - 2.0 / single::expm1(2.0 * x))
}

/// 1/x² − 1/sinh² x for x ≥ 0.
fn slope_value(x: f64) -> f64 {
    if x < 1.0 {
        return series(x, 1, |n| n * (n - 1.0));
    }
    (x.recip() - inverse_sinh(x)) * (x.recip() + inverse_sinh(x))
}

/// −2/x³ + 2 coth x / sinh² x for x ≥ 0.
fn curvature_value(x: f64) -> f64 {
    if x < 1.0 {
        return x * series(x, 2, |n| n * (n - 1.0) * (n - 2.0));
    }
    let coth = 1.0 + 2.0 / single::expm1(2.0 * x);
    2.0 * (coth * inverse_sinh(x) * inverse_sinh(x) - x.powi(-3))
}

/// 1 / sinh x for x ≥ 1.
fn inverse_sinh(x: f64) -> f64 {
    2.0 * single::exp(-x) / -single::expm1(-2.0 * x)
}

/// ln(sinh x / x).
pub fn ln_sinhc<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], at * at * ln_sinhc_over_square(at), || [langevin_value(at.abs()).copysign(at)])
}

/// The function of P. Langevin: coth x − 1/x, odd, the derivative of [`ln_sinhc`].
pub fn langevin<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], langevin_value(at.abs()).copysign(at), || [slope_value(at.abs())])
}

/// 1/x² − 1/sinh² x, even, the derivative of [`langevin`].
pub fn langevin_slope<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], slope_value(at.abs()), || [curvature_value(at.abs()) * at.signum()])
}
