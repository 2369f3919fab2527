//! Student's t law in d dimensions: density ∝ (1 + ‖L⁻¹ (x − loc)‖² / df)^(−(df + d)/2).

use super::{Factor, normal::Whitened};
use crate::single;
use crate::special::{digamma_minus_log_rise, digamma_rise, lgamma_diff, log1pmx, trigamma_minus_recip_rise};

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
        // ½ (ψ((df + d)/2) − ψ(df/2) − d/df − tail + (1 + d/df) share), all of whose parts are nearly equal for a large df.
        let spread = if share < 0.5 { log1pmx(-share) } else { share - tail };
        let ratio = d / df;
        *slope = 0.5 * (digamma_minus_log_rise(0.5 * df, 0.5 * d) + log1pmx(ratio) + spread + ratio * share);
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
    let d = d as f64;
    let (half, whole) = (0.5 * df, 0.5 * (df + d));
    let rise = digamma_rise(half, 0.5 * d);
    (whole * rise - log_normaliser(df, d), 0.5 * whole * trigamma_minus_recip_rise(half, 0.5 * d))
}
