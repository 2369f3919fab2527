//! Frechet(scale, concentration), independent elements: distribution function exp(−(x / scale)^(−concentration)).
//!
//! Path: x = scale · e^(ε / concentration), ε Gumbel noise.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Fréchet distribution of maxima, with independent elements, `[batch, event…]`.
pub type Frechet<const D: usize> = Univariate<laws::Frechet, 2, D>;

impl<const D: usize> Frechet<D> {
    /// From `scale`, the scale, > 0; `concentration`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration])
    }
}
