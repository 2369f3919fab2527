//! UniformSphere(d).

use burn::tensor::{DType, Device, Tensor};
use reparam_kernels::multivariate::sphere;

use super::around::direction;
use crate::{
    Distribution, Entropy, Explicit, Moments, Reparameterized,
    noise::{Noise, Rng},
    shape,
};

/// Directions without a preference, `[batch, d]`.
///
/// `UniformSphere(d)`: the uniform law on the unit sphere of ℝᵈ, density Γ(d/2) / (2 π^{d/2}) per area.
///
/// Path: a standard normal vector divided by its length.
#[derive(Clone, Debug)]
pub struct UniformSphere {
    centre: Tensor<2>,
}

crate::params!(UniformSphere { centre });

impl UniformSphere {
    /// Of this shape, `[batch, d]` with d ≥ 2, in single or double precision.
    pub fn new(dims: [usize; 2], device: &Device, dtype: DType) -> Self {
        assert!(dims[1] >= 2, "UniformSphere: a sphere needs at least 2 dimensions, got {}", dims[1]);
        Self { centre: Tensor::zeros(dims, (device, dtype)) }
    }

    fn log_area(&self) -> Tensor<1> {
        let [batch, d] = self.centre.dims();
        self.centre.clone().narrow(1, 0, 1).reshape([batch]) + sphere::log_area(d)
    }
}

impl Distribution<2> for UniformSphere {
    fn dims(&self) -> [usize; 2] {
        self.centre.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        self.rsample(rng)
    }
    /// The same everywhere; the length of x is not looked at.
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        shape::check_value("UniformSphere::log_prob", self.dims(), x.dims());
        -self.log_area().expand([x.dims()[0]])
    }
}

impl Reparameterized<2> for UniformSphere {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.path(self.noise(rng))
    }
}

impl Explicit<2> for UniformSphere {
    fn noise_law(&self) -> Noise {
        Noise::Normal
    }
    fn noise_like(&self) -> Tensor<2> {
        self.centre.clone()
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        direction(noise)
    }
}

impl Moments<2> for UniformSphere {
    fn mean(&self) -> Tensor<2> {
        self.centre.clone()
    }
    fn variance(&self) -> Tensor<2> {
        self.centre.clone() + 1.0 / self.dims()[1] as f64
    }
}

impl Entropy for UniformSphere {
    fn entropy(&self) -> Tensor<1> {
        self.log_area()
    }
}
