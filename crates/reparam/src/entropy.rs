//! The entropy term of an objective, −log q(z), in three forms that agree in expectation.

use burn::tensor::Tensor;

use crate::{Distribution, Entropy, Params, Reparameterized, score::assert_mean_score_vanishes};

/// One form of E_q[−log q(z)].
pub trait EntropyTerm<Q, const D: usize> {
    /// The term at the draws `z` of `q`, `[batch]`.
    fn at(&self, q: &Q, z: Tensor<D>) -> Tensor<1>;
}

/// The entropy itself: no noise of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClosedForm;

impl<const D: usize, Q: Entropy> EntropyTerm<Q, D> for ClosedForm {
    fn at(&self, q: &Q, _z: Tensor<D>) -> Tensor<1> {
        q.entropy()
    }
}

/// −log q(z) at the draws: for any density.
#[derive(Clone, Copy, Debug, Default)]
pub struct MonteCarlo;

impl<const D: usize, Q: Distribution<D>> EntropyTerm<Q, D> for MonteCarlo {
    fn at(&self, q: &Q, z: Tensor<D>) -> Tensor<1> {
        -q.log_prob(z)
    }
}

/// −log q(z) with the parameters of q held fixed: the gradient's noise vanishes as q approaches the target.
///
/// Panics where a parameter with a gradient moves an end of the support, as those of `Uniform` do: the score, which is left
/// out, does not average to zero then.
///
/// Source: Roeder, Wu & Duvenaud, Sticking the Landing, 2017.
#[derive(Clone, Copy, Debug, Default)]
pub struct StickTheLanding;

impl<const D: usize, Q: Reparameterized<D> + Params> EntropyTerm<Q, D> for StickTheLanding {
    fn at(&self, q: &Q, z: Tensor<D>) -> Tensor<1> {
        assert_mean_score_vanishes("StickTheLanding", q);
        -q.detached().log_prob(z)
    }
}
