//! From generator to tensor: noise with the shape, the element type and the device of a parameter.
//!
//! The bits are made on the host by [`Rng`] and uploaded, so a draw is the same on every device. Noise never carries
//! a gradient.

use burn::tensor::{DType, Element, Tensor, TensorData};
pub use reparam_kernels::{Rng, law::Noise};

/// Standard normal noise like `param`, |ε| up to 9.1.
pub fn normal<const D: usize>(param: &Tensor<D>, rng: &mut Rng) -> Tensor<D> {
    of(Noise::Normal, param, rng)
}

/// Uniform noise on the open interval (0, 1) like `param`.
pub fn uniform<const D: usize>(param: &Tensor<D>, rng: &mut Rng) -> Tensor<D> {
    of(Noise::Uniform, param, rng)
}

/// Noise of this law like `param`.
pub fn of<const D: usize>(law: Noise, param: &Tensor<D>, rng: &mut Rng) -> Tensor<D> {
    match param.dtype() {
        DType::F64 => upload(param, |out: &mut [f64]| rng.fill_noise(law, out)),
        _ => upload(param, |out: &mut [f32]| rng.fill_noise(law, out)),
    }
}

/// A tensor with the shape, element type and device of `param`, filled on the host.
fn upload<const D: usize, T: Element + Default>(param: &Tensor<D>, fill: impl FnOnce(&mut [T])) -> Tensor<D> {
    let dims = param.dims();
    let mut values = vec![T::default(); dims.iter().product()];
    fill(&mut values);
    Tensor::from_data(TensorData::new(values, dims), (&param.device(), param.dtype()))
}
