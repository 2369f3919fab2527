//! Nakagami(concentration, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Nakagami distribution, with independent elements, `[batch, event…]`.
///
/// `Nakagami(concentration, scale)`: x² / scale² is a gamma number of this concentration and mean 1.
///
/// Density 2 m^m / (Γ(m) scale^(2 m)) x^(2 m − 1) exp(−m x² / scale²) with m = concentration.
///
/// Path: that of the gamma number, implicit in concentration, carried as its logarithm.
///
#[doc = include_str!("pages/nakagami.md")]
pub type Nakagami<const D: usize> = Univariate<laws::Nakagami, 2, D>;

impl<const D: usize> Nakagami<D> {
    /// From `concentration`, the shape of the gamma number, > 0; `scale`, the root of E\[x²\], > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(concentration: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([concentration, scale])
    }
}
