//! y₁ = x₁, y_k = y_{k−1} + e^{x_k}: onto the ascending vectors; log-determinant Σ_{k>1} x_k.

use burn::tensor::Tensor;

use super::vector::{length, part};
use crate::{Transform, shape};

/// Ascending numbers along the last axis: the first, then the logarithms of the gaps.
///
/// A gap below the spacing of floats at y is lost in y.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ordered;

super::fixed!(Ordered);

impl<const D: usize> Transform<D> for Ordered {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let n = length(x.dims());
        if n < 2 {
            return (x.clone(), shape::sum_event(Tensor::zeros_like(&x)));
        }
        let log_gaps = part(&x, 1, n - 1);
        let steps = Tensor::cat(vec![part(&x, 0, 1), log_gaps.clone().exp()], D - 1);
        (steps.cumsum(D - 1), shape::sum_event(log_gaps))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let n = length(y.dims());
        if n < 2 {
            return self.forward(y);
        }
        let log_gaps = (part(&y, 1, n - 1) - part(&y, 0, n - 1)).log();
        let log_determinant = -shape::sum_event(log_gaps.clone());
        (Tensor::cat(vec![part(&y, 0, 1), log_gaps], D - 1), log_determinant)
    }
}
