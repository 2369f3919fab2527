//! ∇_l E_q[f(b)] = E_u[(f(1[u > σ(−l)]) − f(1[u < σ(l)])) (u − ½)].

use burn::tensor::Tensor;

use super::pair;
use crate::{Bernoulli, Estimator, noise::Rng};

/// The augment-REINFORCE-merge estimator for Bernoulli draws: unbiased for any f, defined at 0 and 1 only.
///
/// f is evaluated at two antithetic draws per particle. [`DisArm`](crate::DisArm) costs as much and is never worse: it
/// averages over the number u that the two draws leave open.
///
/// Source: Yin & Zhou, ARM: Augment-REINFORCE-Merge Gradient for Stochastic Binary Networks, 2019.
#[derive(Clone, Copy, Debug)]
pub struct Arm {
    /// Pairs of draws per row.
    pub particles: usize,
}

impl<const D: usize> Estimator<Bernoulli<D>, D> for Arm {
    fn expectation(
        &mut self,
        q: &Bernoulli<D>,
        f: impl Fn(&Bernoulli<D>, Tensor<D>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        pair::expectation("Arm", q, self.particles, f, |pair, _| pair.u.clone() - 0.5, rng)
    }
}
