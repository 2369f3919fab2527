//! y = tanh x, elementwise, onto (−1, 1); log-determinant Σ 2 (log 2 − x − softplus(−2x)).

use std::f64::consts::LN_2;

use burn::tensor::Tensor;

use super::{Carried, inward};
use crate::{Coordinate, Elementwise};

/// The hyperbolic tangent of each element.
///
/// y is strictly inside: what would round to ±1 is the number next to it. The log-determinant is exact at any x; the
/// inverse loses what the rounding lost (from |x| of 4 on more than 0.001 in single precision, of 13 in double), so score
/// a draw at its x: [`Transformed`](crate::Transformed) by it carries that as its [`Twin`](crate::Twin). The inverse of ±1
/// is ±∞.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tanh;

super::fixed!(Tanh);

impl Carried for Tanh {
    const COORDINATE: Coordinate = Coordinate::Artanh;
}

/// log(1 − tanh² x), without forming 1 − tanh² x.
pub(super) fn log_slope<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let distance = x.abs();
    (-distance.clone() - (distance * -2.0).exp().log1p() + LN_2) * 2.0
}

impl<const D: usize> Elementwise<D> for Tanh {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (inward(x.clone().tanh(), -1.0, 1.0), log_slope(x))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        // artanh y = ½ (log(1 + y) − log(1 − y)): log1p keeps the digits of a small y.
        let x = (y.clone().log1p() - (-y).log1p()) * 0.5;
        (x.clone(), -log_slope(x))
    }
}
