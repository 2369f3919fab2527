//! ZeroInflatedPoisson(rate, gate), independent elements: 0 with probability gate, else a Poisson number.
//!
//! Discrete, so without a path.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The zero-inflated Poisson distribution, with independent elements, `[batch, event…]`.
pub type ZeroInflatedPoisson<const D: usize> = Univariate<laws::ZeroInflatedPoisson, 2, D>;

impl<const D: usize> ZeroInflatedPoisson<D> {
    /// From `rate`, the mean of the Poisson part, ≥ 0; `gate`, the probability of a certain 0. Panics when the shapes do
    /// not broadcast.
    pub fn new(rate: Tensor<D>, gate: Tensor<D>) -> Self {
        Self::from_parameters([rate, gate])
    }
}
