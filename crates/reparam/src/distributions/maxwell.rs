//! Maxwell(scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Maxwell–Boltzmann distribution, with independent elements, `[batch, event…]`.
///
/// `Maxwell(scale)`: the length of three independent normal numbers of this scale.
///
/// Density √(2/π) x² / scale³ exp(−x² / (2 scale²)).
///
/// Path: scale times a draw of scale 1, carried as its logarithm.
///
#[doc = include_str!("pages/maxwell.md")]
pub type Maxwell<const D: usize> = Univariate<laws::Maxwell, 1, D>;

impl<const D: usize> Maxwell<D> {
    /// From `scale`, the scale of each component, > 0. Panics when the shapes do not broadcast.
    pub fn new(scale: Tensor<D>) -> Self {
        Self::from_parameters([scale])
    }
}
