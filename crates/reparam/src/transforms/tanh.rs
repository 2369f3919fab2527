//! y = tanh x, elementwise, onto (−1, 1); log-determinant Σ 2 (log 2 − x − softplus(−2x)).

use std::f64::consts::LN_2;

use burn::tensor::Tensor;

use crate::{Elementwise, math};

/// The hyperbolic tangent of each element.
///
/// The log-determinant is exact at any x, also where y has rounded to ±1; the inverse loses what that rounding lost,
/// so score a draw at its x where you have it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tanh;

super::fixed!(Tanh);

/// log(1 − tanh² x), without forming 1 − tanh² x.
pub(super) fn log_slope<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    (-x.clone() - math::softplus(x * -2.0) + LN_2) * 2.0
}

impl<const D: usize> Elementwise<D> for Tanh {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (x.clone().tanh(), log_slope(x))
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        // artanh y = ½ (log(1 + y) − log(1 − y)): log1p keeps the digits of a small y.
        let x = (y.clone().log1p() - (-y).log1p()) * 0.5;
        (x.clone(), -log_slope(x))
    }
}
