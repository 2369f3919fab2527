//! One bijection after another; the log-determinants add.

use burn::tensor::Tensor;

use crate::{Fixed, ParamMap, Params, Transform};

/// `first`, then `second`, with values of rank E between them.
#[derive(Clone, Copy, Debug)]
pub struct Chain<A, B, const E: usize = 2> {
    first: A,
    second: B,
}

impl<A, B, const E: usize> Chain<A, B, E> {
    /// The transform that applies `first` and then `second`.
    pub fn new(first: A, second: B) -> Self {
        Self { first, second }
    }
}

impl<A: Params, B: Params, const E: usize> Params for Chain<A, B, E> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { first: self.first.map(f), second: self.second.map(f) }
    }
}

impl<A: Fixed, B: Fixed, const E: usize> Fixed for Chain<A, B, E> {}

impl<A: Transform<D, E>, B: Transform<E, F>, const D: usize, const E: usize, const F: usize> Transform<D, F>
    for Chain<A, B, E>
{
    fn forward(&self, x: Tensor<D>) -> (Tensor<F>, Tensor<1>) {
        let (between, first) = self.first.forward(x);
        let (y, second) = self.second.forward(between);
        (y, first + second)
    }
    fn inverse(&self, y: Tensor<F>) -> (Tensor<D>, Tensor<1>) {
        let (between, second) = self.second.inverse(y);
        let (x, first) = self.first.inverse(between);
        (x, first + second)
    }
    fn moves(&self, x: Tensor<D>) -> Option<&'static str> {
        self.first.moves(x.clone()).or_else(|| self.second.moves(self.first.forward(x).0))
    }
    fn stretches(&self) -> bool {
        self.first.stretches() || self.second.stretches()
    }
    fn forward_dims(&self, dims: [usize; D]) -> [usize; F] {
        self.second.forward_dims(self.first.forward_dims(dims))
    }
    fn inverse_dims(&self, dims: [usize; F]) -> [usize; D] {
        self.first.inverse_dims(self.second.inverse_dims(dims))
    }
}
