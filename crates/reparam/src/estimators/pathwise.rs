//! ∇ E_q[f(z)] = E_ε[∇ f(T(ε))]: the gradient goes through the draw.

use burn::tensor::Tensor;

use crate::{Estimator, Params, Reparameterized, evaluate::f_at, noise::Rng, shape};

/// The pathwise estimator: unbiased for f differentiable along the path, and usually the one of least variance.
///
/// Source: Kingma & Welling, Auto-Encoding Variational Bayes, 2014; Mohamed et al., Monte Carlo Gradient Estimation
/// in Machine Learning, 2020, section 5.
#[derive(Clone, Copy, Debug)]
pub struct Pathwise {
    /// Draws per row.
    pub particles: usize,
}

impl<const D: usize, Q: Reparameterized<D> + Params> Estimator<Q, D> for Pathwise {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let z = q.rsample(rng);
        shape::mean_particles(f_at("Pathwise", f, &q, z), self.particles)
    }
}
