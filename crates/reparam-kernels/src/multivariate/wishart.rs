//! The Wishart law of d × d matrices W with scale L Lᵀ and df degrees of freedom, at W = T Tᵀ.
//!
//! Density |W|^((df−d−1)/2) e^{−½ tr(V⁻¹ W)} / (2^(df d/2) |V|^(df/2) Γ_d(df/2)), V = L Lᵀ. With M = L⁻¹ T the elements M_ii²
//! are those of gamma laws of shape h_i = (df − i)/2, i from 0, and what follows is written around their means.

use std::f64::consts::LN_2;

use super::gamma::{log_gamma_draw, remainder_bregman};
use super::{Dd, Factor};
use crate::special::{
    deviance, digamma, digamma_minus_log, log1pmx, stirling_error, trigamma, trigamma_minus_recip,
};
use crate::{Rng, single};

/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_74;
/// ln π.
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// The shapes h_i.
fn shapes(d: usize, df: f64) -> impl Iterator<Item = (f64, f64)> {
    (0..d).map(move |i| (i as f64, 0.5 * (df - i as f64)))
}

/// Bartlett's factor, the Cholesky factor of a draw of scale I: ln of its diagonal, the slopes of those in df, and below the
/// diagonal standard normal numbers, in `lower`, whose diagonal is its exponential.
pub fn draw(rng: &mut Rng, df: f64, d: usize, lower: &mut [f64], slopes: &mut [f64]) {
    for (i, h) in shapes(d, df) {
        let i = i as usize;
        for j in 0..i {
            lower[i * d + j] = rng.element().normal();
        }
        let (log_g, slope) = log_gamma_draw(&mut rng.element(), h);
        lower[i * d + i] = single::exp(0.5 * (LN_2 + log_g));
        // Half of the logarithm, and half of df in the shape.
        slopes[i] = 0.25 * slope;
    }
}

/// The log-density of W = T Tᵀ (with respect to W), and its slopes in T, df (one number) and L.
///
/// −∞ where T is no factor: where W is not positive definite.
pub fn log_prob(t: &Factor, df: f64, scale: &Factor, [in_t, in_df, in_scale]: [&mut [f64]; 3]) -> f64 {
    let d = t.size();
    if (0..d).map(|i| t.at(i, i).hi).any(|pivot| pivot.is_nan() || pivot <= 0.0) {
        return f64::NEG_INFINITY;
    }
    let m = scale.quotient(t);
    let size = d as f64;
    let mut off_diagonal = 0.0;
    let mut sum = -0.25 * size * (size - 1.0) * LN_PI;
    for (i, h) in shapes(d, df) {
        let row = i as usize;
        let x = m.at(row, row) * m.at(row, row) * Dd::from(0.5);
        off_diagonal += (0..row).map(|j| m.at(row, j).hi * m.at(row, j).hi).sum::<f64>();
        sum += 0.5 * (i - size - 1.0) * x.ln() + 0.5 * single::log(h)
            - deviance(h, x.hi)
            - HALF_LN_TAU
            - stirling_error(h)
            - (size + 1.0) * (scale.at(row, row).ln() + 0.5 * LN_2);
    }
    if let [slope] = in_df {
        *slope =
            shapes(d, df).map(|(i, h)| m.at(i as usize, i as usize).ln() - 0.5 * (LN_2 + digamma(h))).sum();
    }
    slopes_in_matrices(t, df, scale, &m, [in_t, in_scale]);
    sum - 0.5 * off_diagonal
}

/// The lower triangles of (df − d − 1) T⁻ᵀ − L⁻ᵀ M in T and of L⁻ᵀ M Mᵀ − df L⁻ᵀ in L.
fn slopes_in_matrices(t: &Factor, df: f64, scale: &Factor, m: &Factor, [in_t, in_scale]: [&mut [f64]; 2]) {
    let d = t.size();
    let mut column = vec![Dd::default(); d];
    for j in 0..d {
        if !in_t.is_empty() {
            for (i, entry) in column.iter_mut().enumerate() {
                *entry = if i >= j { m.at(i, j) } else { Dd::default() };
            }
            scale.solve_transposed(&mut column);
            for i in j..d {
                in_t[i * d + j] = -column[i].hi;
            }
            in_t[j * d + j] += (df - d as f64 - 1.0) / t.at(j, j).hi;
        }
        if !in_scale.is_empty() {
            for (i, entry) in column.iter_mut().enumerate() {
                let products = (0..=i.min(j)).map(|k| m.at(i, k) * m.at(j, k));
                *entry = products.fold(Dd::default(), |sum, product| sum + product);
            }
            scale.solve_transposed(&mut column);
            for i in j..d {
                in_scale[i * d + j] = column[i].hi;
            }
            in_scale[j * d + j] -= df / scale.at(j, j).hi;
        }
    }
}

/// The entropy, and its slopes in df and L.
pub fn entropy(df: f64, scale: &Factor, [in_df, in_scale]: [&mut [f64]; 2]) -> f64 {
    let d = scale.size();
    let size = d as f64;
    if let [slope] = in_df {
        // ½ d − ¼ (df − d − 1) Σ ψ′(h_i), of which Σ 1/h_i is nearly all.
        *slope = shapes(d, df)
            .map(|(i, h)| 0.25 * ((size + 1.0 - i) / h - (df - size - 1.0) * trigamma_minus_recip(h)))
            .sum();
    }
    if !in_scale.is_empty() {
        (0..d).for_each(|i| in_scale[i * d + i] = (size + 1.0) / scale.at(i, i).hi);
    }
    let start = (size + 1.0) * (scale.half_log_determinant() + 0.5 * size * LN_2)
        + 0.25 * size * (size - 1.0) * LN_PI;
    shapes(d, df).fold(start, |sum, (i, h)| {
        let (log_h, lacks) = (single::log(h), digamma_minus_log(h));
        sum - 0.5 * log_h + HALF_LN_TAU + stirling_error(h) - h * lacks
            + 0.5 * i
            + 0.5 * (size + 1.0 - i) * (log_h + lacks)
    })
}

/// The divergence of the law q from the law p, each df and L, and its slopes in both.
///
/// With M = L_p⁻¹ L_q and r_i = M_ii²: Σ_i deviance(h_i(p), h_i(q) r_i) + Σ_i (the Bregman divergences of what ln Γ has beside
/// a ln a − a) + ½ Σ_i i (r_i − 1 − ln r_i) + ½ df_q Σ_{i>j} M_ij², every term ≥ 0.
pub fn kl(q: (f64, &Factor), p: (f64, &Factor), slopes: [&mut [f64]; 4]) -> f64 {
    let ((q_df, q), (p_df, p)) = (q, p);
    let d = q.size();
    let m = p.quotient(q);
    let mut value = 0.0;
    for ((i, h), (_, other)) in shapes(d, q_df).zip(shapes(d, p_df)) {
        let row = i as usize;
        let e = ((q.at(row, row) - p.at(row, row)) / p.at(row, row)).hi;
        let rise = e * (2.0 + e);
        value += deviance(other, h + h * rise)
            + remainder_bregman(other, h)
            + 0.5 * i * (e * e - 2.0 * log1pmx(e))
            + 0.5 * q_df * (0..row).map(|j| m.at(row, j).hi * m.at(row, j).hi).sum::<f64>();
    }
    kl_slopes((q_df, q), (p_df, p), &m, slopes);
    value
}

/// In df_q: ½ (‖M‖² − d) − ½ (df_p − df_q)/2 Σ ψ′(h_i(q)); in df_p: ½ Σ (ψ(h_i(p)) − ψ(h_i(q)) − ln r_i); in the factors as
/// those of a normal law, df_q L_p⁻ᵀ M − df_p L_q⁻ᵀ and df_p L_p⁻ᵀ − df_q L_p⁻ᵀ M Mᵀ.
fn kl_slopes(q: (f64, &Factor), p: (f64, &Factor), m: &Factor, slopes: [&mut [f64]; 4]) {
    let ((q_df, q), (p_df, p)) = (q, p);
    let d = q.size();
    let [in_q_df, in_q, in_p_df, in_p] = slopes;
    if let [slope] = in_q_df {
        let squares: f64 = (0..d).flat_map(|i| (0..=i).map(move |j| m.at(i, j).hi.powi(2))).sum();
        let trigammas: f64 = shapes(d, q_df).map(|(_, h)| trigamma(h)).sum();
        *slope = 0.5 * (squares - d as f64) - 0.25 * (p_df - q_df) * trigammas;
    }
    if let [slope] = in_p_df {
        let rise: f64 =
            shapes(d, p_df).zip(shapes(d, q_df)).map(|((_, p), (_, q))| digamma(p) - digamma(q)).sum();
        *slope = 0.5 * rise - m.half_log_determinant();
    }
    // L_p⁻ᵀ M and its relatives are the slopes of −½ ‖L_p⁻¹ L_q‖², which the log-density at T = L_q has too.
    let (mut in_t, mut in_scale) = (vec![0.0; in_q.len()], vec![0.0; in_p.len()]);
    slopes_in_matrices(q, 0.0, p, m, [&mut in_t, &mut in_scale]);
    for i in 0..d {
        for j in 0..=i {
            let at = i * d + j;
            if let Some(slope) = in_q.get_mut(at) {
                let determinant = if i == j { (d as f64 + 1.0) / q.at(i, i).hi } else { 0.0 };
                *slope = -q_df * (in_t[at] + determinant) - if i == j { p_df / q.at(i, i).hi } else { 0.0 };
            }
            if let Some(slope) = in_p.get_mut(at) {
                *slope = -q_df * in_scale[at] + if i == j { p_df / p.at(i, i).hi } else { 0.0 };
            }
        }
    }
}
