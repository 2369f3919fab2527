//! The variance of an angle of the von Mises distribution as a number, on the turn around its mean direction.

use std::f64::consts::{FRAC_PI_2, PI};

use super::orders_zero_one::i0e;
use super::ratio::bessel_ratio_complement;
use super::von_mises::outside;
use crate::special::quadrature::{NEGLIGIBLE, integrate};

/// Beyond this concentration the law is normal to all digits, and the integrals below would underflow in the end.
const NORMAL_FROM: f64 = 1e17;

/// The variance of an angle z in [−π, π] with the density e^(k cos z) / (2π I₀(k)).
///
/// ∫ z² e^(k (cos z − 1)) dz / ∫ e^(k (cos z − 1)) dz for a concentration k ≥ 0: π²/3 at 0, ~ 1/k for large k. It is twice the
/// circular variance 1 − I₁/I₀ only in that limit. Relative error below 1e-14.
pub fn von_mises_variance(k: f64) -> f64 {
    if outside(k, 0.0) {
        return f64::NAN;
    }
    if k > NORMAL_FROM {
        return k.recip();
    }
    mean_square(k, |_| 1.0)
}

/// The slope of [`von_mises_variance`] in the concentration: Cov(z², cos z), −2 at 0, ~ −1/k² for large k.
pub fn von_mises_variance_grad(k: f64) -> f64 {
    if outside(k, 0.0) {
        return f64::NAN;
    }
    if k > NORMAL_FROM {
        return -k.recip() * k.recip();
    }
    von_mises_variance(k) * bessel_ratio_complement(k) - mean_square(k, |versine| versine)
}

/// E\[z² w(1 − cos z)\]: both factors of the integrand have one sign, so nothing cancels.
fn mean_square(k: f64, weight: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
    let integral = if 2.0 * k > 2.0 * NEGLIGIBLE {
        // In s = sin(z/2), where the exponential is e^(−2 k s²) and dz = 2 ds / cos(z/2).
        let of_half_sine = move |s: f64| {
            let z = 2.0 * libm::asin(s);
            let square = s * s;
            z * z * weight(2.0 * square) * crate::elementary::exp(-2.0 * k * square) * 2.0
                / (1.0 - square).sqrt()
        };
        integrate(of_half_sine, 0.0, (0.5 * NEGLIGIBLE / k).sqrt())
    } else {
        let of_angle = move |z: f64| {
            let s = libm::sin(0.5 * z);
            let versine = 2.0 * s * s;
            z * z * weight(versine) * crate::elementary::exp(-k * versine)
        };
        integrate(of_angle, 0.0, FRAC_PI_2) + integrate(of_angle, FRAC_PI_2, PI)
    };
    integral / (PI * i0e(k))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values and slopes by mpmath's quadrature with 40 digits; `reference/generate_normal_bessel.py` has more of them.
    #[test]
    fn ends_are_those_of_the_uniform_and_the_normal_law() {
        assert!((von_mises_variance(0.0) - PI * PI / 3.0).abs() < 1e-14);
        assert!((von_mises_variance_grad(0.0) + 2.0).abs() < 1e-14);
        for k in [1e4, 1e9, 1e300] {
            assert!((von_mises_variance(k) * k - 1.0).abs() < 1.0 / k + 1e-14, "{k:e}");
            assert!((von_mises_variance_grad(k) * k * k + 1.0).abs() < 3.0 / k + 1e-13 || k > 1e150, "{k:e}");
        }
        assert_eq!([von_mises_variance(f64::INFINITY), von_mises_variance_grad(f64::INFINITY)], [0.0, 0.0]);
        assert!(von_mises_variance(-1.0).is_nan() && von_mises_variance(f64::NAN).is_nan());
    }
}
