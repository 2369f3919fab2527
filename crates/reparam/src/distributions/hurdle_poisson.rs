//! HurdlePoisson(rate, gate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The hurdle Poisson distribution, with independent elements, `[batch, event…]`.
///
/// `HurdlePoisson(rate, gate)`: 0 with probability gate, else a Poisson number known not to be 0.
///
/// Mass gate at 0 and (1 − gate) p(x) / (1 − p(0)) elsewhere, p that of Poisson(rate).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/hurdle_poisson.md")]
pub type HurdlePoisson<const D: usize> = Univariate<laws::HurdlePoisson, 2, D>;

impl<const D: usize> HurdlePoisson<D> {
    /// From `rate`, the rate of the Poisson part, > 0; `gate`, the probability of 0. Panics when the shapes do not
    /// broadcast.
    pub fn new(rate: Tensor<D>, gate: Tensor<D>) -> Self {
        Self::from_parameters([rate, gate])
    }
}
