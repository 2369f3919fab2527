//! f(b) with the slope ∇f(b) · ds/dl of something soft, s: b goes forward, s goes backward.

use burn::tensor::Tensor;

use crate::{
    Estimator, Params, Relaxable,
    evaluate::f_at,
    gradient::{moving_zero, stop},
    noise::Rng,
    shape,
};

/// A biased estimator: f is evaluated at true draws, but the gradient is that of a soft draw in their place.
///
/// The value is unbiased, the gradient only for f linear in each element (and, with a temperature, not even there). f must
/// be defined and differentiable around the values of q, and is evaluated once per particle.
///
/// Source: Bengio, Léonard & Courville, Estimating or Propagating Gradients Through Stochastic Neurons, 2013; Jang, Gu &
/// Poole, Categorical Reparameterization with Gumbel-Softmax, 2017.
#[derive(Clone, Copy, Debug)]
pub struct StraightThrough {
    /// Draws per row.
    pub particles: usize,
    /// Whose slope stands in: that of the draw softened at this temperature, > 0 (straight-through Gumbel-softmax), or
    /// with `None` that of the probabilities (the plain straight-through estimator).
    pub temperature: Option<f64>,
}

impl<const D: usize, Q: Relaxable<D> + Params> Estimator<Q, D> for StraightThrough {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let z = q.scores() + stop(q.score_noise(rng));
        let hard = Q::harden(stop(z.clone()));
        let soft = match self.temperature {
            Some(temperature) => Q::soften(z, temperature),
            None => q.mean(),
        };
        shape::mean_particles(f_at("StraightThrough", f, &q, hard + moving_zero(soft)), self.particles)
    }

    fn is_biased(&self) -> bool {
        true
    }
}
