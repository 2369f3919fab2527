//! DiscreteUniform(low, high).

use burn::tensor::Tensor;
use reparam_kernels::laws;

use crate::{Enumerable, Univariate, discrete, rows};

/// The uniform distribution on the integers from low to high, with independent elements, `[batch, event…]`.
///
/// `DiscreteUniform(low, high)`: mass 1 / (high − low + 1).
///
/// Discrete, so without a path.
///
#[doc = include_str!("pages/discrete_uniform.md")]
pub type DiscreteUniform<const D: usize> = Univariate<laws::DiscreteUniform, 2, D>;

impl<const D: usize> DiscreteUniform<D> {
    /// From `low`, the smallest integer; `high`, the largest integer. Panics when the shapes do not broadcast.
    pub fn new(low: Tensor<D>, high: Tensor<D>) -> Self {
        Self::from_parameters([low, high])
    }
}

impl<const D: usize> Enumerable<D> for DiscreteUniform<D> {
    /// The integers from the smallest `low` to the largest `high`.
    fn support(&self) -> Tensor<D> {
        let [low, high] = self.parameters();
        let least = rows::read(&low).into_iter().fold(f64::INFINITY, f64::min);
        let most = rows::read(&high).into_iter().fold(f64::NEG_INFINITY, f64::max);
        discrete::combinations("DiscreteUniform", &discrete::integers(least, most), &low)
    }
}
