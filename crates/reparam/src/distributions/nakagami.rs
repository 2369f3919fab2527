//! Nakagami(concentration, scale), independent elements: x² / scale² is a gamma number of mean 1.
//!
//! Path: that of the gamma number, implicit in concentration, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Nakagami distribution, with independent elements, `[batch, event…]`.
pub type Nakagami<const D: usize> = Univariate<laws::Nakagami, 2, D>;

impl<const D: usize> Nakagami<D> {
    /// From `concentration`, the shape of the gamma number, > 0; `scale`, the root of E[x²], > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([concentration, scale])
    }
}
