//! The power transformation of G. E. P. Box and D. R. Cox and its inverse, smooth where the power vanishes; what e^x has
//! above its tangent.

use super::ln_ratio;
use crate::{Scalar, single};

/// ln(1 + c x) / c, and x for c = 0; for c x ≥ −1.
pub fn ln_1p_over<S: Scalar>(x: S, c: S) -> S {
    let (at, power) = (x.value(), c.value());
    let t = scaled(at, power);
    // Rounding may carry the end of a support below −1.
    let t = if t < -1.0 { -1.0 } else { t };
    let value = if t.abs() < f64::MIN_POSITIVE { at } else { single::log1p(t) / power };
    S::chain([x, c], value, || {
        let slope = (1.0 + t).recip();
        let in_power = if t.abs() < 0.2 {
            // (t / (1 + t) − ln(1 + t)) / t² = Σ (−1)^(k+1) (k + 1) / (k + 2) t^k
            let sum = (0..26).rev().map(f64::from).fold(0.0, |sum, k| (k + 1.0) / (k + 2.0) - t * sum);
            -at * at * sum
        } else {
            (at * slope - value) / power
        };
        [slope, in_power]
    })
}

/// (e^(c x) − 1) / c, and x for c = 0.
pub fn exp_m1_over<S: Scalar>(x: S, c: S) -> S {
    let (at, power) = (x.value(), c.value());
    let t = scaled(at, power);
    let value = if t.abs() < f64::MIN_POSITIVE { at } else { single::expm1(t) / power };
    S::chain([x, c], value, || {
        let slope = single::exp(t);
        let in_power =
            if t.abs() < 0.5 { at * at * exponential_tail(t) } else { (at * slope - value) / power };
        [slope, in_power]
    })
}

/// x c, and 0 where c is 0.
fn scaled(x: f64, c: f64) -> f64 {
    if c == 0.0 { 0.0 } else { x * c }
}

/// (t e^t − e^t + 1) / t² = Σ t^k / (k! (k + 2)), for |t| ≤ ½.
fn exponential_tail(t: f64) -> f64 {
    let (mut power, mut sum) = (1.0, 0.0);
    for k in (0..16).map(f64::from) {
        sum += power / (k + 2.0);
        power *= t / (k + 1.0);
    }
    sum
}

/// e^x − 1 − x ≥ 0, with full relative accuracy at 0.
pub fn exp_m1_excess<S: Scalar>(x: S) -> S {
    let at = x.value();
    let value = if at.abs() < 0.5 {
        at * at * (2..18).rev().map(f64::from).fold(0.0, |sum, k| (1.0 + at * sum) / k)
    } else {
        single::expm1(at) - at
    };
    S::chain([x], value, || [single::expm1(at)])
}

/// x^p for x ≥ 0.
pub fn pow<S: Scalar>(x: S, p: S) -> S {
    let (at, exponent) = (x.value(), p.value());
    let value = libm::pow(at, exponent);
    S::chain([x, p], value, || {
        let in_x = if value.is_normal() {
            exponent * (value / at)
        } else {
            exponent * libm::pow(at, exponent - 1.0)
        };
        [in_x, if value == 0.0 { 0.0 } else { value * single::log(at) }]
    })
}

/// (x / y)^p for positive x and y, also near 1 for large p.
pub fn pow_ratio<S: Scalar>(x: S, y: S, p: S) -> S {
    let (a, b, exponent) = (x.value(), y.value(), p.value());
    let (ratio, log_ratio) = (a / b, ln_ratio(a, b));
    // What rounding the ratio loses is magnified by the power; its logarithm near 1 has lost nothing.
    let near = (0.5..=2.0).contains(&ratio);
    let value = if near { single::exp(exponent * log_ratio) } else { libm::pow(ratio, exponent) };
    S::chain([x, y, p], value, || [exponent * value / a, -exponent * value / b, value * log_ratio])
}
