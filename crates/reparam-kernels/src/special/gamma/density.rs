//! Logarithms of Poisson masses and of gamma densities: one formula.

use libm::{exp, expm1, log};

use super::{HALF_LN_2_PI, deviance, lgamma, lgamma1p, stirling_error};

/// Below this size the formulas are summed from their terms.
const SMALL: f64 = 16.0;

/// ln(mᵏ e⁻ᵐ / Γ(k + 1)), the log-mass of a Poisson law of mean m; k may be any number.
///
/// For k ≥ 0 and m ≥ 0; not-a-number elsewhere. Largest relative error measured, ÷ max(1, condition): 1e-15.
///
/// From k = 16 by the deviance and Stirling's error, so that nothing of the size of k cancels (C. Loader, 2000).
pub fn poisson_log_mass(k: f64, m: f64) -> f64 {
    if !(k >= 0.0 && m >= 0.0) {
        f64::NAN
    } else if k == 0.0 || m == f64::INFINITY {
        -m
    } else if k < SMALL {
        k * log(m) - m - lgamma1p(k)
    } else {
        -deviance(k, m) - stirling_error(k) - HALF_LN_2_PI - 0.5 * log(k)
    }
}

/// (a − 1) ln x − x − ln Γ(a), the log-density of a Gamma(a, 1) law.
///
/// For a > 0 and x ≥ 0; not-a-number elsewhere. Errors and method as for `poisson_log_mass`.
pub fn gamma_log_density(a: f64, x: f64) -> f64 {
    if !(a > 0.0 && x >= 0.0) {
        f64::NAN
    } else if a == 1.0 || x == f64::INFINITY {
        -x
    } else if x == 0.0 {
        if a < 1.0 { f64::INFINITY } else { f64::NEG_INFINITY }
    } else if a < SMALL {
        (a - 1.0) * log(x) - x - lgamma(a)
    } else {
        -deviance(a, x) - stirling_error(a) - HALF_LN_2_PI + 0.5 * log(a) - log(x)
    }
}

/// a w − e^w − ln Γ(a), the log-density of w = ln x for a draw x of Gamma(a, 1).
///
/// For a > 0 and any w, also where x underflows or overflows; not-a-number elsewhere. The absolute error is that which one
/// rounding of w makes.
///
/// For large a by the distance of w from ln a (see `poisson_log_mass`).
pub fn log_gamma_log_density(a: f64, log_x: f64) -> f64 {
    if a.is_nan() || a <= 0.0 || log_x.is_nan() {
        f64::NAN
    } else if a < SMALL {
        a * log_x - exp(log_x) - lgamma(a)
    } else {
        let distance = log_x - log(a);
        a * (distance - expm1(distance)) - stirling_error(a) - HALF_LN_2_PI + 0.5 * log(a)
    }
}
