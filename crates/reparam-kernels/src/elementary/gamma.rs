//! ln Γ and ψ as branch-free double-precision code, for where single precision is asked for.

use super::log;

/// Unit steps by which an argument is raised before the asymptotic series takes over.
const STEPS: f64 = 8.0;

/// ½ ln 2π.
const HALF_LN_2_PI: f64 = 0.918_938_533_204_672_74;

/// ψ(x) for x > 0, to 1e-13 of the larger of 1 and |ψ|.
///
/// From the asymptotic series at x + 8, DLMF 5.11.2, and ψ(x) = ψ(x + 1) − 1 / x.
#[inline(always)]
pub(crate) fn digamma(x: f64) -> f64 {
    let raised = x + STEPS;
    log(raised) - digamma_deficit(raised.recip()) - (four_reciprocals(x) + four_reciprocals(x + 4.0))
}

/// (ln Γ(x), ψ(x)) for x from 1e-300 to 1e30, to 1e-13 of the larger of 1 and the value.
#[inline(always)]
pub(crate) fn ln_gamma_and_digamma(x: f64) -> (f64, f64) {
    let raised = x + STEPS;
    let (log_raised, t) = (log(raised), raised.recip());
    let s = t * t;
    let series = t
        * (1.0 / 12.0
            - s * (1.0 / 360.0
                - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s * (1.0 / 1188.0 - s * (691.0 / 360_360.0))))));
    let stirling = (raised - 0.5) * log_raised - raised + HALF_LN_2_PI + series;
    let ln_gamma = stirling - log(four_factors(x)) - log(four_factors(x + 4.0));
    let digamma = log_raised - digamma_deficit(t) - (four_reciprocals(x) + four_reciprocals(x + 4.0));
    (ln_gamma, digamma)
}

/// ln x − ψ(x) for x ≥ 8, from 1 / x; DLMF 5.11.2.
#[inline(always)]
pub(crate) fn digamma_deficit(t: f64) -> f64 {
    let s = t * t;
    t * 0.5
        + s * (1.0 / 12.0
            - s * (1.0 / 120.0
                - s * (1.0 / 252.0 - s * (1.0 / 240.0 - s * (1.0 / 132.0 - s * (691.0 / 32_760.0))))))
}

/// x (x + 1) (x + 2) (x + 3) = u (u + 2) with u = x (x + 3).
#[inline(always)]
fn four_factors(x: f64) -> f64 {
    let u = x * (x + 3.0);
    u * (u + 2.0)
}

/// The logarithmic derivative of that: 1/x + 1/(x + 1) + 1/(x + 2) + 1/(x + 3).
#[inline(always)]
fn four_reciprocals(x: f64) -> f64 {
    let u = x * (x + 3.0);
    (2.0 * x + 3.0) * (2.0 * u + 2.0) / (u * (u + 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special;

    #[test]
    fn they_are_the_functions_of_single_numbers() {
        for i in 0..4000 {
            let x = (f64::from(i) * 0.02 - 40.0).exp2();
            let (ln_gamma, psi) = ln_gamma_and_digamma(x);
            assert_eq!(psi, digamma(x));
            let near = |got: f64, expected: f64| (got - expected).abs() < 1e-13 * expected.abs().max(1.0);
            assert!(near(psi, special::digamma(x)), "ψ({x}) = {psi}");
            assert!(near(ln_gamma, special::lgamma(x)), "ln Γ({x}) = {ln_gamma}");
        }
    }
}
