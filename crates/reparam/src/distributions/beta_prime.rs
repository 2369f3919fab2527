//! BetaPrime(concentration1, concentration0).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The beta prime distribution, the ratio of two gamma numbers, with independent elements, `[batch, event…]`.
///
/// `BetaPrime(concentration1, concentration0)`: the odds z / (1 − z) of a beta number z.
///
/// Density x^(a − 1) (1 + x)^(−a − b) / B(a, b) with a = concentration1 and b = concentration0.
///
/// Path: implicit in both concentrations, carried as the logarithm, the logit of the beta number.
///
#[doc = include_str!("pages/beta_prime.md")]
pub type BetaPrime<const D: usize> = Univariate<laws::BetaPrime, 2, D>;

impl<const D: usize> BetaPrime<D> {
    /// From `concentration1`, the exponent at 0, > 0; `concentration0`, the exponent at ∞, > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(concentration1: Tensor<D>, concentration0: Tensor<D>) -> Self {
        Self::from_parameters([concentration1, concentration0])
    }
}
