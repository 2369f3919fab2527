//! HalfCauchy(scale), independent elements: the absolute value of Cauchy(0, scale).
//!
//! Path: x = scale · tan(π u / 2), u from both tails of a logistic number.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The half-Cauchy distribution, with an infinite mean, with independent elements, `[batch, event…]`.
pub type HalfCauchy<const D: usize> = Univariate<laws::HalfCauchy, 1, D>;

impl<const D: usize> HalfCauchy<D> {
    /// From `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>) -> Self {
        Self::from_parameters([scale])
    }
}
