//! The inverse Wishart law of d × d matrices X with scale Ψ = L Lᵀ and df degrees of freedom, at X = T Tᵀ: that of
//! X⁻¹ is Wishart's with scale Ψ⁻¹.
//!
//! Density |Ψ|^(df/2) |X|^(−(df+d+1)/2) e^{−½ tr(Ψ X⁻¹)} / (2^(df d/2) Γ_d(df/2)). What counts is M = T⁻¹ L, so
//! everything here is Wishart's law with scale and matrix exchanged, and the determinant of the inversion.

use std::f64::consts::LN_2;

use super::{Factor, wishart};
use crate::Rng;
use crate::special::{digamma, trigamma};

/// The factor of a draw of scale I, lower triangular, and its slope in df.
///
/// With Bartlett's factor A, its rows and columns reversed: the factor is (P A P)⁻ᵀ. Diagonal entries of A are held
/// above `least`.
pub fn draw(rng: &mut Rng, df: f64, d: usize, least: f64, lower: &mut [f64], moving: &mut [f64]) {
    let (mut bartlett, mut slopes) = (vec![0.0; d * d], vec![0.0; d]);
    wishart::draw(rng, df, d, &mut bartlett, &mut slopes);
    let mut reversed = vec![0.0; d * d];
    for i in 0..d {
        for j in 0..=i {
            let (row, column) = (d - 1 - j, d - 1 - i);
            let entry = bartlett[row * d + column];
            reversed[i * d + j] = if i == j { entry.max(least) } else { entry };
        }
    }
    let inverse = Factor::new(d, &reversed).inverse();
    for i in 0..d {
        for j in 0..=i {
            lower[i * d + j] = inverse.at(i, j).hi;
            // d G⁻¹ = −G⁻¹ dG G⁻¹ for the diagonal dG, whose logarithms have these slopes.
            let step = |k: usize| reversed[k * d + k] * slopes[d - 1 - k];
            moving[i * d + j] =
                -(j..=i).map(|k| inverse.at(i, k).hi * step(k) * inverse.at(k, j).hi).sum::<f64>();
        }
    }
}

/// The log-density of X = T Tᵀ (with respect to X), and its slopes in T, df (one number) and L.
///
/// −∞ where T is no factor: where X is not positive definite.
pub fn log_prob(t: &Factor, df: f64, scale: &Factor, [in_t, in_df, in_scale]: [&mut [f64]; 3]) -> f64 {
    let d = t.size();
    if (0..d).map(|i| t.at(i, i).hi).any(|pivot| pivot.is_nan() || pivot <= 0.0) {
        return f64::NEG_INFINITY;
    }
    let more = d as f64 + 1.0;
    let exchanged = wishart::log_prob(scale, df, t, [&mut *in_scale, in_df, &mut *in_t]);
    for i in 0..d {
        if let Some(slope) = in_t.get_mut(i * d + i) {
            *slope -= more / t.at(i, i).hi;
        }
        if let Some(slope) = in_scale.get_mut(i * d + i) {
            *slope += more / scale.at(i, i).hi;
        }
    }
    exchanged + more * (scale.half_log_determinant() - t.half_log_determinant())
}

/// The entropy, and its slopes in df and L.
///
/// That of a Wishart law with scale Ψ, less (d + 1) E\[ln|W|\] for scale I.
pub fn entropy(df: f64, scale: &Factor, [in_df, in_scale]: [&mut [f64]; 2]) -> f64 {
    let d = scale.size();
    let more = d as f64 + 1.0;
    let halves = || (0..d).map(|i| 0.5 * (df - i as f64));
    let exchanged = wishart::entropy(df, scale, [&mut *in_df, in_scale]);
    if let [slope] = in_df {
        *slope -= 0.5 * more * halves().map(trigamma).sum::<f64>();
    }
    exchanged - more * halves().map(|h| digamma(h) + LN_2).sum::<f64>()
}

/// The divergence of the law q from the law p, each df and L, and its slopes in both: that of the Wishart laws of the
/// inverses, in which only L_q⁻¹ L_p counts.
pub fn kl(
    (q_df, q): (f64, &Factor),
    (p_df, p): (f64, &Factor),
    [in_q_df, in_q, in_p_df, in_p]: [&mut [f64]; 4],
) -> f64 {
    wishart::kl((q_df, p), (p_df, q), [in_q_df, in_p, in_p_df, in_q])
}
