//! ELBO = E_q[log p(x, z)] + E_q[−log q(z)] ≤ log p(x).

use burn::tensor::Tensor;

use crate::{
    EntropyTerm, Estimator, Objective,
    evaluate::{log_joint_at, per_row},
    noise::Rng,
};

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
        let term = |q: &Q, z: Tensor<D>| {
            let rows = z.dims()[0];
            let log_joint = log_joint_at("Elbo", &log_joint, z.clone());
            log_joint + per_row("Elbo", "the entropy term", rows, entropy.at(q, z))
        };
        -estimator.expectation(q, term, rng).mean()
    }
}
