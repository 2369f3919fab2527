//! The power transformation of G. E. P. Box and D. R. Cox and its inverse, smooth where the power vanishes; what e^x has
//! above its tangent.

use super::{ln_ratio, log_distance, standard_value};
use crate::{Scalar, single};

/// y = ln(1 + c z) / c, and z for c = 0, at z = (x − loc) / scale; for c z ≥ −1.
///
/// With what the slopes of y and of the densities of y are made of.
#[derive(Clone, Copy, Debug)]
pub struct BoxCox {
    /// z; it may be out of range where y is not.
    pub z: f64,
    /// y.
    pub y: f64,
    /// ∂y/∂x = 1 / (scale (1 + c z)).
    pub in_x: f64,
    /// −∂y/∂ ln scale = z / (1 + c z).
    pub in_log_scale: f64,
    /// ∂y/∂c = (z / (1 + c z) − y) / c ≤ 0.
    pub in_power: f64,
}

impl BoxCox {
    /// At these numbers.
    pub fn new(x: f64, [loc, scale, c]: [f64; 3]) -> Self {
        let z = standard_value(x, loc, scale);
        let t = scaled(z, c);
        if t == f64::INFINITY && x.is_finite() {
            // c z is beyond the range of numbers: all that is left of 1 + c z.
            let y = (log_distance(x, loc, scale) + single::log(c.abs())) / c;
            let in_log_scale = c.recip();
            return Self {
                z,
                y,
                in_x: in_log_scale / (x - loc),
                in_log_scale,
                in_power: (in_log_scale - y) / c,
            };
        }
        // Rounding may carry the end of a support below −1.
        let t = if t < -1.0 { -1.0 } else { t };
        let y = if t.abs() < f64::MIN_POSITIVE { z } else { single::log1p(t) / c };
        let in_log_scale = z / (1.0 + t);
        let in_power = if t.abs() < 0.2 {
            // (t / (1 + t) − ln(1 + t)) / t² = Σ (−1)^(k+1) (k + 1) / (k + 2) t^k
            let sum = (0..26).rev().map(f64::from).fold(0.0, |sum, k| (k + 1.0) / (k + 2.0) - t * sum);
            -z * z * sum
        } else {
            (in_log_scale - y) / c
        };
        Self { z, y, in_x: (1.0 + t).recip() / scale, in_log_scale, in_power }
    }

    /// y as a function of x and the parameters.
    pub fn lifted<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let [loc, scale, c] = theta;
        let at = Self::new(x.value(), theta.map(Scalar::value));
        S::chain([x, loc, scale, c], at.y, || {
            [at.in_x, -at.in_x, -at.in_log_scale / scale.value(), at.in_power]
        })
    }
}

/// ln(1 + c x) / c, and x for c = 0; for c x ≥ −1.
pub fn ln_1p_over<S: Scalar>(x: S, c: S) -> S {
    BoxCox::lifted(x, [S::from(0.0), S::from(1.0), c])
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

/// 1 − x / (e^x − 1) for x ≥ 0, with full relative accuracy at 0: how far E(x) = (e^x − 1) / x is above 1, relative to it.
pub fn exp_m1_mean_deficit<S: Scalar>(x: S) -> S {
    let at = x.value();
    let rise = single::expm1(at);
    let value = if at == 0.0 {
        0.0
    } else if at < 0.5 {
        exp_m1_excess(at) / rise
    } else {
        1.0 - at / rise
    };
    S::chain([x], value, || {
        if at < 0.5 {
            let share = if at == 0.0 { 1.0 } else { at / rise };
            return [exponential_tail(at) * share * share];
        }
        // (x e^x − e^x + 1) / (e^x − 1)², by e^(−2x).
        let (fall, rest) = (single::exp(-at), -single::expm1(-at));
        [(at - rest) * (fall / rest) / rest]
    })
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
