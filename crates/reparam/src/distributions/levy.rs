//! Levy(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Lévy distribution, with an infinite mean, with independent elements, `[batch, event…]`.
///
/// `Levy(loc, scale)`: loc + scale / n² with a standard normal number n.
///
/// Density √(scale / (2π)) y^(−3/2) exp(−scale / (2 y)) with y = x − loc.
///
/// Path: x = loc + scale / ε², ε standard normal.
///
#[doc = include_str!("pages/levy.md")]
pub type Levy<const D: usize> = Univariate<laws::Levy, 2, D>;

impl<const D: usize> Levy<D> {
    /// From `loc`, the lower end; `scale`, the scale, > 0. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
