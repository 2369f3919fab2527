//! Exponential(rate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The exponential distribution of waiting times, with independent elements, `[batch, event…]`.
///
/// `Exponential(rate)`: density rate · e^(−rate · x).
///
/// Path: x = ε / rate, ε standard exponential.
///
#[doc = include_str!("pages/exponential.md")]
pub type Exponential<const D: usize> = Univariate<laws::Exponential, 1, D>;

impl<const D: usize> Exponential<D> {
    /// From `rate`, the rate, > 0. Panics when the shapes do not broadcast.
    pub fn new(rate: Tensor<D>) -> Self {
        Self::from_parameters([rate])
    }
}
