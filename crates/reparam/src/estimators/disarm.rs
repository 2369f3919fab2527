//! ∇_l E_q[f(b)] = E[½ (f(b) − f(b̃)) (b − b̃) σ(|l|)] over antithetic draws b, b̃.

use burn::tensor::{Tensor, activation::sigmoid};

use super::pair;
use crate::{Bernoulli, Estimator, noise::Rng};

/// The doubly antithetic estimator for Bernoulli draws, also called U2G: unbiased for any f, defined at 0 and 1 only.
///
/// It is [`Arm`](crate::Arm) averaged over u given the pair, so an element whose two draws agree gets no gradient. f is
/// evaluated at two draws per particle.
///
/// Source: Dong, Mnih & Tucker, DisARM: An Antithetic Gradient Estimator for Binary Latent Variables, 2020; Yin, Ho, Yan,
/// Qian & Zhou, Probabilistic Best Subset Selection via Gradient-Based Optimization, 2020.
#[derive(Clone, Copy, Debug)]
pub struct DisArm {
    /// Pairs of draws per row.
    pub particles: usize,
}

impl<const D: usize> Estimator<Bernoulli<D>, D> for DisArm {
    fn expectation(
        &mut self,
        q: &Bernoulli<D>,
        f: impl Fn(&Bernoulli<D>, Tensor<D>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        // Where b = 1 and b̃ = 0, u lies between σ(|l|) and 1, on average ½ σ(|l|) above ½; where b = 0 and b̃ = 1, below.
        let weight = |pair: &pair::Pair<D>, logits: &Tensor<D>| {
            (pair.high.clone() - pair.low.clone()) * sigmoid(logits.clone().abs()) * 0.5
        };
        pair::expectation("DisArm", q, self.particles, f, weight, rng)
    }
}
