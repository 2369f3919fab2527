//! NoncentralChi2(df, noncentrality), independent elements: χ² with df + 2 J degrees of freedom, J ~
//! Poisson(noncentrality / 2).
//!
//! Path: implicit in both parameters, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The noncentral χ² distribution, with independent elements, `[batch, event…]`.
pub type NoncentralChi2<const D: usize> = Univariate<laws::NoncentralChi2, 2, D>;

impl<const D: usize> NoncentralChi2<D> {
    /// From `df`, the degrees of freedom, > 0; `noncentrality`, the sum of the squared means, ≥ 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(df: Tensor<D>, noncentrality: Tensor<D>) -> Self {
        Self::from_parameters([df, noncentrality])
    }
}
