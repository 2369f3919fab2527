//! Small dense linear algebra on batches of matrices, differentiable: what a full covariance needs.
//!
//! Column by column in tensor operations, so it runs and differentiates on every backend; d steps of O(d²) each.

use burn::tensor::Tensor;

/// The lower Cholesky factor of A + jitter · I, `[batch, d, d]`; NaN from the first pivot that is not positive.
///
/// Only the lower triangle of A is read. Column j: L_jj = √(A_jj − Σ_k L_jk²), L_ij = (A_ij − Σ_k L_ik L_jk) / L_jj
/// (Golub & Van Loan, Matrix Computations, 4th ed., algorithm 4.2.1).
pub fn cholesky(matrix: Tensor<3>, jitter: f64) -> Tensor<3> {
    let [batch, d, columns] = matrix.dims();
    assert!(d == columns, "cholesky: expected square matrices, got {d} × {columns}");
    let mut factor: Vec<Tensor<3>> = Vec::with_capacity(d);
    for j in 0..d {
        let mut column = matrix.clone().slice([0..batch, j..d, j..j + 1]);
        if j > 0 {
            let known = Tensor::cat(factor.clone(), 2).slice([0..batch, j..d, 0..j]);
            let pivot_row = known.clone().slice([0..batch, 0..1, 0..j]);
            column = column - known.matmul(pivot_row.swap_dims(1, 2));
        }
        let pivot = (column.clone().slice([0..batch, 0..1, 0..1]) + jitter).sqrt();
        let mut parts = vec![Tensor::zeros([batch, j, 1], (&matrix.device(), matrix.dtype())), pivot.clone()];
        if j + 1 < d {
            parts.push(column.slice([0..batch, 1..d - j, 0..1]) / pivot);
        }
        if j == 0 {
            parts.remove(0);
        }
        factor.push(Tensor::cat(parts, 1));
    }
    Tensor::cat(factor, 2)
}

/// X with L X = B for lower triangular L, `[batch, d, d]` and `[batch, d, k]`: forward substitution.
pub fn solve_lower(factor: Tensor<3>, right: Tensor<3>) -> Tensor<3> {
    let [batch, d, k] = right.dims();
    let mut rows: Vec<Tensor<3>> = Vec::with_capacity(d);
    let [factors, _, _] = factor.dims();
    for i in 0..d {
        let mut row = right.clone().slice([0..batch, i..i + 1, 0..k]);
        if i > 0 {
            let known = Tensor::cat(rows.clone(), 1);
            row = row - factor.clone().slice([0..factors, i..i + 1, 0..i]).matmul(known);
        }
        rows.push(row / factor.clone().slice([0..factors, i..i + 1, i..i + 1]));
    }
    Tensor::cat(rows, 1)
}

/// The diagonals, `[batch, d, d]` → `[batch, d]`.
pub fn diagonal(matrix: &Tensor<3>) -> Tensor<2> {
    let [batch, d, _] = matrix.dims();
    (matrix.clone() * identity(d, matrix).reshape([1, d, d])).sum_dim(2).reshape([batch, d])
}

/// The identity matrix, `[d, d]`, with the element type and on the device of `like`.
pub fn identity<const R: usize>(d: usize, like: &Tensor<R>) -> Tensor<2> {
    Tensor::<2>::eye(d, &like.device()).cast(like.dtype())
}
