//! The normal law with a full covariance L Lᵀ, L lower triangular.
//!
//! Density exp(−½ ‖L⁻¹ (x − loc)‖²) / ((2π)^{d/2} ∏ L_ii). In double-double arithmetic: the log-density and the divergence
//! have an error of a few roundings of their largest term, however ill-conditioned the covariance.

use super::{Dd, Factor};
use crate::{single, special::log1pmx};

/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_74;

/// The log-density at x, and its slopes in x, in loc and in the d × d entries of L.
///
/// −∞ where x has an infinite element.
pub fn log_prob(x: &[f64], loc: &[f64], factor: &Factor, slopes: [&mut [f64]; 3]) -> f64 {
    if x.iter().any(|x| x.is_infinite()) {
        return f64::NEG_INFINITY;
    }
    let whitened = Whitened::new(x, loc, factor);
    whitened.slopes(1.0, factor, slopes);
    -0.5 * whitened.square - factor.half_log_determinant() - HALF_LN_TAU * x.len() as f64
}

/// w = L⁻¹ (x − loc), and ‖w‖²: what every elliptical law is made of.
pub(super) struct Whitened {
    w: Vec<Dd>,
    pub square: f64,
}

impl Whitened {
    pub fn new(x: &[f64], loc: &[f64], factor: &Factor) -> Self {
        let mut w: Vec<Dd> = x.iter().zip(loc).map(|(&x, &loc)| Dd::difference(x, loc)).collect();
        factor.solve(&mut w);
        let square = -Dd::default().minus_dot(&w, &w).hi;
        // Beyond 1e154 the square overflows, in which double-doubles make a not-a-number.
        let overflows = square.is_nan() && w.iter().all(|w| w.hi.is_finite());
        Self { square: if overflows { f64::INFINITY } else { square }, w }
    }

    /// ln ‖w‖², also where the square overflows.
    pub fn log_square(&self) -> f64 {
        let largest = self.w.iter().fold(0.0, |largest: f64, w| largest.max(w.hi.abs()));
        let sum: f64 = self.w.iter().map(|w| (w.hi / largest).powi(2)).sum();
        2.0 * single::log(largest) + single::log(sum)
    }

    /// The slopes of f(‖w‖²) − Σ ln L_ii in x, loc and L, where f′ = −½ `weight`.
    ///
    /// With g = L⁻ᵀ w · weight: −g, g, and the lower triangle of g wᵀ − L⁻ᵀ.
    pub fn slopes(&self, weight: f64, factor: &Factor, [in_x, in_loc, in_factor]: [&mut [f64]; 3]) {
        if in_x.is_empty() && in_loc.is_empty() && in_factor.is_empty() {
            return;
        }
        let d = factor.size();
        let mut pulled = self.w.clone();
        factor.solve_transposed(&mut pulled);
        for g in &mut pulled {
            *g = *g * Dd::from(weight);
        }
        in_x.iter_mut().zip(&pulled).for_each(|(slope, g)| *slope = -g.hi);
        in_loc.iter_mut().zip(&pulled).for_each(|(slope, g)| *slope = g.hi);
        if in_factor.is_empty() {
            return;
        }
        for i in 0..d {
            for j in 0..i {
                in_factor[i * d + j] = (pulled[i] * self.w[j]).hi;
            }
            in_factor[i * d + i] = (pulled[i] * self.w[i] - Dd::from(1.0) / factor.at(i, i)).hi;
        }
    }
}

/// The divergence E_q[ln q − ln p] of two normal laws, and its slopes in loc and factor of q and of p.
///
/// With M = L_p⁻¹ L_q, v = L_p⁻¹ (loc_q − loc_p) and e_i = M_ii − 1: ½ (Σ_{i>j} M_ij² + Σ_i (e_i² + 2 (e_i − ln(1 + e_i))) +
/// ‖v‖²), every term ≥ 0 and exactly 0 for equal laws.
pub fn kl(q: (&[f64], &Factor), p: (&[f64], &Factor), slopes: [&mut [f64]; 4]) -> f64 {
    let ((q_loc, q), (p_loc, p)) = (q, p);
    let d = q.size();
    let m = p.quotient(q);
    let mut shift: Vec<Dd> = q_loc.iter().zip(p_loc).map(|(&q, &p)| Dd::difference(q, p)).collect();
    p.solve(&mut shift);
    let mut squares = -Dd::default().minus_dot(&shift, &shift);
    let mut excess = 0.0;
    for i in 0..d {
        for j in 0..i {
            squares = squares + m.at(i, j) * m.at(i, j);
        }
        let e = ((q.at(i, i) - p.at(i, i)) / p.at(i, i)).hi;
        excess += e * e - 2.0 * log1pmx(e);
    }
    if slopes.iter().any(|slope| !slope.is_empty()) {
        kl_slopes(q, p, &m, shift, slopes);
    }
    0.5 * (squares.hi + excess)
}

/// With h = L_p⁻ᵀ v: h in loc_q, −h in loc_p; the lower triangles of L_p⁻ᵀ M − L_q⁻ᵀ in L_q and of
/// L_p⁻ᵀ (I − M Mᵀ − v vᵀ) in L_p.
fn kl_slopes(q: &Factor, p: &Factor, m: &Factor, shift: Vec<Dd>, slopes: [&mut [f64]; 4]) {
    let d = q.size();
    let [in_q_loc, in_q, in_p_loc, in_p] = slopes;
    let mut pulled = shift.clone();
    p.solve_transposed(&mut pulled);
    in_q_loc.iter_mut().zip(&pulled).for_each(|(slope, h)| *slope = h.hi);
    in_p_loc.iter_mut().zip(&pulled).for_each(|(slope, h)| *slope = -h.hi);

    let unit = |i: usize, j: usize| Dd::from(if i == j { 1.0 } else { 0.0 });
    let mut column = vec![Dd::default(); d];
    for j in 0..d {
        if !in_q.is_empty() {
            for (i, entry) in column.iter_mut().enumerate() {
                *entry = if i >= j { m.at(i, j) } else { Dd::default() };
            }
            p.solve_transposed(&mut column);
            for i in j..d {
                in_q[i * d + j] = (column[i] - unit(i, j) / q.at(j, j)).hi;
            }
        }
        if !in_p.is_empty() {
            for (i, entry) in column.iter_mut().enumerate() {
                let common = i.min(j);
                let row = |i: usize| (0..=common).map(move |k| m.at(i, k)).collect::<Vec<_>>();
                *entry = unit(i, j).minus_dot(&row(i), &row(j)) - shift[i] * shift[j];
            }
            p.solve_transposed(&mut column);
            for i in j..d {
                in_p[i * d + j] = column[i].hi;
            }
        }
    }
}
