//! HalfStudentT(df, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// Half of Student's t distribution, with independent elements, `[batch, event…]`.
///
/// `HalfStudentT(df, scale)`: the absolute value of StudentT(df, 0, scale).
///
/// Density: twice that of StudentT(df, 0, scale), for x ≥ 0.
///
/// Path: implicit in df, carried as its logarithm.
///
#[doc = include_str!("pages/half_student_t.md")]
pub type HalfStudentT<const D: usize> = Univariate<laws::HalfStudentT, 2, D>;

impl<const D: usize> HalfStudentT<D> {
    /// From `df`, the degrees of freedom, > 0; `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(df: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([df, scale])
    }
}
