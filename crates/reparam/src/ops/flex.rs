//! The fused kernels for Flex, Burn's CPU backend: slices in, slices out, parameters updated in place.

use burn::{
    backend::{Flex, TensorMetadata, flex::FlexTensor, tensor::FloatTensor},
    tensor::{DType, Element, TensorData},
};
use bytemuck::Pod;
use reparam_kernels::{Real, adam, bernoulli, rows, shares};

use super::{AdamScalars, Host, Kernel, ReparamOps, default, elementwise};

impl Host for Flex {
    fn run(kernel: &dyn Kernel, inputs: Vec<FlexTensor>, wanted: &[bool]) -> Vec<FlexTensor> {
        match inputs[0].dtype() {
            DType::F32 => {
                run::<f32>(inputs, wanted, |inputs, out, slopes| kernel.single(inputs, out, slopes))
            }
            DType::F64 => {
                run::<f64>(inputs, wanted, |inputs, out, slopes| kernel.double(inputs, out, slopes))
            }
            _ => elementwise::on_host::<Self>(kernel, inputs, wanted),
        }
    }
}

impl ReparamOps for Flex {
    fn bernoulli_log_prob(logits: FloatTensor<Self>, x: FloatTensor<Self>) -> FloatTensor<Self> {
        match logits.dtype() {
            DType::F32 => bernoulli_log_prob::<f32>(&logits, &x),
            DType::F64 => bernoulli_log_prob::<f64>(&logits, &x),
            _ => default::bernoulli_log_prob::<Self>(logits, x),
        }
    }

    fn bernoulli_log_prob_with_slope(
        logits: FloatTensor<Self>,
        x: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        match logits.dtype() {
            DType::F32 => bernoulli_log_prob_with_slope::<f32>(&logits, &x),
            DType::F64 => bernoulli_log_prob_with_slope::<f64>(&logits, &x),
            _ => default::bernoulli_log_prob_with_slope::<Self>(logits, x),
        }
    }

    fn scale_rows(slope: FloatTensor<Self>, factor: FloatTensor<Self>) -> FloatTensor<Self> {
        match slope.dtype() {
            DType::F32 => scale_rows::<f32>(slope, &factor),
            DType::F64 => scale_rows::<f64>(slope, &factor),
            _ => default::scale_rows::<Self>(slope, factor),
        }
    }

    fn shares_backward(shares: FloatTensor<Self>, grad: FloatTensor<Self>) -> FloatTensor<Self> {
        match shares.dtype() {
            DType::F32 => shares_backward::<f32>(&shares, &grad),
            DType::F64 => shares_backward::<f64>(&shares, &grad),
            _ => default::shares_backward::<Self>(shares, grad),
        }
    }

    fn adam_step(
        param: FloatTensor<Self>,
        grad: FloatTensor<Self>,
        moment1: FloatTensor<Self>,
        moment2: FloatTensor<Self>,
        scalars: AdamScalars,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        match param.dtype() {
            DType::F32 => adam_step::<f32>(param, &grad, moment1, moment2, scalars),
            DType::F64 => adam_step::<f64>(param, &grad, moment1, moment2, scalars),
            _ => default::adam_step::<Self>(param, grad, moment1, moment2, scalars),
        }
    }
}

/// The elements in row-major order; copies only a view that is not laid out so.
fn contiguous(tensor: &FlexTensor) -> FlexTensor {
    if tensor.is_contiguous() { tensor.clone() } else { tensor.to_contiguous() }
}

/// The elements of a contiguous tensor.
fn elements<T: Element + Pod>(tensor: &FlexTensor) -> &[T] {
    tensor.as_slice().expect("a contiguous tensor of this element type")
}

/// A tensor that owns its elements alone, so that writing to them copies nothing more.
fn owned<T: Element + Pod>(tensor: FlexTensor) -> FlexTensor {
    let exact = tensor.is_contiguous() && tensor.storage::<T>().len() == tensor.shape().num_elements();
    if exact { tensor } else { tensor.to_contiguous() }
}

fn tensor<T: Element>(values: Vec<T>, dims: &[usize]) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(values, dims))
}

/// The value and the wanted slopes, in tensors of the first input's shape.
fn run<T: Real + Element + Pod>(
    inputs: Vec<FlexTensor>,
    wanted: &[bool],
    kernel: impl Fn(&[&[T]], &mut [T], &mut [&mut [T]]),
) -> Vec<FlexTensor> {
    let shape = inputs[0].shape();
    let inputs: Vec<FlexTensor> = inputs.iter().map(contiguous).collect();
    let inputs: Vec<&[T]> = inputs.iter().map(elements::<T>).collect();
    elementwise::outputs(&inputs, wanted, kernel)
        .into_iter()
        .map(|values| tensor(values, shape.as_slice()))
        .collect()
}

fn bernoulli_log_prob<T: Real + Element + Pod>(logits: &FlexTensor, x: &FlexTensor) -> FlexTensor {
    let (logits, x) = (contiguous(logits), contiguous(x));
    let batch = logits.shape()[0];
    let width = logits.shape().num_elements() / batch.max(1);
    let mut value = vec![T::ZERO; batch];
    bernoulli::log_prob(elements::<T>(&logits), elements(&x), width, &mut value);
    tensor(value, &[batch])
}

fn bernoulli_log_prob_with_slope<T: Real + Element + Pod>(
    logits: &FlexTensor,
    x: &FlexTensor,
) -> (FlexTensor, FlexTensor) {
    let (logits, x) = (contiguous(logits), contiguous(x));
    let shape = logits.shape();
    let batch = shape[0];
    let mut value = vec![T::ZERO; batch];
    let mut slope = vec![T::ZERO; shape.num_elements()];
    let width = slope.len() / batch.max(1);
    bernoulli::log_prob_with_slope(elements::<T>(&logits), elements(&x), width, &mut value, &mut slope);
    (tensor(value, &[batch]), tensor(slope, shape.as_slice()))
}

fn scale_rows<T: Real + Element + Pod>(slope: FlexTensor, factor: &FlexTensor) -> FlexTensor {
    let factor = contiguous(factor);
    let width = slope.shape().num_elements() / slope.shape()[0].max(1);
    let mut slope = owned::<T>(slope);
    rows::scale_rows(slope.storage_mut::<T>(), elements(&factor), width);
    slope
}

fn shares_backward<T: Real + Element + Pod>(shares: &FlexTensor, grad: &FlexTensor) -> FlexTensor {
    let (shares, grad) = (contiguous(shares), contiguous(grad));
    let shape = shares.shape();
    let mut weights = vec![T::ZERO; shape.num_elements()];
    let width = shape[shape.num_dims() - 1];
    shares::backward(elements::<T>(&shares), elements(&grad), width, &mut weights);
    tensor(weights, shape.as_slice())
}

fn adam_step<T: Real + Element + Pod>(
    param: FlexTensor,
    grad: &FlexTensor,
    moment1: FlexTensor,
    moment2: FlexTensor,
    scalars: AdamScalars,
) -> (FlexTensor, FlexTensor, FlexTensor) {
    let AdamScalars { learning_rate, beta1, beta2, epsilon, time } = scalars;
    let step = adam::AdamStep::<T>::new(learning_rate, beta1, beta2, epsilon, time);
    let grad = contiguous(grad);
    let [mut param, mut moment1, mut moment2] = [param, moment1, moment2].map(owned::<T>);
    adam::step(
        &step,
        param.storage_mut::<T>(),
        elements(&grad),
        moment1.storage_mut(),
        moment2.storage_mut(),
    );
    (param, moment1, moment2)
}
