//! Chi2(df).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The chi-square distribution, with independent elements, `[batch, event…]`.
///
/// `Chi2(df)`: Gamma(df / 2, ½).
///
/// Density x^(k/2 − 1) e^(−x/2) / (2^(k/2) Γ(k/2)) with k = df.
///
/// Path: implicit, as that of the gamma distribution.
///
#[doc = include_str!("pages/chi2.md")]
pub type Chi2<const D: usize> = Univariate<laws::Chi2, 1, D>;

impl<const D: usize> Chi2<D> {
    /// From `df`, the degrees of freedom, > 0. Panics when the shapes do not broadcast.
    pub fn new(df: Tensor<D>) -> Self {
        Self::from_parameters([df])
    }
}
