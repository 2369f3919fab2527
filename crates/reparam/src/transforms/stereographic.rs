//! y = (2 x, ‖x‖² − 1) / (‖x‖² + 1): vectors of n − 1 numbers onto the unit sphere of n, without its pole (0, …, 0, 1).
//!
//! Log-determinant (n − 1) (log 2 − log(1 + ‖x‖²)), with respect to the area of the sphere.

use std::f64::consts::LN_2;

use burn::tensor::Tensor;

use super::vector::{length, part, with_length};
use crate::{Transform, shape};

/// The inverse of the stereographic projection along the last axis.
///
/// The line through the pole and a point of the plane meets the sphere in one other point, so this is a bijection onto
/// all of the sphere but the pole, which has no area. It needs no radius beside the direction: n − 1 numbers for n − 1
/// dimensions. Exact while ‖x‖² does not overflow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stereographic;

super::fixed!(Stereographic);

/// The log-determinant of each vector summed over the event, from log(1 + ‖x‖²).
fn log_determinant<const D: usize>(log_size: Tensor<D>, dimensions: usize) -> Tensor<1> {
    shape::sum_event((-log_size + LN_2) * dimensions as f64)
}

impl<const D: usize> Transform<D> for Stereographic {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let dimensions = length(x.dims());
        let square = x.clone().square().sum_dim(D - 1);
        let scale = (square.clone() + 1.0).recip();
        let y = Tensor::cat(vec![x * scale.clone() * 2.0, (square.clone() - 1.0) * scale], D - 1);
        (y, log_determinant(square.log1p(), dimensions))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let dimensions = length(y.dims()) - 1;
        let (head, last) = (part(&y, 0, dimensions), part(&y, dimensions, 1));
        // 1 − last, through the head where it cancels: (1 − last)(1 + last) = ‖head‖².
        let high = last.clone().greater_elem(0.0);
        let square = head.clone().square().sum_dim(D - 1);
        let below = (-last.clone() + 1.0).mask_where(high, square / (last.clamp_min(0.0) + 1.0));
        // 1 + ‖x‖² = 2 / (1 − last).
        let log_determinant = -log_determinant(-below.clone().log() + LN_2, dimensions);
        (head / below, log_determinant)
    }
    fn forward_dims(&self, dims: [usize; D]) -> [usize; D] {
        with_length(dims, length(dims) + 1)
    }
    fn inverse_dims(&self, dims: [usize; D]) -> [usize; D] {
        with_length(dims, length(dims) - 1)
    }
}
