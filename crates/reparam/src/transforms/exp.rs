//! y = eˣ, elementwise, onto the positive numbers; log-determinant Σ x.

use burn::tensor::Tensor;

use crate::{ParamMap, Params, Transform, shape};

/// The exponential of each element.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exp;

impl Params for Exp {
    fn map(&self, _: &impl ParamMap) -> Self {
        *self
    }
}

impl<const D: usize> Transform<D> for Exp {
    fn forward(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        (x.clone().exp(), shape::sum_event(x))
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<1>) {
        let x = y.log();
        (x.clone(), -shape::sum_event(x))
    }
}
