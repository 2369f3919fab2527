//! Vectors of n (n + 1) / 2 numbers onto the lower triangular matrices with a positive diagonal.
//!
//! Row by row; below the diagonal y = x, on it y = eˣ. Log-determinant: the sum of the diagonal's x, with respect to the
//! elements of the lower triangle.

use burn::tensor::Tensor;

use super::triangle;
use crate::{Transform, linalg, shape};

/// `[batch, n (n + 1) / 2]` → `[batch, n, n]`, the Cholesky factor of a covariance.
///
/// Panics when the numbers do not fill a lower triangle.
#[derive(Clone, Copy, Debug, Default)]
pub struct LowerCholesky;

super::fixed!(LowerCholesky);

impl Transform<2, 3> for LowerCholesky {
    fn forward(&self, x: Tensor<2>) -> (Tensor<3>, Tensor<1>) {
        let [_, _, n] = self.forward_dims(x.dims());
        let filled = triangle::fill(&x, n, true);
        let diagonal = linalg::diagonal(&filled);
        let log_determinant = shape::sum_event(diagonal.clone());
        (filled.tril(-1) + on_diagonal(diagonal.exp()), log_determinant)
    }
    fn inverse(&self, y: Tensor<3>) -> (Tensor<2>, Tensor<1>) {
        let diagonal = linalg::diagonal(&y).log();
        let log_determinant = -shape::sum_event(diagonal.clone());
        (triangle::take(&(y.tril(-1) + on_diagonal(diagonal)), true), log_determinant)
    }
    fn forward_dims(&self, [batch, count]: [usize; 2]) -> [usize; 3] {
        let n = triangle::size("LowerCholesky", count, true);
        [batch, n, n]
    }
    fn inverse_dims(&self, [batch, n, _]: [usize; 3]) -> [usize; 2] {
        [batch, triangle::count(n, true)]
    }
}

/// `[batch, n]` → `[batch, n, n]`.
fn on_diagonal(x: Tensor<2>) -> Tensor<3> {
    let [batch, n] = x.dims();
    let unit = linalg::identity(n, &x).reshape([1, n, n]);
    // A product would make NaN of an infinite element.
    Tensor::zeros([batch, n, n], (&x.device(), x.dtype())).mask_where(
        unit.greater_elem(0.5).expand([batch, n, n]),
        x.reshape([batch, n, 1]).expand([batch, n, n]),
    )
}
