//! Pareto(scale, alpha), independent elements: survival function (scale / x)^alpha for x ≥ scale.
//!
//! Path: x = scale · e^(ε / alpha), ε standard exponential.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Pareto distribution, with independent elements, `[batch, event…]`.
pub type Pareto<const D: usize> = Univariate<laws::Pareto, 2, D>;

impl<const D: usize> Pareto<D> {
    /// From `scale`, the smallest value, > 0; `alpha`, the exponent, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>, alpha: Tensor<D>) -> Self {
        Self::from_parameters([scale, alpha])
    }
}
