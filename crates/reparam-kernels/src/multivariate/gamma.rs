//! What Dirichlet, Wishart, LKJ and Student's t laws share: gamma draws in logarithms, and ln Γ beside Stirling's formula.

use crate::special::quadrature::integrate;
use crate::special::{digamma_minus_log, log_gamma_draw_slope, stirling_error, trigamma_minus_recip};
use crate::{Element, sample, single};

/// ln g of a draw g of Gamma(a, 1), and d ln g / da at fixed distribution function.
pub fn log_gamma_draw(bits: &mut Element, a: f64) -> (f64, f64) {
    let log_g = sample::log_standard_gamma(bits, a);
    (log_g, log_gamma_draw_slope(a, log_g))
}

/// r(b) − r(a) − (b − a) r′(a) ≥ 0 for r(a) = ln Γ(a) − a ln a + a: the Bregman divergence of ln Γ without that of
/// a ln a − a, which is the [`deviance`].
///
/// ∫ (b − t) (ψ′(t) − 1/t) dt from a to b where they are near each other: its integrand has one sign.
pub(super) fn remainder_bregman(b: f64, a: f64) -> f64 {
    let change = b - a;
    if b > 16.0 * a || a > 16.0 * b {
        let logs = 0.5 * (single::log(a) - single::log(b));
        return logs + stirling_error(b) - stirling_error(a) - change * digamma_minus_log(a);
    }
    let integrand = |s: f64| (1.0 - s) * trigamma_minus_recip(a + s * change);
    change * change * integrate(integrand, 0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::{deviance, lgamma_bregman};

    #[test]
    fn the_integral_meets_the_difference() {
        for (b, a) in [(1.6, 0.101), (0.3, 4.7), (3.0, 40.0)] {
            let far = lgamma_bregman(a, b) - deviance(b, a);
            let near = remainder_bregman(b, a);
            assert!((near / far - 1.0).abs() < 1e-12, "{b} {a}: {near} {far}");
        }
        assert_eq!(remainder_bregman(0.7, 0.7), 0.0);
    }
}
