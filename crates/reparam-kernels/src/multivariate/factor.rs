//! Lower triangular factors of positive definite matrices, in double-double arithmetic.
//!
//! A covariance near a singular one, such as a Hilbert matrix, has a factor that plain doubles know to half their digits
//! only; here the factor of the matrix as given is right to the last bit of a double.

use super::Dd;

/// A matrix that has no Cholesky factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NotPositiveDefinite {
    /// The first row whose pivot is not positive.
    pub index: usize,
    /// That pivot.
    pub pivot: f64,
}

/// A lower triangular d × d matrix L with a positive diagonal.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Row i has i + 1 entries.
    entries: Vec<Dd>,
    d: usize,
}

impl Factor {
    /// From the d × d numbers of `lower`; what stands above the diagonal is not read.
    pub fn new(d: usize, lower: &[f64]) -> Self {
        Self::from_fn(d, |i, j| Dd::from(lower[i * d + j]))
    }

    /// From the d × d numbers of `lower`, and what they lack.
    pub fn with_rest(d: usize, lower: &[f64], rest: &[f64]) -> Self {
        Self::from_fn(d, |i, j| Dd::from(lower[i * d + j]) + Dd::from(rest[i * d + j]))
    }

    pub(super) fn from_fn(d: usize, entry: impl Fn(usize, usize) -> Dd) -> Self {
        Self {
            d,
            entries: (0..d).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect(),
        }
    }

    /// L with L Lᵀ = A + jitter · I (Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1).
    ///
    /// Only the lower triangle of A is read.
    ///
    /// # Errors
    /// The first pivot that is not positive and finite.
    pub fn of_covariance(d: usize, matrix: &[f64], jitter: f64) -> Result<Self, NotPositiveDefinite> {
        Self::from_fn(d, |i, j| {
            let entry = Dd::from(matrix[i * d + j]);
            if i == j { entry + Dd::from(jitter) } else { entry }
        })
        .factored()
    }

    /// The same of a lower triangle by rows, known in double-double precision.
    pub(super) fn of_double_double(rows: &[Vec<Dd>]) -> Result<Self, NotPositiveDefinite> {
        Self::from_fn(rows.len(), |i, j| rows[i][j]).factored()
    }

    /// The factor of the matrix whose lower triangle this is.
    fn factored(self) -> Result<Self, NotPositiveDefinite> {
        let (d, mut factor) = (self.d, self);
        for i in 0..d {
            let (above, row) = factor.entries.split_at_mut(i * (i + 1) / 2);
            for j in 0..i {
                let pivot_row = &above[j * (j + 1) / 2..][..=j];
                row[j] = row[j].minus_dot(&row[..j], &pivot_row[..j]) / pivot_row[j];
            }
            let pivot = row[i].minus_dot(&row[..i], &row[..i]);
            if !(pivot.hi > 0.0 && pivot.hi < f64::INFINITY) {
                return Err(NotPositiveDefinite { index: i, pivot: pivot.hi });
            }
            row[i] = pivot.sqrt();
        }
        Ok(factor)
    }

    /// L with L Lᵀ = P⁻¹: with U Uᵀ = P for an upper triangular U, the factor of P in reverse order, L = U⁻ᵀ.
    ///
    /// Only the lower triangle of P is read.
    ///
    /// # Errors
    /// The first pivot, counted from the last row, that is not positive and finite.
    pub fn of_precision(d: usize, matrix: &[f64]) -> Result<Self, NotPositiveDefinite> {
        let mut reversed = vec![0.0; d * d];
        for i in 0..d {
            for j in 0..=i {
                reversed[i * d + j] = matrix[(d - 1 - j) * d + (d - 1 - i)];
            }
        }
        let upper = Self::of_covariance(d, &reversed, 0.0)
            .map_err(|fault| NotPositiveDefinite { index: d - 1 - fault.index, ..fault })?;
        // The inverse of the reversed factor, its rows and columns reversed and exchanged.
        let inverse = upper.inverse();
        Ok(Self::from_fn(d, |i, j| inverse.at(d - 1 - j, d - 1 - i)))
    }

    /// The number of rows.
    pub fn size(&self) -> usize {
        self.d
    }

    /// The entry at row i and column j ≤ i.
    pub fn at(&self, i: usize, j: usize) -> Dd {
        self.entries[i * (i + 1) / 2 + j]
    }

    /// The matrix rounded to doubles, d × d numbers.
    pub fn rounded(&self) -> Vec<f64> {
        let d = self.d;
        (0..d * d).map(|at| if at % d <= at / d { self.at(at / d, at % d).hi } else { 0.0 }).collect()
    }

    /// Overwrites d × d numbers with what they lack to the entries.
    pub fn rest(&self, rounded: &mut [f64]) {
        for i in 0..self.d {
            for j in 0..=i {
                let entry = &mut rounded[i * self.d + j];
                *entry = (self.at(i, j) - Dd::from(*entry)).hi;
            }
        }
    }

    /// Σ ln L_ii.
    pub fn half_log_determinant(&self) -> f64 {
        (0..self.d).map(|i| self.at(i, i).ln()).sum()
    }

    /// Overwrites b with L⁻¹ b: forward substitution.
    pub fn solve(&self, b: &mut [Dd]) {
        self.solve_from(0, b);
    }

    /// The same for a right side that is 0 before `first`.
    fn solve_from(&self, first: usize, b: &mut [Dd]) {
        for i in first..self.d {
            let row = &self.entries[i * (i + 1) / 2..][..=i];
            b[i] = b[i].minus_dot(&row[first..i], &b[first..i]) / row[i];
        }
    }

    /// Overwrites b with L⁻ᵀ b: backward substitution.
    pub fn solve_transposed(&self, b: &mut [Dd]) {
        for i in (0..self.d).rev() {
            let row = &self.entries[i * (i + 1) / 2..][..=i];
            b[i] = b[i] / row[i];
            let known = b[i];
            for (b, &entry) in b.iter_mut().zip(&row[..i]) {
                *b = *b - entry * known;
            }
        }
    }

    /// L⁻¹ R for another factor R: lower triangular.
    pub fn quotient(&self, right: &Self) -> Self {
        let mut quotient = right.clone();
        let mut column = vec![Dd::default(); self.d];
        for j in 0..self.d {
            for (i, entry) in column.iter_mut().enumerate().skip(j) {
                *entry = right.at(i, j);
            }
            self.solve_from(j, &mut column);
            for (i, &entry) in column.iter().enumerate().skip(j) {
                quotient.entries[i * (i + 1) / 2 + j] = entry;
            }
        }
        quotient
    }

    /// L⁻¹.
    pub fn inverse(&self) -> Self {
        self.quotient(&Self::from_fn(self.d, |i, j| Dd::from(if i == j { 1.0 } else { 0.0 })))
    }
}
