//! ∇ E\[Σ f_t\] = E\[Σ_a (c_a − b_a) ∇ log q_a(z_a)\], c_a the sum of the terms f_t that depend on z_a.
//!
//! The terms that do not depend on z_a are independent of its score, whose mean is 0: they add variance and nothing else. A
//! sum of d terms, one for each of d independent numbers, has about 1/d of the variance that the whole sum would give.
//!
//! Source: Ranganath, Gerrish & Blei, Black Box Variational Inference, 2014, section 3.1; Schulman, Heess, Weber & Abbeel,
//! Gradient Estimation Using Stochastic Computation Graphs, 2015.

#[cfg(test)]
mod tests;

use burn::tensor::Tensor;
use reparam::gradient::moving_zero;
use reparam::{Baseline, Distribution, LeaveOneOut, Params, Rng, shape};

use super::joint::Joint;
use super::runner::Inner;

/// The score function, Rao-Blackwellised by what the terms depend on, with the mean of the other draws as baseline.
#[derive(Clone, Copy, Debug)]
pub struct RaoBlackwell {
    /// Draws per row, at least two.
    pub particles: usize,
}

impl RaoBlackwell {
    /// The surrogate of the expectation over these variables, `[rows]`.
    pub fn expectation(self, q: &Joint, f: &dyn Inner, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let z = q.sample(rng);
        let (value, costs) = f.by_factor(z.clone());
        let [rows, factors] = costs.dims();
        // Each factor is a row of its own: particles are the outermost axis.
        let flat = costs.reshape([rows * factors]);
        let others = LeaveOneOut.of(&flat, self.particles);
        let advantage = (flat - others).reshape([rows, factors]);
        let surrogate = value + shape::sum_event(advantage * moving_zero(q.log_prob_each(&z)));
        shape::mean_particles(surrogate, self.particles)
    }
}
