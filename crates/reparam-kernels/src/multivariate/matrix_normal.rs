//! The normal law of n × p matrices X = loc + A E Bᵀ, with independent standard normal numbers E: the covariance of
//! the elements is A Aᵀ between rows times B Bᵀ between columns.
//!
//! Density e^{−½ ‖G‖²} / ((2π)^(n p/2) |A|^p |B|^n) with G = A⁻¹ (X − loc) B⁻ᵀ, in double-double arithmetic.

use super::{Dd, Factor};
use crate::special::log1pmx;

/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_74;

/// An n × p matrix of double-doubles, by rows.
struct Wide {
    entries: Vec<Dd>,
    columns: usize,
}

impl Wide {
    /// A⁻¹ (x − loc) B⁻ᵀ.
    fn whitened(x: &[f64], loc: &[f64], rows: &Factor, columns: &Factor) -> Self {
        let entries = x.iter().zip(loc).map(|(&x, &loc)| Dd::difference(x, loc)).collect();
        let mut matrix = Self { entries, columns: columns.size() };
        matrix.solve_columns(|column| rows.solve(column));
        matrix.solve_rows(|row| columns.solve(row));
        matrix
    }

    fn solve_rows(&mut self, solve: impl Fn(&mut [Dd])) {
        self.entries.chunks_mut(self.columns).for_each(solve);
    }

    fn solve_columns(&mut self, solve: impl Fn(&mut [Dd])) {
        let rows = self.entries.len() / self.columns;
        let mut column = vec![Dd::default(); rows];
        for j in 0..self.columns {
            (0..rows).for_each(|i| column[i] = self.entries[i * self.columns + j]);
            solve(&mut column);
            (0..rows).for_each(|i| self.entries[i * self.columns + j] = column[i]);
        }
    }

    fn row(&self, i: usize) -> &[Dd] {
        &self.entries[i * self.columns..][..self.columns]
    }

    fn transposed(&self) -> Self {
        let rows = self.entries.len() / self.columns;
        let at = |i: usize, j: usize| self.entries[j * self.columns + i];
        Self {
            entries: (0..self.columns)
                .flat_map(|i| (0..rows).map(move |j| (i, j)))
                .map(|(i, j)| at(i, j))
                .collect(),
            columns: rows,
        }
    }

    /// Σ a b, of two rows.
    fn dot(a: &[Dd], b: &[Dd]) -> Dd {
        -Dd::default().minus_dot(a, b)
    }
}

/// The log-density at X, and its slopes in X, loc and the entries of A and B.
///
/// −∞ where X has an infinite element.
pub fn log_prob(
    x: &[f64],
    loc: &[f64],
    (rows, columns): (&Factor, &Factor),
    [in_x, in_loc, in_rows, in_columns]: [&mut [f64]; 4],
) -> f64 {
    if x.iter().any(|x| x.is_infinite()) {
        return f64::NEG_INFINITY;
    }
    let (n, p) = (rows.size() as f64, columns.size() as f64);
    let whitened = Wide::whitened(x, loc, rows, columns);
    let square = Wide::dot(&whitened.entries, &whitened.entries).hi;
    // Beyond 1e154 the square overflows, in which double-doubles make a not-a-number.
    let overflows = square.is_nan() && whitened.entries.iter().all(|g| g.hi.is_finite());
    let square = if overflows { f64::INFINITY } else { square };
    if !(in_x.is_empty() && in_loc.is_empty()) {
        // A⁻ᵀ G B⁻¹
        let mut pulled = Wide { entries: whitened.entries.clone(), columns: whitened.columns };
        pulled.solve_columns(|column| rows.solve_transposed(column));
        pulled.solve_rows(|row| columns.solve_transposed(row));
        in_x.iter_mut().zip(&pulled.entries).for_each(|(slope, g)| *slope = -g.hi);
        in_loc.iter_mut().zip(&pulled.entries).for_each(|(slope, g)| *slope = g.hi);
    }
    slopes_in_factor(&whitened, rows, p, in_rows);
    slopes_in_factor(&whitened.transposed(), columns, n, in_columns);
    -0.5 * square - p * rows.half_log_determinant() - n * columns.half_log_determinant() - HALF_LN_TAU * n * p
}

/// The lower triangle of A⁻ᵀ (G Gᵀ − m I).
fn slopes_in_factor(whitened: &Wide, factor: &Factor, m: f64, slopes: &mut [f64]) {
    if slopes.is_empty() {
        return;
    }
    let d = factor.size();
    let mut column = vec![Dd::default(); d];
    for j in 0..d {
        for (i, entry) in column.iter_mut().enumerate() {
            let product = Wide::dot(whitened.row(i), whitened.row(j));
            *entry = if i == j { product - Dd::from(m) } else { product };
        }
        factor.solve_transposed(&mut column);
        for i in j..d {
            slopes[i * d + j] = column[i].hi;
        }
    }
}

/// Whether a slope is wanted.
fn wanted(slopes: &[f64]) -> bool {
    !slopes.is_empty()
}

/// The divergence of the law q from the law p, each loc and both factors, and its slopes in all six.
///
/// With R = A_p⁻¹ A_q, C = B_p⁻¹ B_q, H = A_p⁻¹ (loc_q − loc_p) B_p⁻ᵀ and e_ij = R_ii C_jj − 1: ½ (‖H‖² + what the
/// squares of R ⊗ C have beside its diagonal + Σ (e_ij² + 2 (e_ij − ln(1 + e_ij)))), every term ≥ 0 and exactly 0 for
/// equal laws.
pub fn kl(
    (q_loc, q_rows, q_columns): (&[f64], &Factor, &Factor),
    (p_loc, p_rows, p_columns): (&[f64], &Factor, &Factor),
    [in_q_loc, in_q_rows, in_q_columns, in_p_loc, in_p_rows, in_p_columns]: [&mut [f64]; 6],
) -> f64 {
    let (r, c) = (p_rows.quotient(q_rows), p_columns.quotient(q_columns));
    let shift = Wide::whitened(q_loc, p_loc, p_rows, p_columns);
    let ((r_diagonal, r_rest), (c_diagonal, c_rest)) = (squares(&r), squares(&c));
    let excess = |q: &Factor, p: &Factor, i: usize| ((q.at(i, i) - p.at(i, i)) / p.at(i, i)).hi;
    let mut sum = Wide::dot(&shift.entries, &shift.entries).hi;
    sum += r_rest * (c_diagonal + c_rest) + r_diagonal * c_rest;
    for i in 0..r.size() {
        let a = excess(q_rows, p_rows, i);
        for j in 0..c.size() {
            let b = excess(q_columns, p_columns, j);
            let e = a + b + a * b;
            sum += e * e - 2.0 * log1pmx(e);
        }
    }
    if wanted(in_q_loc) || wanted(in_p_loc) {
        let mut pulled = Wide { entries: shift.entries.clone(), columns: shift.columns };
        pulled.solve_columns(|column| p_rows.solve_transposed(column));
        pulled.solve_rows(|row| p_columns.solve_transposed(row));
        in_q_loc.iter_mut().zip(&pulled.entries).for_each(|(slope, h)| *slope = h.hi);
        in_p_loc.iter_mut().zip(&pulled.entries).for_each(|(slope, h)| *slope = -h.hi);
    }
    let transposed = shift.transposed();
    let of_rows = (&r, c_diagonal + c_rest, c.size() as f64, &shift);
    let of_columns = (&c, r_diagonal + r_rest, r.size() as f64, &transposed);
    kl_slopes(of_rows, q_rows, p_rows, [in_q_rows, in_p_rows]);
    kl_slopes(of_columns, q_columns, p_columns, [in_q_columns, in_p_columns]);
    0.5 * sum
}

/// The sums of squares on the diagonal, and below it.
fn squares(m: &Factor) -> (f64, f64) {
    let at = |i: usize, j: usize| m.at(i, j).hi.powi(2);
    let diagonal = (0..m.size()).map(|i| at(i, i)).sum();
    (diagonal, (0..m.size()).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| at(i, j)).sum())
}

/// With the squared norm s of the other quotient, of m rows: the lower triangles of s A_p⁻ᵀ R − m A_q⁻ᵀ in A_q and of
/// A_p⁻ᵀ (m I − s R Rᵀ − H Hᵀ) in A_p.
fn kl_slopes(
    (r, s, m, shift): (&Factor, f64, f64, &Wide),
    q: &Factor,
    p: &Factor,
    [in_q, in_p]: [&mut [f64]; 2],
) {
    let d = q.size();
    let mut column = vec![Dd::default(); d];
    let (scale, count) = (Dd::from(s), Dd::from(m));
    for j in 0..d {
        if wanted(in_q) {
            for (i, entry) in column.iter_mut().enumerate() {
                *entry = if i >= j { r.at(i, j) * scale } else { Dd::default() };
            }
            p.solve_transposed(&mut column);
            for i in j..d {
                let own = if i == j { count / q.at(j, j) } else { Dd::default() };
                in_q[i * d + j] = (column[i] - own).hi;
            }
        }
        if wanted(in_p) {
            for (i, entry) in column.iter_mut().enumerate() {
                let products = (0..=i.min(j)).map(|k| r.at(i, k) * r.at(j, k));
                let product = products.fold(Dd::default(), |sum, product| sum + product);
                let unit = if i == j { count } else { Dd::default() };
                *entry = unit - product * scale - Wide::dot(shift.row(i), shift.row(j));
            }
            p.solve_transposed(&mut column);
            for i in j..d {
                in_p[i * d + j] = column[i].hi;
            }
        }
    }
}
