//! y = softmax(x₁, …, xₙ₋₁, 0): vectors of n − 1 numbers onto the open simplex of n.
//!
//! Log-determinant Σ log y, with respect to the first n − 1 elements of y.

use burn::tensor::Tensor;

use super::inward;
use super::vector::{length, part, with_length, zero};
use crate::{Transform, math, shape};

/// The softmax along the last axis, with a last logit of 0.
///
/// Exact in log y at any x; y itself is at least the smallest number with a full mantissa, and the inverse loses what that
/// lost.
#[derive(Clone, Copy, Debug, Default)]
pub struct SoftmaxCentred;

super::fixed!(SoftmaxCentred);

impl<const D: usize> Transform<D> for SoftmaxCentred {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let last = zero(&x);
        let log_y = math::log_softmax(Tensor::cat(vec![x, last], D - 1));
        (inward(log_y.clone().exp(), 0.0, f64::INFINITY), shape::sum_event(log_y))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let n = length(y.dims());
        let log_y = y.log();
        (part(&log_y, 0, n - 1) - part(&log_y, n - 1, 1), -shape::sum_event(log_y))
    }
    fn forward_dims(&self, dims: [usize; D]) -> [usize; D] {
        with_length(dims, length(dims) + 1)
    }
    fn inverse_dims(&self, dims: [usize; D]) -> [usize; D] {
        with_length(dims, length(dims) - 1)
    }
}
