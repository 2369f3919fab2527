//! Frechet(scale, concentration).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Fréchet distribution of maxima, with independent elements, `[batch, event…]`.
///
/// `Frechet(scale, concentration)`: distribution function exp(−(x / scale)^(−concentration)).
///
/// Density (a / scale) y^(−1 − a) e^(−y^(−a)) with y = x / scale and a = concentration.
///
/// Path: x = scale · e^(ε / concentration), ε Gumbel noise.
///
#[doc = include_str!("pages/frechet.md")]
pub type Frechet<const D: usize> = Univariate<laws::Frechet, 2, D>;

impl<const D: usize> Frechet<D> {
    /// From `scale`, the scale, > 0; `concentration`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([scale, concentration])
    }
}
