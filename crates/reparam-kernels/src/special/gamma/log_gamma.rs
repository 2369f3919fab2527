//! ln |Γ| and its differences.

use libm::{log, log1p};

use super::stirling::{SERIES, STIRLING};
use super::{horner, log1pmx};

/// ln |Γ(x)|.
///
/// Over the whole line; +∞ at the poles 0, −1, −2, … and at both infinities. Largest relative error measured: 4e-16 for
/// x > 0; below 0 in proportion to the condition.
pub fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ln Γ(1 + x).
///
/// For x > −1, by the reflection of `lgamma` elsewhere. Full relative accuracy at both zeros, x = 0 and x = 1: largest
/// relative error measured: 6e-16.
pub fn lgamma1p(x: f64) -> f64 {
    if x.abs() <= 0.5 {
        lgamma2p(x) - log1p(x)
    } else if x > 0.5 && x <= 1.5 {
        lgamma2p(x - 1.0)
    } else {
        lgamma(1.0 + x)
    }
}

/// ln Γ(2 + t) for |t| ≤ ½.
fn lgamma2p(t: f64) -> f64 {
    const COEFFICIENTS: [f64; 19] = [
        4.2278433509846714e-1,
        3.2246703342411324e-1,
        -6.735230105319814e-2,
        2.0580808427780335e-2,
        -7.3855510286680962e-3,
        2.8905103310367721e-3,
        -1.1927539120033873e-3,
        5.0966951534843731e-4,
        -2.2315475069647703e-4,
        9.9457674400967638e-5,
        -4.4926351667703418e-5,
        2.0505584372896931e-5,
        -9.4384548840547227e-6,
        4.3847319318293745e-6,
        -2.0449353231800521e-6,
        9.1998980756713947e-7,
        -4.3032346929567319e-7,
        2.7880013392491845e-7,
        -1.341570273460026e-7,
    ];
    t * horner(t, &COEFFICIENTS)
}

/// ln Γ(a + b) − ln Γ(b).
///
/// For a ≥ 0 and b > 0. Accurate where a is far below b, and where a is tiny. Largest relative error measured, ÷ max(1,
/// condition): 2e-15.
///
/// Large b: the difference of Stirling's formulas, with that of their series taken term by term (A. R. DiDonato and A. H.
/// Morris, Algorithm 708, 1992). Small b: the recurrence, with one logarithm of the product.
pub fn lgamma_diff(a: f64, b: f64) -> f64 {
    // Nothing cancels here, and a ÷ b below may overflow.
    if b < STIRLING && (a > STIRLING || a > 1e15 * b) {
        return lgamma(a + b) - lgamma(b);
    }
    let (mut b, mut excess) = (b, 0.0);
    while b < STIRLING {
        // The product of 1 + a / b less one.
        let r = a / b;
        excess += r + r * excess;
        b += 1.0;
    }
    let sum = a + b;
    let ratio = a / b;
    let change = a * log(sum) + b * log1pmx(ratio) - 0.5 * log1p(ratio) - stirling_fall(a, b);
    change - log1p(excess)
}

/// The fall of Stirling's error from b to a + b, for b ≥ 10.
pub(super) fn stirling_fall(a: f64, b: f64) -> f64 {
    let sum = a + b;
    // 1 − yⁿ = (1 − y) (1 + y + … + yⁿ⁻¹) with y = b / (a + b).
    let y = b / sum;
    let square = y * y;
    let r = 1.0 / b;
    let (mut series, mut power, mut geometric) = (0.0, r, 1.0);
    for c in SERIES {
        series += c * power * geometric;
        power *= r * r;
        geometric = 1.0 + y + square * geometric;
    }
    a / sum * series
}
