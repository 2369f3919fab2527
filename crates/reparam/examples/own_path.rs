//! A distribution of one's own from noise and path: Rayleigh(scale), the length of a normal vector in the plane.
//!
//! Density x / scale² · exp(−x² / (2 scale²)) for x > 0. Path: x = scale · √(−2 log u), u uniform. Exact: E[x²] = 2 scale².

use burn::tensor::{DType, Device, Tensor};
use reparam::{Distribution, Explicit, Moments, Reparameterized, Rng, gradient, noise::Noise, params, shape};

mod table;
use table::Row;

/// The Rayleigh distribution with independent elements, `[batch, event…]`.
#[derive(Clone, Debug)]
pub struct Rayleigh<const D: usize> {
    scale: Tensor<D>,
}

params!(Rayleigh<const D> { scale });

impl<const D: usize> Rayleigh<D> {
    /// From the scale, positive.
    pub fn new(scale: Tensor<D>) -> Self {
        Self { scale }
    }
}

impl<const D: usize> Distribution<D> for Rayleigh<D> {
    fn dims(&self) -> [usize; D] {
        self.scale.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        gradient::stop(self.rsample(rng))
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::check_value("Rayleigh::log_prob", self.dims(), x.dims());
        let ratio = x.clone() / self.scale.clone();
        shape::sum_event(x.log() - self.scale.clone().log() * 2.0 - ratio.square() * 0.5)
    }
}

impl<const D: usize> Reparameterized<D> for Rayleigh<D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.path(self.noise(rng))
    }
}

impl<const D: usize> Explicit<D> for Rayleigh<D> {
    fn noise_law(&self) -> Noise {
        Noise::Uniform
    }
    fn noise_like(&self) -> Tensor<D> {
        self.scale.clone()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        self.scale.clone() * (noise.log() * -2.0).sqrt()
    }
}

impl<const D: usize> Moments<D> for Rayleigh<D> {
    fn mean(&self) -> Tensor<D> {
        self.scale.clone() * std::f64::consts::FRAC_PI_2.sqrt()
    }
    fn variance(&self) -> Tensor<D> {
        self.scale.clone().square() * (2.0 - std::f64::consts::FRAC_PI_2)
    }
}

const SCALE: f64 = 1.3;

/// E[x²] and its derivative in the scale, each of 20,000 draws beside its exact value.
pub fn estimates() -> Vec<Row> {
    let device = Device::flex().autodiff();
    let scale = Tensor::<2>::full([20_000, 1], SCALE, (&device, DType::F64)).require_grad();
    let square = Rayleigh::new(scale.clone()).rsample(&mut Rng::new(1)).square();
    let slopes = scale.grad(&square.clone().sum().backward()).expect("it was tracked");
    vec![
        ("E[x²]".into(), square.into_data().iter().collect(), 2.0 * SCALE * SCALE),
        ("∂/∂scale".into(), slopes.into_data().iter().collect(), 4.0 * SCALE),
    ]
}

fn main() {
    table::print(&estimates());
}
