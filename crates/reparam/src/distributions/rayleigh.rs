//! Rayleigh(scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Rayleigh distribution, with independent elements, `[batch, event…]`.
///
/// `Rayleigh(scale)`: the length of two independent normal numbers of this scale.
///
/// Density x / scale² exp(−x² / (2 scale²)).
///
/// Path: x = scale · √(2 ε), ε standard exponential, carried as its logarithm.
///
#[doc = include_str!("pages/rayleigh.md")]
pub type Rayleigh<const D: usize> = Univariate<laws::Rayleigh, 1, D>;

impl<const D: usize> Rayleigh<D> {
    /// From `scale`, the scale of each component, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>) -> Self {
        Self::from_parameters([scale])
    }
}
