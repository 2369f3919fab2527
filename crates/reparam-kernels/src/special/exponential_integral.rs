//! The exponential integral, scaled.

use std::f64::consts::EULER_GAMMA;

use crate::elementary::{exp, log, log1p};

/// Terms of the continued fraction: enough from x = 1.
const TERMS: u32 = 120;

/// The scaled exponential integral of order 1.
///
/// e^x E₁(x) = ∫ e^(−x t) / (1 + t) dt over t > 0, for x ≥ 0: ~ −log x − γ for small x, ~ 1/x for large; +∞ at 0,
/// not-a-number below.
///
/// The power series to x = 1, a continued fraction above (NIST Digital Library of Mathematical Functions, 6.6.2 and 6.9.1).
/// Largest relative error measured: 6e-16.
pub fn scaled_exponential_integral(x: f64) -> f64 {
    if x > 1.0 {
        return 1.0 / (x + 1.0 - fraction(x));
    }
    if x < 0.0 {
        return f64::NAN;
    }
    // Σ −(−x)ᵏ / (k k!)
    let (mut power, mut sum) = (1.0, 0.0);
    for k in (1..=20).map(f64::from) {
        power *= -x / k;
        sum -= power / k;
    }
    exp(x) * (sum - EULER_GAMMA - log(x))
}

/// The derivative of [`scaled_exponential_integral`].
///
/// e^x E₁(x) − 1/x, for x > 0, always negative: ~ −1/x² for large x, where the two terms cancel. Relative error below 10 ulp.
pub fn scaled_exponential_integral_grad(x: f64) -> f64 {
    if x > 1.0 {
        // e^x E₁ = 1/(x + r) with r = 1 − fraction, and the slope is −r/(x (x + r)).
        let rest = 1.0 - fraction(x);
        return -rest / (x * (x + rest));
    }
    scaled_exponential_integral(x) - x.recip()
}

/// 1/(x + 3 − 4/(x + 5 − 9/(x + 7 − …))).
fn fraction(x: f64) -> f64 {
    let terms = if x > 30.0 { 30 } else { TERMS };
    (1..=terms).rev().map(f64::from).fold(0.0, |tail, n| n * n / (x + 2.0 * n + 1.0 - tail))
}

/// The variance of ln(1 + y / c) for a standard exponential number y, and its slope in c.
///
/// For c > 0: ~ π²/6 for small c, ~ 1/c² for large. By the trapezoidal rule in ln y, whose density e^(v − e^v) falls faster than any
/// power on both sides. Largest relative error measured: 3e-14.
pub fn log1p_exponential_variance(c: f64) -> [f64; 2] {
    const STEP: f64 = 0.125;
    let mean = scaled_exponential_integral(c);
    let (mut square, mut cross) = (0.0, 0.0);
    for i in -320..=32 {
        let v = STEP * f64::from(i);
        let y = exp(v);
        let weight = STEP * exp(v - y);
        let deviation = log1p(y / c) - mean;
        square += weight * deviation * deviation;
        // What ln(1 + y / c) moves by as c grows, 1 / (c + y) − 1 / c, of which a constant does not count.
        cross += weight * deviation * if c < 1.0 { (c + y).recip() } else { -y / (c + y) / c };
    }
    [square, 2.0 * cross]
}
