//! Skellam(rate1, rate2), independent elements: the difference of two Poisson counts.
//!
//! Discrete, so without a path.

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Skellam distribution, with independent elements, `[batch, event…]`.
pub type Skellam<const D: usize> = Univariate<laws::Skellam, 2, D>;

impl<const D: usize> Skellam<D> {
    /// From `rate1`, the mean of the count that adds, > 0; `rate2`, that of the count that takes away, > 0. Panics when
    /// the shapes do not broadcast.
    pub fn new(rate1: Tensor<D>, rate2: Tensor<D>) -> Self {
        Self::from_parameters([rate1, rate2])
    }
}
