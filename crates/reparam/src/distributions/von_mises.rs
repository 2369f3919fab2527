//! VonMises(loc, concentration).

use burn::tensor::Tensor;
use reparam_kernels::{formula::CircularVarianceOf, laws};

use crate::Univariate;

/// The von Mises distribution on the circle, with independent elements, `[batch, event…]`.
///
/// `VonMises(loc, concentration)`: density e^(κ cos(x − loc)) / (2π I₀(κ)).
///
/// Draws are on the turn from loc − π to loc + π; the density takes any angle and repeats after every turn. The ends of the
/// turn move with loc, so estimators by the score refuse a loc that carries a gradient: they would be wrong for functions
/// that see where a turn ends. A direction is better a unit vector, [`VonMisesFisher`](crate::VonMisesFisher), which has no
/// seam.
///
/// Path: implicit in κ: the slope is −∂F/∂κ ÷ density at fixed distribution function.
///
#[doc = include_str!("pages/von_mises.md")]
pub type VonMises<const D: usize> = Univariate<laws::VonMises, 2, D>;

impl<const D: usize> VonMises<D> {
    /// From `loc`, the mean direction; `concentration`, κ ≥ 0, uniform at 0. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, concentration: Tensor<D>) -> Self {
        Self::from_parameters([loc, concentration])
    }

    /// 1 − |E\[e^(ix)\]| = 1 − I₁(κ) / I₀(κ), between 0 and 1: how far directions spread. The
    /// [variance](crate::Moments::variance) is that of the number x on its turn.
    pub fn circular_variance(&self) -> Tensor<D> {
        self.of_parameters::<CircularVarianceOf<laws::VonMises>>()
    }
}
