//! Vectors of n (n − 1) / 2 numbers onto the Cholesky factors of correlation matrices.
//!
//! With partial correlations w_ij = tanh x_ij, i > j, row by row: y_ij = w_ij ∏_{k<j} √(1 − w_ik²), y_ii = ∏_{k<i} √(1 − w_ik²),
//! so each row has length 1. Log-determinant Σ_{i>j} s_ij + ½ Σ_{k<j} s_ik with s = log(1 − w²), with respect to the elements
//! below the diagonal. Source: Lewandowski, Kurowicka & Joe, "Generating random correlation matrices", 2009; Stan
//! Reference Manual, "Cholesky factors of correlation matrices".

use burn::tensor::Tensor;

use super::{
    tanh, triangle,
    vector::{sums_after, sums_before},
};
use crate::{Transform, linalg};

/// `[batch, n (n − 1) / 2]` → `[batch, n, n]`, the Cholesky factor of a correlation matrix.
///
/// Panics when the numbers do not fill a lower triangle without its diagonal. The log-determinant is exact at any x; the
/// inverse loses what y lost where a diagonal element rounds to 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct CorrelationCholesky;

super::fixed!(CorrelationCholesky);

/// The log-determinant from x, filled into the matrix.
fn log_determinant(filled: &Tensor<3>) -> Tensor<1> {
    let [batch, n, _] = filled.dims();
    let log_kept = tanh::log_slope(filled.clone());
    let each = (log_kept.clone() + sums_before(&log_kept) * 0.5).tril(-1);
    each.reshape([batch, n * n]).sum_dim(1).reshape([batch])
}

impl Transform<2, 3> for CorrelationCholesky {
    fn forward(&self, x: Tensor<2>) -> (Tensor<3>, Tensor<1>) {
        let [_, _, n] = self.forward_dims(x.dims());
        let filled = triangle::fill(&x, n, false);
        let unit = linalg::identity(n, &x).reshape([1, n, n]);
        // On and above the diagonal x = 0 keeps everything, and tanh x = 0.
        let left = (sums_before(&tanh::log_slope(filled.clone())) * 0.5).exp();
        let y = (filled.clone().tanh() + unit) * left;
        (y, log_determinant(&filled))
    }
    fn inverse(&self, y: Tensor<3>) -> (Tensor<2>, Tensor<1>) {
        // A row has length 1, so √(1 − Σ_{k≤j} y_k²) is the length of what follows, and artanh(y / length from j on) is
        // arsinh(y / length after j): no cancellation.
        let [batch, n, _] = y.dims();
        let below = Tensor::<2>::ones([n, n], (&y.device(), y.dtype())).tril(-1).greater_elem(0.5);
        let below = below.reshape([1, n, n]).expand([batch, n, n]);
        let squares = y.clone().tril(0).square();
        let after = Tensor::ones_like(&y).mask_where(below, sums_after(&squares)).sqrt();
        let t = y.tril(-1) / after;
        let x = arsinh(t);
        (triangle::take(&x, false), -log_determinant(&x))
    }
    fn forward_dims(&self, [batch, count]: [usize; 2]) -> [usize; 3] {
        let n = triangle::size("CorrelationCholesky", count, false);
        [batch, n, n]
    }
    fn inverse_dims(&self, [batch, n, _]: [usize; 3]) -> [usize; 2] {
        [batch, triangle::count(n, false)]
    }
}

/// log(t + √(t² + 1)), odd and smooth at 0.
fn arsinh(t: Tensor<3>) -> Tensor<3> {
    let root = (t.clone().square() + 1.0).sqrt();
    let near = t.clone().abs().lower_elem(1.0);
    // artanh(t / √(t² + 1)) has a slope at 0; the other form has the digits far out.
    let w = t.clone().clamp(-1.0, 1.0) / root.clone();
    let inside = (w.clone().log1p() - (-w).log1p()) * 0.5;
    let outside = (t.clone().abs() + root).log() * t.sign();
    outside.mask_where(near, inside)
}
