//! y₁ = e^{x₁}, y_k = y_{k−1} + e^{x_k}: onto the ascending vectors of positive numbers; log-determinant Σ x.

use burn::tensor::Tensor;

use super::vector::shifted;
use crate::{Transform, shape};

/// Ascending positive numbers along the last axis, from the logarithms of the gaps.
///
/// A gap below the spacing of floats at y is lost in y.
#[derive(Clone, Copy, Debug, Default)]
pub struct PositiveOrdered;

super::fixed!(PositiveOrdered);

impl<const D: usize> Transform<D> for PositiveOrdered {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        (x.clone().exp().cumsum(D - 1), shape::sum_event(x))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let x = (y.clone() - shifted(&y)).log();
        (x.clone(), -shape::sum_event(x))
    }
}
