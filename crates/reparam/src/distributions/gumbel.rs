//! Gumbel(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Gumbel distribution of maxima with independent elements, `[batch, event…]`.
///
/// `Gumbel(loc, scale)`: distribution function exp(−e^(−(x − loc) / scale)).
///
/// Density e^(−z − e^(−z)) / scale with z = (x − loc) / scale.
///
/// Path: x = loc + scale · ε, ε = −log of a standard exponential number.
///
#[doc = include_str!("pages/gumbel.md")]
pub type Gumbel<const D: usize> = Univariate<laws::Gumbel, 2, D>;

impl<const D: usize> Gumbel<D> {
    /// From location and scale; panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
