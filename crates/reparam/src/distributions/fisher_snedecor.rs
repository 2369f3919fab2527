//! FisherSnedecor(df1, df2), independent elements: the ratio of two chi-square numbers, each over its degrees of
//! freedom.
//!
//! Path: implicit, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The F distribution, with independent elements, `[batch, event…]`.
pub type FisherSnedecor<const D: usize> = Univariate<laws::FisherSnedecor, 2, D>;

impl<const D: usize> FisherSnedecor<D> {
    /// From `df1`, the degrees of freedom above, > 0; `df2`, those below, > 0. Panics when the shapes do not broadcast.
    pub fn new(df1: Tensor<D>, df2: Tensor<D>) -> Self {
        Self::from_parameters([df1, df2])
    }
}
