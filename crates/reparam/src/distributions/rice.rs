//! Rice(distance, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Rice distribution, with independent elements, `[batch, event…]`.
///
/// `Rice(distance, scale)`: the length of two independent normal numbers of this scale around a point at this
/// distance.
///
/// Density x / scale² exp(−(x² + distance²) / (2 scale²)) I₀(x · distance / scale²).
///
/// Path: implicit: ∂x/∂distance = I₁(k) / I₀(k) with k = x · distance / scale².
///
#[doc = include_str!("pages/rice.md")]
pub type Rice<const D: usize> = Univariate<laws::Rice, 2, D>;

impl<const D: usize> Rice<D> {
    /// From `distance`, that of the point from 0, ≥ 0; `scale`, the scale of each component, > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(distance: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([distance, scale])
    }
}
