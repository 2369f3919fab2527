//! HalfNormal(scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The half-normal distribution, with independent elements, `[batch, event…]`.
///
/// `HalfNormal(scale)`: the absolute value of Normal(0, scale).
///
/// Density √(2/π) e^(−½ (x / scale)²) / scale for x ≥ 0.
///
/// Path: x = scale · |ε|, ε standard normal.
///
#[doc = include_str!("pages/half_normal.md")]
pub type HalfNormal<const D: usize> = Univariate<laws::HalfNormal, 1, D>;

impl<const D: usize> HalfNormal<D> {
    /// From `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>) -> Self {
        Self::from_parameters([scale])
    }
}
