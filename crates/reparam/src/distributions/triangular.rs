//! Triangular(low, high, peak).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::Univariate;

/// The triangular distribution, with independent elements, `[batch, event…]`.
///
/// `Triangular(low, high, peak)`: a density that rises in a straight line from low to peak and falls to high.
///
/// Density 2 (x − low) / ((high − low) (peak − low)) up to the peak, 2 (high − x) / ((high − low) (high − peak)) from
/// it.
///
/// Path: the quantile function at the level of a logistic number.
///
#[doc = include_str!("pages/triangular.md")]
pub type Triangular<const D: usize> = Univariate<laws::Triangular, 3, D>;

impl<const D: usize> Triangular<D> {
    /// From `low`, the lower end; `high`, the upper end, > low; `peak`, the mode, between both. Panics when the shapes
    /// do not broadcast.
    pub fn new(low: Tensor<D>, high: Tensor<D>, peak: Tensor<D>) -> Self {
        Self::from_parameters([low, high, peak])
    }
}
