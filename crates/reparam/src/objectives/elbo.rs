//! ELBO = E_q[log p(x, z)] + E_q[−log q(z)] ≤ log p(x).

use burn::tensor::Tensor;

use crate::{EntropyTerm, Estimator, Objective, noise::Rng};

/// The evidence lower bound, from an estimator of the expectation and a form of the entropy.
#[derive(Clone, Copy, Debug)]
pub struct Elbo<G, H> {
    /// How the gradient is carried.
    pub estimator: G,
    /// Which form the entropy takes.
    pub entropy: H,
}

impl<const D: usize, Q, G: Estimator<Q, D>, H: EntropyTerm<Q, D>> Objective<Q, D> for Elbo<G, H> {
    fn loss(&mut self, q: &Q, log_joint: impl Fn(Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let Self { estimator, entropy } = self;
        -estimator.expectation(q, |q, z| log_joint(z.clone()) + entropy.at(q, z), rng).mean()
    }
}
