//! The normal law with covariance F Fᵀ + diag(v), F of d rows and r columns: O(d r²) instead of O(d³).
//!
//! With K = I + Fᵀ V⁻¹ F: the determinant is |K| ∏ v_i, and ‖x − loc‖² in the metric of the inverse is
//! min_u ‖u‖² + ‖V^{−½} (x − loc − F u)‖², at u = K⁻¹ Fᵀ V⁻¹ (x − loc): a sum of squares where the lemma of Woodbury has a
//! difference, and an error in u counts in the second order only.

use super::{Dd, Factor};
use crate::single;

/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_74;

/// The covariance as its two parts, and the factor of K.
struct Capacitance<'a> {
    factor: &'a [f64],
    variance: &'a [f64],
    rank: usize,
    root: Factor,
}

impl<'a> Capacitance<'a> {
    /// `None` where numbers are not finite.
    fn new(factor: &'a [f64], variance: &'a [f64]) -> Option<Self> {
        let rank = factor.len() / variance.len();
        let mut matrix = vec![0.0; rank * rank];
        for (row, v) in factor.chunks(rank).zip(variance) {
            for i in 0..rank {
                for j in 0..=i {
                    matrix[i * rank + j] += row[i] * row[j] / v;
                }
            }
        }
        let root = Factor::of_covariance(rank, &matrix, 1.0).ok()?;
        Some(Self { factor, variance, rank, root })
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.factor[i * self.rank..][..self.rank]
    }

    /// K⁻¹ b.
    fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut b: Vec<Dd> = b.iter().map(|&b| Dd::from(b)).collect();
        self.root.solve(&mut b);
        self.root.solve_transposed(&mut b);
        b.iter().map(|b| b.hi).collect()
    }

    /// ½ ln |F Fᵀ + diag(v)|.
    fn half_log_determinant(&self) -> f64 {
        self.root.half_log_determinant() + 0.5 * self.variance.iter().map(|&v| single::log(v)).sum::<f64>()
    }

    /// The slopes of −½ ln |F Fᵀ + diag(v)| are added: −V⁻¹ F K⁻¹ and half the diagonal of the inverse.
    fn add_determinant_slopes(&self, in_factor: &mut [f64], in_variance: &mut [f64]) {
        for (i, &v) in self.variance.iter().enumerate() {
            let row = self.row(i);
            let solved = self.solve(row);
            if !in_factor.is_empty() {
                let slopes = &mut in_factor[i * self.rank..][..self.rank];
                slopes.iter_mut().zip(&solved).for_each(|(slope, s)| *slope -= s / v);
            }
            if let Some(slope) = in_variance.get_mut(i) {
                *slope -= 0.5 / v * (1.0 - dot(row, &solved) / v);
            }
        }
    }
}

/// The log-density at x, and its slopes in x, loc, F and v.
///
/// −∞ where x has an infinite element; NaN where the parameters are not finite or v not positive.
pub fn log_prob(x: &[f64], loc: &[f64], factor: &[f64], variance: &[f64], slopes: [&mut [f64]; 4]) -> f64 {
    if x.iter().any(|x| x.is_infinite()) {
        return f64::NEG_INFINITY;
    }
    let Some(k) = Capacitance::new(factor, variance) else { return f64::NAN };
    let centred: Vec<f64> = x.iter().zip(loc).map(|(x, loc)| x - loc).collect();
    let mut pulled = vec![0.0; k.rank];
    for (i, (c, v)) in centred.iter().zip(variance).enumerate() {
        pulled.iter_mut().zip(k.row(i)).for_each(|(sum, f)| *sum += f * (c / v));
    }
    let u = k.solve(&pulled);
    let residual: Vec<f64> = centred.iter().enumerate().map(|(i, c)| c - dot(k.row(i), &u)).collect();
    let square = dot(&u, &u) + residual.iter().zip(variance).map(|(r, v)| r * r / v).sum::<f64>();

    // With g = Σ⁻¹ (x − loc): −g, g, g uᵀ and ½ g², beside those of the determinant.
    let [in_x, in_loc, in_factor, in_variance] = slopes;
    for (i, (r, v)) in residual.iter().zip(variance).enumerate() {
        let g = r / v;
        in_x.iter_mut().skip(i).take(1).for_each(|slope| *slope = -g);
        in_loc.iter_mut().skip(i).take(1).for_each(|slope| *slope = g);
        in_variance.iter_mut().skip(i).take(1).for_each(|slope| *slope = 0.5 * g * g);
        in_factor.iter_mut().skip(i * k.rank).zip(&u).for_each(|(slope, u)| *slope = g * u);
    }
    if !in_factor.is_empty() || !in_variance.is_empty() {
        k.add_determinant_slopes(in_factor, in_variance);
    }
    -0.5 * square - k.half_log_determinant() - HALF_LN_TAU * x.len() as f64
}

/// The entropy, and its slopes in F and v.
pub fn entropy(factor: &[f64], variance: &[f64], [in_factor, in_variance]: [&mut [f64]; 2]) -> f64 {
    let Some(k) = Capacitance::new(factor, variance) else { return f64::NAN };
    if !in_factor.is_empty() || !in_variance.is_empty() {
        k.add_determinant_slopes(in_factor, in_variance);
        in_factor.iter_mut().chain(in_variance).for_each(|slope| *slope = -*slope);
    }
    k.half_log_determinant() + (HALF_LN_TAU + 0.5) * variance.len() as f64
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
