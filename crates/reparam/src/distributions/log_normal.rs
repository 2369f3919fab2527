//! LogNormal(loc, scale).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The log-normal distribution, with independent elements, `[batch, event…]`.
///
/// `LogNormal(loc, scale)`: log x is Normal(loc, scale).
///
/// Density e^(−½ ((ln x − loc) / scale)²) / (x scale √(2π)).
///
/// Path: x = e^(loc + scale · ε), ε standard normal, carried as its logarithm.
///
#[doc = include_str!("pages/log_normal.md")]
pub type LogNormal<const D: usize> = Univariate<laws::LogNormal, 2, D>;

impl<const D: usize> LogNormal<D> {
    /// From `loc`, the mean of the logarithm; `scale`, the standard deviation of the logarithm, > 0. Panics when the
    /// shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale])
    }
}
