//! StudentT(df, loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// Student's t distribution, with independent elements, `[batch, event…]`.
///
/// `StudentT(df, loc, scale)`: density ∝ (1 + z² / df)^(−(df + 1) / 2) with z = (x − loc) / scale.
///
/// Path: implicit in df: a normal number over the root of a chi-square number per degree of freedom.
///
#[doc = include_str!("pages/student_t.md")]
pub type StudentT<const D: usize> = Univariate<laws::StudentT, 3, D>;

impl<const D: usize> StudentT<D> {
    /// From `df`, the degrees of freedom, > 0; `loc`, the location; `scale`, the scale, > 0. Panics when the shapes do
    /// not broadcast.
    pub fn new(df: Tensor<D>, loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([df, loc, scale])
    }
}
