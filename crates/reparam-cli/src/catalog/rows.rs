//! Distributions on tensors: many draws at once, one in each row, with gradients in the arguments.

use burn::tensor::Tensor;
use reparam::{Rng, shape::sum_event};
use reparam_kernels::catalog::Univariate;

/// The parameter of a law that moves an edge of its support and carries a gradient.
pub fn moving_edge_of(law: &Univariate, theta: &[Tensor<2>]) -> Option<&'static str> {
    let edges = law.parameters.iter().zip(theta).filter(|(parameter, _)| parameter.is_edge);
    edges.filter(|(_, theta)| theta.is_tracked()).map(|(parameter, _)| parameter.name).next()
}

/// A distribution with arguments of its own in every row. Draws are `[rows, width]`, whatever their axes.
pub trait Rows {
    /// A draw in each row, without a gradient.
    fn sample(&self, rng: &mut Rng) -> Tensor<2>;

    /// A draw in each row that moves with the arguments; `None` where there is no path.
    fn rsample(&self, rng: &mut Rng) -> Option<Tensor<2>>;

    /// The draws at these log-odds of their levels, which move with the arguments; `None` where there are no quantiles.
    fn at_levels(&self, log_odds: Tensor<2>) -> Option<Tensor<2>>;

    /// The log-density of each element where they are independent, of all together where they are not: `[rows, factors]`,
    /// with gradients in the arguments.
    fn log_prob_each(&self, z: Tensor<2>) -> Tensor<2>;

    /// The log-density of each row, `[rows]`, with gradients in the arguments.
    fn log_prob(&self, z: Tensor<2>) -> Tensor<1> {
        sum_event(self.log_prob_each(z))
    }

    /// An argument that moves an end of the support at which the density does not vanish.
    fn moving_edge(&self) -> Option<&'static str>;
}
