//! Logistic(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The logistic distribution, with independent elements, `[batch, event…]`.
///
/// `Logistic(loc, scale)`: distribution function 1 / (1 + e^(−z)) with z = (x − loc) / scale.
///
/// Density e^(−z) / (scale (1 + e^(−z))²).
///
/// Path: x = loc + scale · ε, ε = log u − log(1 − u).
///
#[doc = include_str!("pages/logistic.md")]
pub type Logistic<const D: usize> = Univariate<laws::Logistic, 2, D>;

impl<const D: usize> Logistic<D> {
    /// From `loc`, the location; `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
