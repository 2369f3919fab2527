//! ∇ E[f(soft((l + ε) / temperature))]: the draw is softened, and the gradient goes through it.

use burn::tensor::Tensor;

use crate::{Estimator, Params, Relaxable, evaluate::f_at, gradient::stop, noise::Rng, shape};

/// A biased estimator: value and gradient are those of f at a softened draw, not of E_q\[f\].
///
/// The bias vanishes as the temperature goes to 0, while the variance grows beyond all bounds. f must be defined and
/// differentiable between the values of q, and is evaluated once per particle.
///
/// Source: Jang, Gu & Poole, Categorical Reparameterization with Gumbel-Softmax, 2017; Maddison, Mnih & Teh, The Concrete
/// Distribution, 2017.
#[derive(Clone, Copy, Debug)]
pub struct GumbelSoftmax {
    /// Draws per row.
    pub particles: usize,
    /// How soft a draw is, > 0; 0.5 to 1 for a start.
    pub temperature: f64,
}

impl<const D: usize, Q: Relaxable<D> + Params> Estimator<Q, D> for GumbelSoftmax {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let z = q.scores() + stop(q.score_noise(rng));
        shape::mean_particles(f_at("GumbelSoftmax", f, &q, Q::soften(z, self.temperature)), self.particles)
    }

    fn is_biased(&self) -> bool {
        true
    }
}
