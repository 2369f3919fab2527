//! Draws that carry a gradient.

use burn::tensor::Tensor;
use reparam_kernels::draws::Form;
use reparam_kernels::formula::{LogProbAtOf, PathOf};
use reparam_kernels::law::{Coordinate, Explicit as HasPath, Reparameterized as Moving};

use super::{Univariate, kernel};
use crate::{
    Explicit, Reparameterized, Twin,
    noise::{Noise, Rng},
    ops, shape,
};

impl<L: Moving<P>, const P: usize, const D: usize> Univariate<L, P, D> {
    fn moving(&self, rng: &mut Rng, form: Form) -> Tensor<D> {
        let count = self.dims().iter().product();
        ops::elementwise(kernel::moving_draws::<L, P>(rng, count, form), self.theta.to_vec())
    }
}

impl<L: Moving<P>, const P: usize, const D: usize> Reparameterized<D> for Univariate<L, P, D> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.moving(rng, Form::Value)
    }
}

impl<L: Moving<P>, const P: usize, const D: usize> Twin<D> for Univariate<L, P, D> {
    fn coordinate(&self) -> Coordinate {
        L::COORDINATE
    }
    fn rsample_twin(&self, rng: &mut Rng) -> Tensor<D> {
        self.moving(rng, Form::Coordinate)
    }
    fn log_prob_twin(&self, t: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.at::<LogProbAtOf<L>>("log_prob_twin", t))
    }
}

impl<L: HasPath<P>, const P: usize, const D: usize> Explicit<D> for Univariate<L, P, D> {
    fn noise_law(&self) -> Noise {
        L::NOISE
    }
    fn noise_like(&self) -> Tensor<D> {
        self.theta[0].clone()
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        self.at::<PathOf<L>>("path", noise)
    }
}
