//! GeneralizedNormal(loc, scale, power).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The generalized normal distribution, with independent elements, `[batch, event…]`.
///
/// `GeneralizedNormal(loc, scale, power)`: density ∝ exp(−|(x − loc) / scale|^power).
///
/// Path: implicit in the power: a gamma number to the power 1 / power, with a random sign.
///
#[doc = include_str!("pages/generalized_normal.md")]
pub type GeneralizedNormal<const D: usize> = Univariate<laws::GeneralizedNormal, 3, D>;

impl<const D: usize> GeneralizedNormal<D> {
    /// From `loc`, the location; `scale`, the scale, > 0; `power`, the exponent, > 0: 1 for Laplace, 2 for normal tails.
    /// Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, power: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, power])
    }
}
