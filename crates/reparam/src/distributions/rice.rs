//! Rice(distance, scale), independent elements: the length of a vector of two normal numbers around a point at a
//! distance from 0.
//!
//! Path: implicit: ∂x/∂distance = I₁(k) / I₀(k) with k = x · distance / scale².

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Rice distribution, with independent elements, `[batch, event…]`.
pub type Rice<const D: usize> = Univariate<laws::Rice, 2, D>;

impl<const D: usize> Rice<D> {
    /// From `distance`, that of the point from 0, ≥ 0; `scale`, the scale of each component, > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(distance: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([distance, scale])
    }
}
