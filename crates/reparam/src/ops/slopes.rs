//! A zero that carries slopes which were computed elsewhere.

use std::sync::Arc;

use burn::tensor::Tensor;
use reparam_kernels::Real;

use super::{Kernel, elementwise};

/// Zeros in the shape of `input` whose gradient in each element is the slope given for it.
///
/// Unlike slope · (x − stop(x)), it stays zero where x or its slope is infinite; such a slope is the largest number.
pub fn zero_with_slopes<const D: usize>(input: Tensor<D>, slopes: Vec<f64>) -> Tensor<D> {
    elementwise(Arc::new(Slopes(slopes)), vec![input])
}

#[derive(Debug)]
struct Slopes(Vec<f64>);

impl Slopes {
    fn write<T: Real>(&self, slopes: &mut [&mut [T]]) {
        for (slot, slope) in slopes.iter_mut().flat_map(|slopes| slopes.iter_mut()).zip(&self.0) {
            let most = T::MAX.to_f64();
            *slot = T::from_f64(slope.clamp(-most, most));
        }
    }
}

impl Kernel for Slopes {
    fn single(&self, _: &[&[f32]], _: &mut [f32], slopes: &mut [&mut [f32]]) {
        self.write(slopes);
    }
    fn double(&self, _: &[&[f64]], _: &mut [f64], slopes: &mut [&mut [f64]]) {
        self.write(slopes);
    }
}
