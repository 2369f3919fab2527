//! The sum of a standard normal number and an exponential one of rate k.
//!
//! With Mills' ratio m(x) = (1 − Φ(x)) / φ(x): the density at z is k φ(z) m(k − z), the upper tail φ(z) (m(z) + m(k −
//! z)) and the lower one φ(z) (m(−z) − m(k − z)), which is an integral of the density of one sign where the two
//! nearly cancel.

use std::f64::consts::{FRAC_1_SQRT_2, LN_2};

use super::distribution::{INVERSE_ROOT_TWO_PI, gaussian, log_normal_cdf, normal_cdf, normal_sf};
use super::error_function::erfcx;
use crate::elementary::{exp, log, log1p};
use crate::special::quadrature::integrate;

/// ½ ln 2π.
const HALF_LN_2_PI: f64 = 0.918_938_533_204_672_7;
/// √(π/2).
const ROOT_HALF_PI: f64 = 1.253_314_137_315_500_3;
/// The share of Φ(z) up to which what is subtracted from it costs no digits.
const APART: f64 = 0.5;

/// Mills' ratio (1 − Φ(x)) / φ(x), for x ≥ 0.
fn mills(x: f64) -> f64 {
    ROOT_HALF_PI * erfcx(x * FRAC_1_SQRT_2)
}

/// 1 − x m(x), the fall of Mills' ratio, for x ≥ 0.
fn mills_fall(x: f64) -> f64 {
    if x < 9.0 {
        return 1.0 - x * mills(x);
    }
    // Σ (−1)^(n + 1) (2n − 1)!! x^(−2n), DLMF 7.12.1.
    let square = (x * x).recip();
    let (mut term, mut sum) = (square, square);
    for n in (3..80).step_by(2).map(f64::from) {
        term *= -n * square;
        sum += term;
        if term.abs() < 1e-18 * sum {
            break;
        }
    }
    sum
}

/// ln(φ(z) m(k − z)), the logarithm of e^(k²/2 − k z) Φ(z − k).
fn log_shifted(k: f64, z: f64) -> f64 {
    let x = k - z;
    if x >= 0.0 {
        log(0.5 * erfcx(x * FRAC_1_SQRT_2)) - 0.5 * z * z
    } else {
        k * (0.5 * k - z) + log_normal_cdf(-x)
    }
}

/// The log-density at z of a standard normal number and an exponential one of rate k, added.
///
/// ln k + k²/2 − k z + ln Φ(z − k), for k > 0 and any z. The absolute error is that which one rounding of z or k makes.
pub fn exp_normal_log_density(k: f64, z: f64) -> f64 {
    log(k) + log_shifted(k, z)
}

/// The lower tail at z ≤ 0 divided by φ(z): m(−z) − m(k − z).
fn scaled_lower(k: f64, z: f64) -> f64 {
    let (near, far) = (mills(-z), mills(k - z));
    if far < APART * near { near - far } else { integrate(move |s: f64| mills_fall(s - z), 0.0, k) }
}

/// The lower tail at z > 0.
fn lower_above(k: f64, z: f64) -> f64 {
    let (all, beyond) = (normal_cdf(z), exp(log_shifted(k, z)));
    if beyond < APART * all {
        return all - beyond;
    }
    let density = INVERSE_ROOT_TWO_PI * gaussian(z);
    let fall = move |s: f64| {
        let y = s - z;
        if y >= 0.0 { density * mills_fall(y) } else { density - y * exp(s * (0.5 * s - z)) * normal_cdf(-y) }
    };
    integrate(fall, 0.0, k)
}

/// The distribution function at z of a standard normal number and an exponential one of rate k, added.
///
/// Φ(z) − e^(k²/2 − k z) Φ(z − k), for k > 0 and any z, with full relative accuracy in the lower tail. Largest
/// relative error measured, ÷ max(1, condition): 2e-15.
pub fn exp_normal_cdf(k: f64, z: f64) -> f64 {
    if z > 0.0 { lower_above(k, z) } else { INVERSE_ROOT_TWO_PI * gaussian(z) * scaled_lower(k, z) }
}

/// One minus [`exp_normal_cdf`], with full relative accuracy in the upper tail.
///
/// Φ(−z) + e^(k²/2 − k z) Φ(z − k). Errors likewise.
pub fn exp_normal_sf(k: f64, z: f64) -> f64 {
    (normal_sf(z) + exp(log_shifted(k, z))).min(1.0)
}

/// The logarithm of [`exp_normal_cdf`], finite where that underflows.
pub fn exp_normal_log_cdf(k: f64, z: f64) -> f64 {
    if z <= 0.0 {
        return log(scaled_lower(k, z)) - 0.5 * z * z - HALF_LN_2_PI;
    }
    let lower = lower_above(k, z);
    if lower < 0.5 { log(lower) } else { log1p(-exp_normal_sf(k, z)) }
}

/// The logarithm of [`exp_normal_sf`], finite where that underflows.
pub fn exp_normal_log_sf(k: f64, z: f64) -> f64 {
    let (normal, shifted) = (log_normal_cdf(-z), log_shifted(k, z));
    let (large, small) = (normal.max(shifted), normal.min(shifted));
    let sum = large + log1p(exp(small - large));
    if sum < -LN_2 { sum } else { log1p(-exp_normal_cdf(k, z)) }
}
