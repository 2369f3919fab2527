//! ExponentiallyModifiedNormal(loc, scale, rate).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The exponentially modified normal distribution, with independent elements, `[batch, event…]`.
///
/// `ExponentiallyModifiedNormal(loc, scale, rate)`: Normal(loc, scale) and an exponential number of this rate, added.
///
/// Density rate exp(k²/2 − k z) Φ(z − k) with z = (x − loc) / scale, k = rate · scale and Φ the standard normal
/// distribution function.
///
/// Path: implicit: in the scale, the normal number of a draw on average, and in the rate the exponential one.
///
#[doc = include_str!("pages/exponentially_modified_normal.md")]
pub type ExponentiallyModifiedNormal<const D: usize> = Univariate<laws::ExponentiallyModifiedNormal, 3, D>;

impl<const D: usize> ExponentiallyModifiedNormal<D> {
    /// From `loc`, the mean of the normal number; `scale`, its standard deviation, > 0; `rate`, the rate of the
    /// exponential one, > 0. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, rate: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, rate])
    }
}
