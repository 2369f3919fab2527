//! y = eˣ, elementwise, onto the positive numbers; log-determinant Σ x.

use burn::tensor::Tensor;

use crate::Elementwise;

/// The exponential of each element; its inverse is [`Log`](crate::Log).
#[derive(Clone, Copy, Debug, Default)]
pub struct Exp;

super::fixed!(Exp);

impl<const D: usize> Elementwise<D> for Exp {
    fn forward_each(&self, x: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        (x.clone().exp(), x)
    }
    fn inverse_each(&self, y: Tensor<D>) -> (Tensor<D>, Tensor<D>) {
        let x = y.log();
        (x.clone(), -x)
    }
}
