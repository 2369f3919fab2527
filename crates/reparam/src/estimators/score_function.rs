//! ∇ E_q[f(z)] = E_q[∇ f + (f − b) ∇ log q(z)]: the gradient goes around the draw, through its probability.

use burn::tensor::Tensor;

use crate::{
    Baseline, Distribution, Estimator, Params,
    evaluate::{f_at, log_prob_at, per_row},
    gradient::{moving_zero, stop},
    noise::Rng,
    score::assert_scores,
    shape,
};

/// The score-function estimator (REINFORCE): unbiased for any f and any distribution with a density, discrete ones
/// included, at the price of variance.
///
/// Panics where a parameter with a gradient moves an edge of the support, as those of `Uniform` do, the shift of a
/// transformed `Exponential` and the location of a `VonMises`, whose turn goes along
/// ([`Distribution::moving_edge`]): the gradient would be biased. For a direction, whose functions have no seam,
/// [`VonMisesFisher`](crate::VonMisesFisher) has no edge.
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
        let value = f_at("ScoreFunction", f, &q, z.clone());
        let baseline =
            per_row("ScoreFunction", "the baseline", z.dims()[0], self.baseline.of(&value, self.particles));
        let advantage = stop(value.clone() - baseline);
        let score = moving_zero(log_prob_at("ScoreFunction", &q, z));
        shape::mean_particles(value + advantage * score, self.particles)
    }
}
