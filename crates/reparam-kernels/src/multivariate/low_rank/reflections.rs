//! The orthogonal factorisation of the (r + d) × r matrix [I; V^{−½} F] by Householder's reflections, in double-double
//! arithmetic.
//!
//! With the largest column and in it the largest row first, the error of each row is in proportion to that row (M. J. D.
//! Powell & J. K. Reid, "On applying Householder transformations to linear least squares problems", 1969; A. J. Cox & N. J.
//! Higham, "Stability of Householder QR factorization for weighted least squares problems", 1998): rows whose variances
//! are apart by many powers of ten, and columns that are all but collinear, keep their digits.

use super::super::Dd;

/// A = Q R up to exchanges of rows and columns.
pub(super) struct Reflections {
    /// The columns: below place k of the k-th the vector of its reflection, above it R.
    columns: Vec<Vec<Dd>>,
    /// The first elements of those vectors, and what they are divided by: half the square of their length.
    heads: Vec<(Dd, Dd)>,
    /// Which row was exchanged with the k-th.
    rows: Vec<usize>,
}

impl Reflections {
    /// Of a matrix by columns, which has at least as many rows as columns; `None` where numbers are not finite.
    pub fn new(columns: Vec<Vec<Dd>>) -> Option<Self> {
        let rank = columns.len();
        let mut it = Self { columns, heads: Vec::new(), rows: Vec::new() };
        for k in 0..rank {
            it.exchange(k);
            it.reflect(k)?;
        }
        Some(it)
    }

    /// Brings the largest column and then the largest row to place k.
    fn exchange(&mut self, k: usize) {
        let length = |column: &Vec<Dd>| column[k..].iter().map(|x| x.hi * x.hi).sum::<f64>();
        let largest = |sizes: Vec<f64>| {
            sizes
                .iter()
                .enumerate()
                .fold((k, -1.0), |best, (i, &size)| if size > best.1 { (k + i, size) } else { best })
                .0
        };
        let column = largest(self.columns[k..].iter().map(length).collect());
        self.columns.swap(k, column);
        let row = largest(self.columns[k][k..].iter().map(|x| x.hi.abs()).collect());
        for column in &mut self.columns {
            column.swap(k, row);
        }
        self.rows.push(row);
    }

    fn reflect(&mut self, k: usize) -> Option<()> {
        let (pivot, rest) = self.columns.split_at_mut(k + 1);
        let vector = &mut pivot[k][k..];
        let length = (-Dd::default().minus_dot(vector, vector)).sqrt();
        if !(length.hi > 0.0 && length.hi < f64::INFINITY) {
            return None;
        }
        let (first, end) =
            if vector[0].hi < 0.0 { (vector[0] - length, length) } else { (vector[0] + length, -length) };
        // ½ ‖v‖² = ‖a‖ (‖a‖ + |a₁|).
        let half = length * if first.hi < 0.0 { -first } else { first };
        let head = (first, half);
        for column in rest {
            turn(&mut column[k..], head, &vector[1..]);
        }
        vector[0] = end;
        self.heads.push(head);
        Some(())
    }

    /// Σ ln |R_ii|.
    pub fn log_determinant(&self) -> f64 {
        self.columns
            .iter()
            .enumerate()
            .map(|(i, column)| if column[i].hi < 0.0 { -column[i] } else { column[i] }.ln())
            .sum()
    }

    /// What the least squares solution of A u = b leaves of b.
    pub fn residual(&self, mut b: Vec<Dd>) -> Vec<Dd> {
        // The vectors stand in the last order of the rows.
        self.rows.iter().enumerate().for_each(|(k, &row)| b.swap(k, row));
        let vectors = || self.heads.iter().zip(&self.columns).enumerate();
        for (k, (&head, column)) in vectors() {
            turn(&mut b[k..], head, &column[k + 1..]);
        }
        b[..self.heads.len()].fill(Dd::default());
        for (k, (&head, column)) in vectors().rev() {
            turn(&mut b[k..], head, &column[k + 1..]);
        }
        self.rows.iter().enumerate().rev().for_each(|(k, &row)| b.swap(k, row));
        b
    }
}

/// b − v (vᵀ b) / (½ ‖v‖²).
fn turn(b: &mut [Dd], (first, half): (Dd, Dd), rest: &[Dd]) {
    let along = (-(Dd::default() - first * b[0]).minus_dot(rest, &b[1..])) / half;
    b[0] = b[0] - first * along;
    for (b, &v) in b[1..].iter_mut().zip(rest) {
        *b = *b - v * along;
    }
}
