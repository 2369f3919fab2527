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
/// Path: x = tanh(loc + scale · ε), ε standard normal; the number before the tanh travels beside it.
///
/// The log-density of a draw is exact by its [`Twin`](crate::Twin), `log_prob_twin(rsample_twin)`, which carries the number
/// before the tanh. By the draw itself, `log_prob(rsample)`, it is as wrong as the draw is rounded: in single precision by
/// 0.9 nats at loc 8, and beyond 9, where every draw is the last number below 1, by as much as is left.
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
