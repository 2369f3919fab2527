//! y = tanh x, elementwise, onto (−1, 1); log-determinant Σ 2 (log 2 − x − softplus(−2x)).

use std::f64::consts::LN_2;

use burn::tensor::Tensor;

use crate::{ParamMap, Params, Transform, math, shape};

/// The hyperbolic tangent of each element.
///
/// The log-determinant is exact at any x, also where y has rounded to ±1; the inverse loses what that rounding lost,
/// so score a draw at its x where you have it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tanh;

impl Params for Tanh {
    fn map(&self, _: &impl ParamMap) -> Self {
        *self
    }
}

/// Σ log(1 − tanh² x), without forming 1 − tanh² x.
fn log_determinant<const D: usize>(x: Tensor<D>) -> Tensor<1> {
    shape::sum_event((-x.clone() - math::softplus(x * -2.0) + LN_2) * 2.0)
}

impl<const D: usize> Transform<D> for Tanh {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        (x.clone().tanh(), log_determinant(x))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        // artanh y = ½ (log(1 + y) − log(1 − y)): log1p keeps the digits of a small y.
        let x = (y.clone().log1p() - (-y).log1p()) * 0.5;
        (x.clone(), -log_determinant(x))
    }
}
