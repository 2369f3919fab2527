//! ExponentiallyModifiedNormal(loc, scale, rate), independent elements: a normal and an exponential number, added.
//!
//! Path: implicit: in the scale, the normal number of a draw on average, and in the rate the exponential one.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The exponentially modified normal distribution, with independent elements, `[batch, event…]`.
pub type ExponentiallyModifiedNormal<const D: usize> = Univariate<laws::ExponentiallyModifiedNormal, 3, D>;

impl<const D: usize> ExponentiallyModifiedNormal<D> {
    /// From `loc`, the mean of the normal number; `scale`, its standard deviation, > 0; `rate`, the rate of the
    /// exponential one, > 0. Panics when the shapes do not broadcast.
    pub fn new(loc: Tensor<D>, scale: Tensor<D>, rate: Tensor<D>) -> Self {
        Self::from_parameters([loc, scale, rate])
    }
}
