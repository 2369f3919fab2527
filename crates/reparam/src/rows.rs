//! Functions of one event at a time, computed on the host in double precision: a log-density of a matrix, a divergence.
//!
//! The mathematics is in `reparam_kernels::multivariate`. Values and slopes are computed in double precision whatever
//! the tensors' type, and rounded once. First derivatives only.

use burn::tensor::{DType, Tensor, TensorData};

use crate::{ops, shape};

/// The elements of `x` in row-major order, in double precision.
pub(crate) fn read<const D: usize>(x: &Tensor<D>) -> Vec<f64> {
    x.clone().into_data().iter::<f64>().collect()
}

/// A constant of this shape, with the element type and on the device of `like`.
pub(crate) fn upload<const R: usize, const D: usize>(
    values: Vec<f64>,
    dims: [usize; D],
    like: &Tensor<R>,
) -> Tensor<D> {
    Tensor::from_data(TensorData::new(values, dims), (&like.device(), like.dtype()))
}

/// f of row i of every input, `[batch]`; an input of one row stands for every row.
///
/// `f` gets the rows and, for each input, the slice that its slopes go into: empty where nobody wants them.
pub(crate) fn map<const P: usize>(
    inputs: [Tensor<2>; P],
    f: impl Fn([&[f64]; P], [&mut [f64]; P]) -> f64,
) -> Tensor<1> {
    let batch = inputs.iter().map(|input| input.dims()[0]).find(|&rows| rows != 1).unwrap_or(1);
    let data = inputs.each_ref().map(read);
    let mut slopes = inputs
        .each_ref()
        .map(|input| if input.is_tracked() { vec![0.0; batch * input.dims()[1]] } else { Vec::new() });
    let widths = inputs.each_ref().map(|input| input.dims()[1]);
    let mut value = Vec::with_capacity(batch);
    for i in 0..batch {
        let rows = std::array::from_fn(|p| {
            let first = if data[p].len() == widths[p] { 0 } else { i * widths[p] };
            &data[p][first..first + widths[p]]
        });
        let mut p = 0;
        let slots = slopes.each_mut().map(|slopes| {
            let width = if slopes.is_empty() { 0 } else { widths[p] };
            p += 1;
            &mut slopes[i * width..(i + 1) * width]
        });
        value.push(f(rows, slots));
    }
    let value = upload(value, [batch], &inputs[0]);
    let moving = inputs.into_iter().zip(slopes).filter(|(_, slopes)| !slopes.is_empty());
    moving.fold(value, |value, (input, slopes)| {
        let width = input.dims()[1];
        let input = if input.dims()[0] == batch { input } else { input.expand([batch, width]) };
        value + shape::sum_event(ops::zero_with_slopes(input, slopes))
    })
}

/// The smallest positive number with a full mantissa in the type of `like`.
pub(crate) fn least_positive<const D: usize>(like: &Tensor<D>) -> f64 {
    if like.dtype() == DType::F64 { f64::MIN_POSITIVE } else { f64::from(f32::MIN_POSITIVE) }
}

/// The largest number in the type of `like`.
pub(crate) fn largest<const D: usize>(like: &Tensor<D>) -> f64 {
    if like.dtype() == DType::F64 { f64::MAX } else { f64::from(f32::MAX) }
}

/// The distance from 1 to the next larger number in the type of `like`.
pub(crate) fn epsilon<const D: usize>(like: &Tensor<D>) -> f64 {
    if like.dtype() == DType::F64 { f64::EPSILON } else { f64::from(f32::EPSILON) }
}
