//! FisherSnedecor(df1, df2).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The F distribution, with independent elements, `[batch, event…]`.
///
/// `FisherSnedecor(df1, df2)`: the ratio of two chi-square numbers, each over its degrees of freedom.
///
/// Density r^(df1/2) x^(df1/2 − 1) (1 + r x)^(−(df1 + df2)/2) / B(df1/2, df2/2) with r = df1 / df2.
///
/// Path: implicit, carried as its logarithm.
///
#[doc = include_str!("pages/fisher_snedecor.md")]
pub type FisherSnedecor<const D: usize> = Univariate<laws::FisherSnedecor, 2, D>;

impl<const D: usize> FisherSnedecor<D> {
    /// From `df1`, the degrees of freedom above, > 0; `df2`, those below, > 0. Panics when the shapes do not broadcast.
    pub fn new(df1: Tensor<D>, df2: Tensor<D>) -> Self {
        Self::from_parameters([df1, df2])
    }
}
