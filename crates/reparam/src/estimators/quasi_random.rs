//! 1/n Σ ∇ f(T(εᵢ)), the εᵢ from scrambled Sobol points: the gradient goes through evenly spread draws.

use burn::tensor::Tensor;

use crate::{Estimator, Explicit, Params, evaluate::f_at, noise, noise::Rng, shape};

/// The pathwise estimator on randomised quasi-Monte Carlo noise: unbiased for f differentiable along the path.
///
/// Each row has a scrambling of its own, so rows are independent repetitions, and its particles are the first n points of
/// one sequence: take a power of 2. The variance of their mean falls as n⁻³ up to logarithms for smooth f in few
/// dimensions, where that of independent draws falls as n⁻¹, and is hardly ever above it. n evaluations of f.
///
/// Panics for noise of more than 4096 elements per event, where the direction numbers end.
///
/// Source: Owen, Scrambled net variance for integrals of smooth functions, 1997; Buchholz, Wenzel & Mandt, Quasi-Monte
/// Carlo Variational Inference, 2018.
#[derive(Clone, Copy, Debug)]
pub struct QuasiRandom {
    /// Points per row.
    pub particles: usize,
}

impl<const D: usize, Q: Explicit<D> + Params> Estimator<Q, D> for QuasiRandom {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let noise = noise::sobol(q.noise_law(), &q.noise_like(), self.particles, rng);
        let z = q.path(noise);
        shape::mean_particles(f_at("QuasiRandom", f, &q, z), self.particles)
    }
}
