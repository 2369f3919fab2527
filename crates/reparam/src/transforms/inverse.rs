//! A bijection backwards.

use burn::tensor::Tensor;

use crate::{Exp, Fixed, ParamMap, Params, Transform};

/// The inverse of a transform.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inverse<T>(pub T);

/// The logarithm of each element, from the positive numbers.
pub type Log = Inverse<Exp>;

impl<T: Params> Params for Inverse<T> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self(self.0.map(f))
    }
}

impl<T: Fixed> Fixed for Inverse<T> {}

impl<const D: usize, const E: usize, T: Transform<D, E>> Transform<E, D> for Inverse<T> {
    fn forward(&self, x: Tensor<E>) -> (Tensor<D>, Tensor<1>) {
        self.0.inverse(x)
    }
    fn inverse(&self, y: Tensor<D>) -> (Tensor<E>, Tensor<1>) {
        self.0.forward(y)
    }
    fn forward_dims(&self, dims: [usize; E]) -> [usize; D] {
        self.0.inverse_dims(dims)
    }
    fn inverse_dims(&self, dims: [usize; D]) -> [usize; E] {
        self.0.forward_dims(dims)
    }
}
