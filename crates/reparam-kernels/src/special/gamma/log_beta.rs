//! Logarithms of beta functions, of two or of many arguments, and of the multivariate gamma function.

use libm::{log, log1p};

use super::stirling::STIRLING;
use super::{HALF_LN_2_PI, lgamma, lgamma_diff, log_gamma, stirling_error};

/// ln π.
const LN_PI: f64 = 1.14472988584940017;

/// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b).
///
/// For a, b ≥ 0, from 1e-300 to 1e300; +∞ where one is 0, −∞ where one is infinite. Largest relative error measured,
/// ÷ max(1, condition): 1e-15.
///
/// A. R. DiDonato and A. H. Morris, Algorithm 708 (1992).
pub fn lbeta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small.is_nan() || large.is_nan() || small < 0.0 {
        f64::NAN
    } else if small == 0.0 {
        f64::INFINITY
    } else if large == f64::INFINITY {
        f64::NEG_INFINITY
    } else if small >= STIRLING {
        let ratio = small / large;
        let error = stirling_error(small) + log_gamma::stirling_fall(small, large);
        let share = log(ratio) - log1p(ratio);
        HALF_LN_2_PI - 0.5 * log(large) + error + (small - 0.5) * share - large * log1p(ratio)
    } else if large >= STIRLING {
        lgamma(small) - lgamma_diff(small, large)
    } else {
        lgamma(small) + (lgamma(large) - lgamma(small + large))
    }
}

/// ln B(α) = Σ ln Γ(αⱼ) − ln Γ(Σ αⱼ), the normaliser of a Dirichlet law.
///
/// For αⱼ ≥ 0; 0 for one argument or none. Errors as those of `lbeta`, of which it is a sum: B(α) is the product of
/// B(α₁ + … + αⱼ₋₁, αⱼ).
pub fn ln_multivariate_beta(alpha: &[f64]) -> f64 {
    let Some((first, rest)) = alpha.split_first() else { return 0.0 };
    let (mut partial, mut value) = (*first, 0.0);
    for &next in rest {
        value += lbeta(partial, next);
        partial += next;
    }
    value
}

/// ln Γₚ(a) = ¼ p (p − 1) ln π + Σⱼ ln Γ(a − j/2), j = 0 … p − 1, the logarithm of the multivariate gamma function.
///
/// For a > (p − 1) / 2; not-a-number elsewhere. Largest relative error measured, ÷ max(1, condition): 4e-16.
pub fn multigammaln(a: f64, p: usize) -> f64 {
    let p = p as f64;
    if a.is_nan() || a <= 0.5 * (p - 1.0) {
        return f64::NAN;
    }
    let mut sum = 0.25 * p * (p - 1.0) * LN_PI;
    let mut j = 0.0;
    while j < p {
        sum += lgamma(a - 0.5 * j);
        j += 1.0;
    }
    sum
}
