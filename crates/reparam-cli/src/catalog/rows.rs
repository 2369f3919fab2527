//! Distributions on tensors: many draws at once, one in each row, with gradients in the arguments.

use burn::tensor::Tensor;
use reparam::{Rng, gradient::stop, shape::sum_event};
use reparam_kernels::catalog::Univariate;

/// The parameter of a law that moves an edge of its support in some element and carries a gradient; `theta` have one shape.
///
/// A turn that moves with its location is no edge here: whether f sees its ends is asked of f.
pub fn moving_edge_of(law: &Univariate, theta: &[Tensor<2>]) -> Option<&'static str> {
    if law.period.is_some() || !theta.iter().any(Tensor::is_tracked) {
        return None;
    }
    let columns: Vec<Vec<f64>> =
        theta.iter().map(|x| stop(x.clone()).into_data().iter::<f64>().collect()).collect();
    let elements = columns.first().map_or(0, Vec::len);
    (0..elements).find_map(|i| {
        let edges = (law.moving_edges)(&columns.iter().map(|column| column[i]).collect::<Vec<f64>>());
        let place = edges.into_iter().zip(theta).position(|(edge, theta)| edge && theta.is_tracked())?;
        Some(law.parameters[place].name)
    })
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
