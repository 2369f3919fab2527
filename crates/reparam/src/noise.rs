//! From generator to tensor: noise with the shape, the element type and the device of a parameter.
//!
//! The bits are made on the host by [`Rng`] and uploaded, so a draw is the same on every device. Noise never carries
//! a gradient.

use burn::tensor::{DType, Element, Tensor, TensorData};
use reparam_kernels::sobol;
pub use reparam_kernels::{Rng, law::Noise};

use crate::rows;

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

/// For noise at the level u of this law, that at the level 1 − u, elementwise: the other half of an antithetic pair.
pub fn reflected<const D: usize>(law: Noise, noise: Tensor<D>) -> Tensor<D> {
    match law {
        Noise::Normal | Noise::Logistic | Noise::Laplace => -noise,
        Noise::Uniform => below_one(-noise + 1.0),
        Noise::Exponential | Noise::Gumbel => {
            let values = rows::read(&noise).into_iter().map(|x| law.reflected(x)).collect();
            rows::upload(values, noise.dims(), &noise)
        }
    }
}

/// Noise of this law like `param`, `[particles · batch, event…]`, from scrambled Sobol points: the particles of one row
/// are the first points of a sequence with as many dimensions as an event has elements, under a scrambling of their own.
///
/// Panics for events of more elements than [`sobol::DIMENSIONS`].
pub fn sobol<const D: usize>(law: Noise, param: &Tensor<D>, particles: usize, rng: &mut Rng) -> Tensor<D> {
    let (seed, width) = (rng.next_u64(), param.dims()[1..].iter().product());
    match param.dtype() {
        DType::F64 => upload(param, |out: &mut [f64]| sobol::fill_noise(law, seed, particles, width, out)),
        _ => upload(param, |out: &mut [f32]| sobol::fill_noise(law, seed, particles, width, out)),
    }
}

/// Numbers in (0, 1] of which those that were rounded to 1 are the largest below.
fn below_one<const D: usize>(u: Tensor<D>) -> Tensor<D> {
    let most = 1.0 - 0.5 * rows::epsilon(&u);
    u.clamp_max(most)
}
