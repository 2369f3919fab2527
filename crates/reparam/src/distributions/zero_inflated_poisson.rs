//! ZeroInflatedPoisson(rate, gate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The zero-inflated Poisson distribution, with independent elements, `[batch, event…]`.
///
/// `ZeroInflatedPoisson(rate, gate)`: 0 with probability gate, else a Poisson number.
///
/// Mass gate + (1 − gate) p(0) at 0 and (1 − gate) p(x) elsewhere, p that of Poisson(rate).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/zero_inflated_poisson.md")]
pub type ZeroInflatedPoisson<const D: usize> = Univariate<laws::ZeroInflatedPoisson, 2, D>;

impl<const D: usize> ZeroInflatedPoisson<D> {
    /// From `rate`, the mean of the Poisson part, ≥ 0; `gate`, the probability of a certain 0. Panics when the shapes do
    /// not broadcast.
    pub fn new(rate: Tensor<D>, gate: Tensor<D>) -> Self {
        Self::from_parameters([rate, gate])
    }
}
