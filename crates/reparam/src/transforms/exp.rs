//! y = eˣ, elementwise, onto the positive numbers; log-determinant Σ x.

use burn::tensor::Tensor;

use super::{Carried, inward};
use crate::{Coordinate, Elementwise};

/// The exponential of each element; its inverse is [`Log`](crate::Log).
///
/// y is positive and finite: where it would underflow or overflow, the smallest number with a full mantissa or the largest
/// one. [`Transformed`](crate::Transformed) by it carries x as its [`Twin`](crate::Twin).
#[derive(Clone, Copy, Debug, Default)]
pub struct Exp;

super::fixed!(Exp);

impl Carried for Exp {
    const COORDINATE: Coordinate = Coordinate::Log;
}

impl<const D: usize> Elementwise<D> for Exp {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (inward(x.clone().exp(), 0.0, f64::INFINITY), x)
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = y.log();
        (x.clone(), -x)
    }
}
