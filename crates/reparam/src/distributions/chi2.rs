//! Chi2(df), independent elements: Gamma(df / 2, ½).
//!
//! Path: implicit, as that of the gamma distribution.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The chi-square distribution, with independent elements, `[batch, event…]`.
pub type Chi2<const D: usize> = Univariate<laws::Chi2, 1, D>;

impl<const D: usize> Chi2<D> {
    /// From `df`, the degrees of freedom, > 0. Panics when the shapes do not broadcast.
    pub fn new(df: Tensor<D>) -> Self {
        Self::from_parameters([df])
    }
}
