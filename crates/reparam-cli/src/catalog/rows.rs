//! Distributions on tensors: many draws at once, one in each row, with gradients in the arguments.

use burn::tensor::Tensor;
use reparam::Rng;

/// A distribution with arguments of its own in every row. Draws are `[rows, width]`, whatever their axes.
pub trait Rows {
    /// A draw in each row, without a gradient.
    fn sample(&self, rng: &mut Rng) -> Tensor<2>;

    /// A draw in each row that moves with the arguments; `None` where there is no path.
    fn rsample(&self, rng: &mut Rng) -> Option<Tensor<2>>;

    /// The draws at these log-odds of their levels, which move with the arguments; `None` where there are no quantiles.
    fn at_levels(&self, log_odds: Tensor<2>) -> Option<Tensor<2>>;

    /// The log-density of each row, `[rows]`, with gradients in the arguments.
    fn log_prob(&self, z: Tensor<2>) -> Tensor<1>;

    /// An argument that moves an end of the support at which the density does not vanish.
    fn moving_edge(&self) -> Option<&'static str>;
}
