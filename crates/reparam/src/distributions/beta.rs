//! Beta(concentration1, concentration0).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The beta distribution on (0, 1), with independent elements, `[batch, event…]`.
///
/// `Beta(concentration1, concentration0)`: density x^(a − 1) (1 − x)^(b − 1) / B(a, b) with a = concentration1, b =
/// concentration0.
///
/// Path: implicit: the log-odds of a draw is the difference of two log-gamma draws, its slopes are −∂F/∂θ ÷ density.
///
#[doc = include_str!("pages/beta.md")]
pub type Beta<const D: usize> = Univariate<laws::Beta, 2, D>;

impl<const D: usize> Beta<D> {
    /// From `concentration1`, the exponent at 0, > 0; `concentration0`, the exponent at 1, > 0. Panics when the shapes
    /// do not broadcast.
    pub fn new(concentration1: Tensor<D>, concentration0: Tensor<D>) -> Self {
        Self::from_parameters([concentration1, concentration0])
    }
}
