//! Kernels that work element by element: a law's density, its distribution function, its draws.
//!
//! The kernels live on the host, in `reparam_kernels`. Flex hands them its slices; on every other backend the default
//! body reads the inputs back and uploads the results.

use std::{fmt::Debug, future::Future, pin::pin, sync::Arc, task};

use burn::{
    backend::{Backend, Dispatch, ExtensionType, TensorMetadata, tensor::FloatTensor},
    tensor::{DType, Element, Tensor, TensorData},
};
use reparam_kernels::Real;

use super::{ReparamOps, supported::dispatch};

/// A function of as many numbers as there are inputs, with its partial derivatives.
///
/// `slopes` is empty where no derivative is wanted; else it has one slice for each input, and a slice of no elements for
/// an input whose derivative nobody wants.
pub trait Kernel: Debug + Send + Sync {
    /// The input that shifts the value one to one. Its slope is 1 and never asked for: the gradient passes through.
    fn shift(&self) -> Option<usize> {
        None
    }
    /// In single precision.
    fn single(&self, inputs: &[&[f32]], out: &mut [f32], slopes: &mut [&mut [f32]]);
    /// In double precision.
    fn double(&self, inputs: &[&[f64]], out: &mut [f64], slopes: &mut [&mut [f64]]);
}

/// The kernel's value at each element of the inputs, with its gradient: eight tensors at most, all of one shape.
pub fn elementwise<const D: usize>(kernel: Arc<dyn Kernel>, inputs: Vec<Tensor<D>>) -> Tensor<D> {
    let inputs: Vec<_> = inputs.into_iter().map(dispatch).collect();
    Tensor::from_dispatch(<Dispatch as ReparamOps>::elementwise(kernel, inputs.into()))
}

/// A backend that runs a kernel on the host.
pub trait Host: Backend {
    /// The value, then the slopes in those inputs that are `wanted`.
    fn run(kernel: &dyn Kernel, inputs: Vec<FloatTensor<Self>>, wanted: &[bool]) -> Vec<FloatTensor<Self>> {
        on_host::<Self>(kernel, inputs, wanted)
    }
}

/// One to eight tensors, in a form that the backend dispatch understands.
#[derive(ExtensionType)]
#[allow(missing_docs, reason = "a variant is as many tensors as its name says")]
pub enum Inputs<B: Backend> {
    One(FloatTensor<B>),
    Two(FloatTensor<B>, FloatTensor<B>),
    Three(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>),
    Four(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>),
    Five(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>),
    #[rustfmt::skip]
    Six(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>),
    #[rustfmt::skip]
    Seven(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>),
    #[rustfmt::skip]
    Eight(FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>, FloatTensor<B>),
}

macro_rules! as_vectors {
    ($($variant:ident: $count:literal $($tensor:ident)+;)+) => {
        impl<B: Backend> From<Inputs<B>> for Vec<FloatTensor<B>> {
            fn from(inputs: Inputs<B>) -> Self {
                match inputs {
                    $(Inputs::$variant($($tensor),+) => vec![$($tensor),+]),+
                }
            }
        }

        impl<B: Backend> From<Vec<FloatTensor<B>>> for Inputs<B> {
            fn from(tensors: Vec<FloatTensor<B>>) -> Self {
                let count = tensors.len();
                let mut tensors = tensors.into_iter();
                let mut next = || tensors.next().expect("as many as were counted");
                match count {
                    $($count => {
                        $(let $tensor = next();)+
                        Self::$variant($($tensor),+)
                    })+
                    _ => panic!("an elementwise kernel takes one to eight tensors, not {count}"),
                }
            }
        }
    };
}

as_vectors! {
    One: 1 a;
    Two: 2 a b;
    Three: 3 a b c;
    Four: 4 a b c d;
    Five: 5 a b c d e;
    Six: 6 a b c d e f;
    Seven: 7 a b c d e f g;
    Eight: 8 a b c d e f g h;
}

/// The kernel's outputs in fresh vectors: the value, then the wanted slopes.
pub fn outputs<T: Real>(
    inputs: &[&[T]],
    wanted: &[bool],
    kernel: impl Fn(&[&[T]], &mut [T], &mut [&mut [T]]),
) -> Vec<Vec<T>> {
    let length = inputs[0].len();
    let mut value = vec![T::ZERO; length];
    if !wanted.contains(&true) {
        kernel(inputs, &mut value, &mut []);
        return vec![value];
    }
    let mut slopes: Vec<Vec<T>> =
        wanted.iter().map(|&wanted| if wanted { vec![T::ZERO; length] } else { Vec::new() }).collect();
    kernel(inputs, &mut value, &mut slopes.iter_mut().map(Vec::as_mut_slice).collect::<Vec<_>>());
    let wanted_slopes = slopes.into_iter().zip(wanted).filter_map(|(slope, wanted)| wanted.then_some(slope));
    std::iter::once(value).chain(wanted_slopes).collect()
}

/// Reads the inputs back, runs the kernel in double or (for every other type) single precision, uploads the results.
pub fn on_host<B: Backend>(
    kernel: &dyn Kernel,
    inputs: Vec<FloatTensor<B>>,
    wanted: &[bool],
) -> Vec<FloatTensor<B>> {
    let (device, dtype) = (inputs[0].device(), inputs[0].dtype());
    let shape = inputs[0].shape();
    let data: Vec<TensorData> = inputs
        .into_iter()
        .map(|input| ready(B::float_into_data(input)).expect("the inputs can be read back"))
        .collect();
    let upload = |data: TensorData| B::float_from_data(data.convert_dtype(dtype), &device);
    let dims = shape.as_slice();
    if dtype == DType::F64 {
        let data: Vec<Vec<f64>> = data.iter().map(|data| data.iter::<f64>().collect()).collect();
        numbers(&data, wanted, dims, |i, out, slopes| kernel.double(i, out, slopes)).map(upload).collect()
    } else {
        let data: Vec<Vec<f32>> = data.iter().map(|data| data.iter::<f32>().collect()).collect();
        numbers(&data, wanted, dims, |i, out, slopes| kernel.single(i, out, slopes)).map(upload).collect()
    }
}

fn numbers<T: Real + Element>(
    data: &[Vec<T>],
    wanted: &[bool],
    dims: &[usize],
    kernel: impl Fn(&[&[T]], &mut [T], &mut [&mut [T]]),
) -> impl Iterator<Item = TensorData> {
    let inputs: Vec<&[T]> = data.iter().map(Vec::as_slice).collect();
    outputs(&inputs, wanted, kernel).into_iter().map(move |values| TensorData::new(values, dims.to_vec()))
}

/// The result of a future that is waited for on this thread.
pub fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = task::Context::from_waker(task::Waker::noop());
    loop {
        if let task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::yield_now();
    }
}
