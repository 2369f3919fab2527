//! TanhNormal(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The tanh-normal distribution on (−1, 1), with independent elements, `[batch, event…]`.
///
/// `TanhNormal(loc, scale)`: artanh x is Normal(loc, scale).
///
/// Density φ((artanh x − loc) / scale) / (scale (1 − x²)), φ the standard normal density.
///
/// Path: x = tanh(loc + scale · ε), ε standard normal; the number before the tanh travels beside it, so densities are
/// exact at saturation.
///
#[doc = include_str!("pages/tanh_normal.md")]
pub type TanhNormal<const D: usize> = Univariate<laws::TanhNormal, 2, D>;

impl<const D: usize> TanhNormal<D> {
    /// From `loc`, the mean before the tanh; `scale`, the standard deviation before the tanh, > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
