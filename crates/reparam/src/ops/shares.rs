//! Shares over the last axis: points of the simplex, from weights that are known by their logarithms.

use std::sync::Arc;

use burn::{backend::Dispatch, tensor::Tensor};
use reparam_kernels::{Real, Rng, draws, shares};

use super::{Kernel, ReparamOps, supported::dispatch};

/// Shares of exp((logits + noise) / temperature), rounded inward; the inputs have one shape.
pub fn relaxed_one_hot<const D: usize>(
    noise: Tensor<D>,
    logits: Tensor<D>,
    temperature: Tensor<D>,
) -> Tensor<D> {
    let width = logits.dims()[D - 1];
    of_weights(Arc::new(Relaxed { width }), vec![noise, logits, temperature])
}

/// Dirichlet draws, rounded inward; the generator moves on by the number of elements.
pub fn dirichlet(concentration: Tensor<2>, rng: &mut Rng) -> Tensor<2> {
    let [batch, width] = concentration.dims();
    of_weights(Arc::new(Dirichlet { rng: rng.take(batch * width), width }), vec![concentration])
}

fn of_weights<const D: usize>(kernel: Arc<dyn Kernel>, inputs: Vec<Tensor<D>>) -> Tensor<D> {
    let inputs: Vec<_> = inputs.into_iter().map(dispatch).collect();
    Tensor::from_dispatch(<Dispatch as ReparamOps>::shares(kernel, inputs.into()))
}

#[derive(Debug)]
struct Relaxed {
    width: usize,
}

impl Relaxed {
    fn run<T: Real>(&self, inputs: &[&[T]], out: &mut [T], slopes: &mut [&mut [T]]) {
        let inputs = inputs.try_into().unwrap_or_else(|_| panic!("three inputs, not {}", inputs.len()));
        let mut slopes = slopes.iter_mut();
        let slopes = std::array::from_fn(|_| slopes.next().map_or(&mut [] as &mut [T], |slope| &mut **slope));
        shares::relaxed_one_hot(inputs, self.width, out, slopes);
    }
}

impl Kernel for Relaxed {
    fn single(&self, inputs: &[&[f32]], out: &mut [f32], slopes: &mut [&mut [f32]]) {
        self.run(inputs, out, slopes);
    }
    fn double(&self, inputs: &[&[f64]], out: &mut [f64], slopes: &mut [&mut [f64]]) {
        self.run(inputs, out, slopes);
    }
}

#[derive(Debug)]
struct Dirichlet {
    rng: Rng,
    width: usize,
}

impl Dirichlet {
    fn run<T: Real>(&self, inputs: &[&[T]], out: &mut [T], slopes: &mut [&mut [T]]) {
        let slopes = slopes.first_mut().map_or(&mut [] as &mut [T], |slope| &mut **slope);
        draws::dirichlet(&mut self.rng.clone(), inputs[0], self.width, out, slopes);
    }
}

impl Kernel for Dirichlet {
    fn single(&self, inputs: &[&[f32]], out: &mut [f32], slopes: &mut [&mut [f32]]) {
        self.run(inputs, out, slopes);
    }
    fn double(&self, inputs: &[&[f64]], out: &mut [f64], slopes: &mut [&mut [f64]]) {
        self.run(inputs, out, slopes);
    }
}
