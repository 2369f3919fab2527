//! JohnsonSU(skewness, tailweight, loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The unbounded distribution of Johnson's system, with independent elements, `[batch, event…]`.
///
/// `JohnsonSU(skewness, tailweight, loc, scale)`: loc + scale · sinh((n − skewness) / tailweight) with a standard
/// normal number n.
///
/// Density (τ / (scale √(1 + y²))) φ(skewness + τ asinh y) with y = (x − loc) / scale, τ = tailweight and φ the
/// standard normal density.
///
/// Path: x = loc + scale · sinh((ε − skewness) / tailweight), ε standard normal.
///
#[doc = include_str!("pages/johnson_su.md")]
pub type JohnsonSU<const D: usize> = Univariate<laws::JohnsonSU, 4, D>;

impl<const D: usize> JohnsonSU<D> {
    /// From `skewness`, the skewness, to the left where it is positive; `tailweight`, the tail weight, > 0, light
    /// where it is large; `loc`, the location; `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(skewness: Tensor<D>, tailweight: Tensor<D>, loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([skewness, tailweight, loc, scale])
    }
}
