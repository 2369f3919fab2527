//! Transformed(base, transform): y = t(x), x from the base; log-density log p_x(t⁻¹(y)) + log |det ∂t⁻¹/∂y|.
//!
//! Path: the base's path, then the transform.

use burn::tensor::Tensor;

use crate::{Distribution, Explicit, ParamMap, Params, Reparameterized, Transform, noise::Rng};

/// A base distribution seen through a bijection; as reparameterizable as its base.
#[derive(Clone, Debug)]
pub struct Transformed<Q, T> {
    base: Q,
    transform: T,
}

impl<Q, T> Transformed<Q, T> {
    /// The law of `transform` applied to draws of `base`.
    pub fn new(base: Q, transform: T) -> Self {
        Self { base, transform }
    }

    /// The base.
    pub fn base(&self) -> &Q {
        &self.base
    }
}

impl<Q: Params, T: Params> Params for Transformed<Q, T> {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self { base: self.base.map(f), transform: self.transform.map(f) }
    }
}

impl<const D: usize, Q: Distribution<D>, T: Transform<D>> Distribution<D> for Transformed<Q, T> {
    fn dims(&self) -> [usize; D] {
        self.base.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        crate::gradient::stop(self.transform.forward(self.base.sample(rng)).0)
    }
    fn log_prob(&self, y: Tensor<D>) -> Tensor<1> {
        let (x, log_determinant) = self.transform.inverse(y);
        self.base.log_prob(x) + log_determinant
    }
}

impl<const D: usize, Q: Reparameterized<D>, T: Transform<D>> Reparameterized<D> for Transformed<Q, T> {
    fn rsample(&self, rng: &mut Rng) -> Tensor<D> {
        self.transform.forward(self.base.rsample(rng)).0
    }
}

impl<const D: usize, Q: Explicit<D>, T: Transform<D>> Explicit<D> for Transformed<Q, T> {
    fn noise(&self, rng: &mut Rng) -> Tensor<D> {
        self.base.noise(rng)
    }
    fn path(&self, noise: Tensor<D>) -> Tensor<D> {
        self.transform.forward(self.base.path(noise)).0
    }
}
