//! LogitNormal(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The logit-normal distribution on (0, 1), with independent elements, `[batch, event…]`.
///
/// `LogitNormal(loc, scale)`: log x − log(1 − x) is Normal(loc, scale).
///
/// Density e^(−½ ((logit x − loc) / scale)²) / (x (1 − x) scale √(2π)).
///
/// Path: x = sigmoid(loc + scale · ε), ε standard normal, carried as its log-odds.
///
#[doc = include_str!("pages/logit_normal.md")]
pub type LogitNormal<const D: usize> = Univariate<laws::LogitNormal, 2, D>;

impl<const D: usize> LogitNormal<D> {
    /// From `loc`, the mean of the log-odds; `scale`, the standard deviation of the log-odds, > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
