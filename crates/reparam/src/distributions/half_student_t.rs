//! HalfStudentT(df, scale), independent elements: the absolute value of StudentT(df, 0, scale).
//!
//! Path: implicit in df, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// Half of Student's t distribution, with independent elements, `[batch, event…]`.
pub type HalfStudentT<const D: usize> = Univariate<laws::HalfStudentT, 2, D>;

impl<const D: usize> HalfStudentT<D> {
    /// From `df`, the degrees of freedom, > 0; `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(df: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([df, scale])
    }
}
