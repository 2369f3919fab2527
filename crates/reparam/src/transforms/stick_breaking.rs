//! y_k = σ(u_k) ∏_{j<k} (1 − σ(u_j)), u_k = x_k − log(n − k): vectors of n − 1 numbers onto the open simplex of n.
//!
//! Log-determinant Σ_{k<n} log y_k − softplus(u_k), with respect to the first n − 1 elements of y. Source: Stan Reference
//! Manual, "Unit simplex".

use burn::tensor::{Tensor, TensorData};

use super::inward;
use super::vector::{length, part, sums_after, sums_before, with_length};
use crate::{Transform, math, shape};

/// Breaks a stick of length 1 along the last axis; x = 0 breaks it into equal parts.
///
/// Exact in log y at any x; y itself is at least the smallest number with a full mantissa, and the inverse loses what that
/// lost.
#[derive(Clone, Copy, Debug, Default)]
pub struct StickBreaking;

super::fixed!(StickBreaking);

/// log(n − k) for k = 1 … n − 1, like x.
fn centre<const D: usize>(x: &Tensor<D>) -> Tensor<D> {
    let count = length(x.dims());
    let logs: Vec<f64> = (1..=count).rev().map(|left| (left as f64).ln()).collect();
    let data = TensorData::new(logs, with_length([1; D], count));
    Tensor::from_data(data, (&x.device(), x.dtype()))
}

impl<const D: usize> Transform<D> for StickBreaking {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let u = x.clone() - centre(&x);
        let log_kept = -math::softplus(u.clone());
        let log_left = sums_before(&log_kept);
        let log_head = log_left - math::softplus(-u);
        let log_determinant = shape::sum_event(log_head.clone() + log_kept.clone());
        let log_last = log_kept.sum_dim(D - 1);
        (inward(Tensor::cat(vec![log_head, log_last], D - 1).exp(), 0.0, f64::INFINITY), log_determinant)
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let n = length(y.dims());
        let after = part(&sums_after(&y), 0, n - 1).log();
        let log_head = part(&y, 0, n - 1).log();
        let u = log_head.clone() - after;
        let log_determinant = -shape::sum_event(log_head - math::softplus(u.clone()));
        (u.clone() + centre(&u), log_determinant)
    }
    fn forward_dims(&self, dims: [usize; D]) -> [usize; D] {
        with_length(dims, length(dims) + 1)
    }
    fn inverse_dims(&self, dims: [usize; D]) -> [usize; D] {
        with_length(dims, length(dims) - 1)
    }
}
