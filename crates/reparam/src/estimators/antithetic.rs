//! ½ (∇ f(T(ε)) + ∇ f(T(ε′))), ε′ the reflection of ε: the gradient goes through pairs of opposite draws.

use burn::tensor::Tensor;

use crate::{Estimator, Explicit, Params, evaluate::f_at, noise, noise::Rng, shape};

/// The pathwise estimator with antithetic pairs: unbiased for f differentiable along the path.
///
/// Each draw comes with that of the reflected noise, −ε for symmetric noise and 1 − u for the level u in general. Parts of
/// f that are odd in ε drop out of the value exactly, and what is linear in z out of the gradient's noise; for an even f
/// the pair is worth one draw. 2 evaluations of f per pair.
///
/// Source: Hammersley & Morton, A new Monte Carlo technique: antithetic variates, 1956.
#[derive(Clone, Copy, Debug)]
pub struct Antithetic {
    /// Pairs of draws per row.
    pub pairs: usize,
}

impl<const D: usize, Q: Explicit<D> + Params> Estimator<Q, D> for Antithetic {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let noise = q.repeated(self.pairs).noise(rng);
        let noise = Tensor::cat(vec![noise.clone(), noise::reflected(q.noise_law(), noise)], 0);
        let q = q.repeated(2 * self.pairs);
        let z = q.path(noise);
        shape::mean_particles(f_at("Antithetic", f, &q, z), 2 * self.pairs)
    }
}
