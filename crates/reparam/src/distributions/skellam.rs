//! Skellam(rate1, rate2).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The Skellam distribution, with independent elements, `[batch, event…]`.
///
/// `Skellam(rate1, rate2)`: the difference of two Poisson counts.
///
/// Mass e^(−a − b) (a / b)^(x / 2) I_|x|(2 √(a b)) with a = rate1 and b = rate2.
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/skellam.md")]
pub type Skellam<const D: usize> = Univariate<laws::Skellam, 2, D>;

impl<const D: usize> Skellam<D> {
    /// From `rate1`, the mean of the count that adds, > 0; `rate2`, that of the count that takes away, > 0. Panics when
    /// the shapes do not broadcast.
    pub fn new(rate1: Tensor<D>, rate2: Tensor<D>) -> Self {
        Self::from_parameters([rate1, rate2])
    }
}
