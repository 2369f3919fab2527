//! ∇ E_q[f(z)] = E_q[∇ f + (f − b) ∇ log q(z)]: the gradient goes around the draw, through its probability.

use burn::tensor::Tensor;

use crate::{
    Baseline, Distribution, Estimator, Params,
    gradient::{moving_zero, stop},
    noise::Rng,
    shape,
};

/// The score-function estimator (REINFORCE): unbiased for any f and any distribution with a density, discrete ones
/// included, at the price of variance.
///
/// Panics where a parameter with a gradient moves an edge of the support, as those of `Uniform` do
/// ([`Distribution::moving_edge`]): the gradient would be biased.
///
/// Source: Williams, Simple statistical gradient-following algorithms, 1992; Mohamed et al., 2020, section 4.
#[derive(Clone, Copy, Debug)]
pub struct ScoreFunction<B> {
    /// Draws per row.
    pub particles: usize,
    /// What is subtracted from f.
    pub baseline: B,
}

impl<const D: usize, Q: Distribution<D> + Params, B: Baseline> Estimator<Q, D> for ScoreFunction<B> {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        assert_scores("ScoreFunction", q);
        let q = q.repeated(self.particles);
        let z = q.sample(rng);
        let value = f(&q, z.clone());
        let advantage = stop(value.clone() - self.baseline.of(&value, self.particles));
        shape::mean_particles(value + advantage * moving_zero(q.log_prob(z)), self.particles)
    }
}

/// Panics, naming `what`, unless E\[∇ log q\] = 0 for all parameters that carry a gradient.
pub fn assert_scores<const D: usize>(what: &str, q: &impl Distribution<D>) {
    if let Some(parameter) = q.moving_edge() {
        panic!(
            "{what}: an end of the support moves with `{parameter}`, so E[f ∇ log q] is not ∇ E[f]; use the path of \
             the draw, or detach `{parameter}`"
        );
    }
}
