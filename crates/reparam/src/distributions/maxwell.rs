//! Maxwell(scale), independent elements: the length of a vector of three Normal(0, scale) numbers.
//!
//! Path: scale times a draw of scale 1, carried as its logarithm.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Maxwell–Boltzmann distribution, with independent elements, `[batch, event…]`.
pub type Maxwell<const D: usize> = Univariate<laws::Maxwell, 1, D>;

impl<const D: usize> Maxwell<D> {
    /// From `scale`, the scale of each component, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>) -> Self {
        Self::from_parameters([scale])
    }
}
