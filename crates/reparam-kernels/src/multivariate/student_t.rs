//! Student's t law in d dimensions: density ∝ (1 + ‖L⁻¹ (x − loc)‖² / df)^(−(df + d)/2).

use super::{Factor, normal::Whitened};
use crate::single;
use crate::special::{digamma, lgamma_diff};

/// ln π.
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// The log-density at x, and its slopes in x, df (one number), loc and the d × d entries of L.
///
/// −∞ where x has an infinite element.
pub fn log_prob(x: &[f64], df: f64, loc: &[f64], factor: &Factor, slopes: [&mut [f64]; 4]) -> f64 {
    if x.iter().any(|x| x.is_infinite()) {
        return f64::NEG_INFINITY;
    }
    let d = x.len() as f64;
    let whitened = Whitened::new(x, loc, factor);
    let square = whitened.square;
    let tail = if square == f64::INFINITY {
        whitened.log_square() - single::log(df)
    } else {
        single::log1p(square / df)
    };
    let share = if square == f64::INFINITY { 1.0 } else { square / (df + square) };
    let [in_x, in_df, in_loc, in_factor] = slopes;
    whitened.slopes((df + d) / (df + square), factor, [in_x, in_loc, in_factor]);
    if let [slope] = in_df {
        *slope = 0.5 * (digamma(0.5 * (df + d)) - digamma(0.5 * df) - d / df - tail + (1.0 + d / df) * share);
    }
    log_normaliser(df, d) - factor.half_log_determinant() - 0.5 * (df + d) * tail
}

/// ln Γ((df + d)/2) − ln Γ(df/2) − d/2 ln(π df).
fn log_normaliser(df: f64, d: f64) -> f64 {
    lgamma_diff(0.5 * d, 0.5 * df) - 0.5 * d * (single::log(df) + LN_PI)
}

/// The entropy without the factor's share Σ ln L_ii, and its slope in df.
///
/// (df + d)/2 (ψ((df + d)/2) − ψ(df/2)) minus the logarithm of the normaliser.
pub fn standard_entropy(df: f64, d: usize) -> (f64, f64) {
    use crate::special::trigamma;
    let d = d as f64;
    let (half, whole) = (0.5 * df, 0.5 * (df + d));
    let rise = digamma(whole) - digamma(half);
    let slope = 0.5 * (whole * (trigamma(whole) - trigamma(half)) + d / df);
    (whole * rise - log_normaliser(df, d), slope)
}
