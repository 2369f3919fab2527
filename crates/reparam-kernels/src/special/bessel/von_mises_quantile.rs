//! The quantile function of the von Mises distribution.

use std::f64::consts::PI;

use super::ratio::bessel_ratio_complement;
use super::von_mises::{HalfAngle, outside};
use crate::elementary::{exp, expm1, log, normal_quantile};

/// The quantile function of the von Mises distribution.
///
/// The z in [−π, π] at which the distribution function of concentration k ≥ 0 is u, for u in [0, 1]; not-a-number outside.
/// The lower tail is as fine as u; the upper tail is the lower one of 1 − u.
///
/// Newton's method, on the logarithm of the distribution function in the tail and on its distance from ½ near the mode,
/// kept within a bracket.
///
/// Largest relative error measured: 1e-15.
pub fn von_mises_quantile(k: f64, u: f64) -> f64 {
    if outside(k, u) || !(0.0..=1.0).contains(&u) {
        return f64::NAN;
    }
    if u > 0.5 {
        return -lower_quantile(k, 1.0 - u);
    }
    lower_quantile(k, u)
}

/// The same for u ≤ ½.
fn lower_quantile(k: f64, u: f64) -> f64 {
    if u == 0.0 {
        return -PI;
    }
    if u == 0.5 || k == f64::INFINITY {
        return 0.0;
    }
    let (log_u, centred) = (log(u), 0.5 - u);
    let spread = bessel_ratio_complement(k);
    // 2 √k sin(z/2) is nearly normal for large k; for small k the angle is nearly uniform.
    let mut z = if k > 1.0 {
        2.0 * libm::asin((0.5 * normal_quantile(u) / k.sqrt()).max(-0.95))
    } else {
        -2.0 * PI * centred
    };
    let (mut low, mut high) = (-PI, 0.0);
    for _ in 0..60 {
        let angle = HalfAngle::of(z);
        let log_density = angle.log_density(k);
        let step = if angle.is_within(spread) {
            angle.mass_to_mode(k, |_| 1.0) - centred * exp(-log_density)
        } else {
            // F = f · mass. In log(π + z), log F is straight for small k, and nearly so in z for large k.
            let mass = angle.mass_below(k, |_| 1.0);
            let room = PI + z;
            room * expm1((log_u - log_density - log(mass)) * mass / room)
        };
        if step.abs() <= 1e-15 * z.abs() {
            break;
        }
        (low, high) = if step > 0.0 { (z, high) } else { (low, z) };
        z = if low < z + step && z + step < high { z + step } else { 0.5 * (low + high) };
    }
    z
}
