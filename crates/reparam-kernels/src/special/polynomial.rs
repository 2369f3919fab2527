//! Polynomials.

/// Σ cᵢ xⁱ.
#[inline(always)]
pub(crate) fn polynomial(x: f64, coefficients: &[f64]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}
