//! ∇ E_q[f] = E_q[∇ f + (f − β) s], s = ∇ log q(z): the score as its own control variate, with the best coefficient.

use burn::tensor::Tensor;

use crate::{
    Distribution, Estimator, Params,
    error::to_f64,
    evaluate::{f_at, log_prob_at},
    gradient::{moving_zero, stop},
    leaves::Leaves,
    noise::Rng,
    rows,
    score::assert_scores,
    shape,
};

/// The score-function estimator with the coefficient β = E\[f ‖s‖²\] / E\[‖s‖²\] that makes the variance, summed over all
/// parameters of the row, least: unbiased for any f.
///
/// Both means are over the row's other particles, so that β does not see the draw it multiplies. The mean of f, which
/// [`LeaveOneOut`](crate::LeaveOneOut) subtracts, is best only where f and ‖s‖² are uncorrelated. One β serves all
/// parameters: with one for each, parameters that depend on each other, such as a scale and its logarithm, would be
/// biased.
///
/// One evaluation of f per particle, and one more backward pass through log q.
///
/// Panics for fewer than two particles, and where a parameter with a gradient moves an edge of the support
/// ([`Distribution::moving_edge`]): the gradient would be biased.
///
/// Source: Weaver & Tao, The Optimal Reward Baseline for Gradient-Based Reinforcement Learning, 2001; Greensmith,
/// Bartlett & Baxter, Variance Reduction Techniques for Gradient Estimates in Reinforcement Learning, 2004.
#[derive(Clone, Copy, Debug)]
pub struct OptimalCoefficient {
    /// Draws per row.
    pub particles: usize,
}

impl<const D: usize, Q: Distribution<D> + Params> Estimator<Q, D> for OptimalCoefficient {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let particles = self.particles;
        assert!(particles >= 2, "OptimalCoefficient needs at least 2 particles, got {particles}");
        assert_scores("OptimalCoefficient", q);
        let q = q.repeated(particles);
        let z = q.sample(rng);
        let value = f_at("OptimalCoefficient", f, &q, z.clone());
        let coefficient =
            coefficients(&to_f64(stop(value.clone())), &squared_scores(&q, z.clone()), particles);
        let coefficient = rows::upload(coefficient, value.dims(), &value);
        let advantage = stop(value.clone()) - coefficient;
        shape::mean_particles(
            value + advantage * moving_zero(log_prob_at("OptimalCoefficient", &q, z)),
            particles,
        )
    }
}

/// ‖∇ log q(z)‖² of each row.
fn squared_scores<Q: Distribution<D> + Params, const D: usize>(q: &Q, z: Tensor<D>) -> Vec<f64> {
    let rows = z.dims()[0];
    let leaves = Leaves::default();
    let log_prob = q.map(&leaves).log_prob(z);
    let mut squares = vec![0.0; rows];
    for slopes in leaves.gradients(log_prob) {
        let width = (slopes.len() / rows).max(1);
        for (square, slopes) in squares.iter_mut().zip(slopes.chunks(width)) {
            *square += slopes.iter().map(|slope| slope * slope).sum::<f64>();
        }
    }
    squares
}

/// Σ f w / Σ w over the other particles of each row's datum; 0 where all weights vanish.
fn coefficients(values: &[f64], weights: &[f64], particles: usize) -> Vec<f64> {
    let batch = values.len() / particles;
    let mut coefficients = vec![0.0; values.len()];
    for datum in 0..batch {
        let column = || (datum..values.len()).step_by(batch);
        // Sums from both ends: taking the own term out of the whole would leave rounding errors of its size.
        let add =
            |[sum, weight]: [f64; 2], row: usize| [sum + values[row] * weights[row], weight + weights[row]];
        let mut behind: Vec<_> = column()
            .rev()
            .scan([0.0; 2], |sums, row| {
                let before = *sums;
                *sums = add(before, row);
                Some(before)
            })
            .collect();
        let mut before = [0.0; 2];
        for row in column() {
            let [after, weight_after] = behind.pop().expect("one sum for each particle");
            let weight = before[1] + weight_after;
            coefficients[row] = if weight > 0.0 { (before[0] + after) / weight } else { 0.0 };
            before = add(before, row);
        }
    }
    coefficients
}
