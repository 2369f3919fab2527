//! Laplace(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Laplace distribution with independent elements, `[batch, event…]`.
///
/// `Laplace(loc, scale)`: density exp(−|x − loc| / scale) / (2 scale).
///
/// Path: x = loc + scale · ε, ε standard exponential with a random sign.
///
#[doc = include_str!("pages/laplace.md")]
pub type Laplace<const D: usize> = Univariate<laws::Laplace, 2, D>;

impl<const D: usize> Laplace<D> {
    /// From location and scale; panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
