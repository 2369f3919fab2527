//! ∇ E_q[f(b)] = E[(f(b) − η c(z)) ∇log q(b) + η (1 − dz̃/dl) c'(z)], c(z) = f(soft(z)): the softened draw takes its noise
//! out of the score function, and its own bias out of itself.

use burn::tensor::Tensor;

use super::control::{Parts, Scored, Softened, Trial};
use crate::{
    Estimator, Params, Relaxable,
    evaluate::{f_at, log_prob_at},
    gradient::{moving_zero, stop},
    noise::Rng,
    shape,
};

/// η never comes closer to 0, where nothing of the control variate could be seen.
const LEAST: f64 = 1e-3;

/// How much of the past the averages behind η keep at each call.
const DECAY: f64 = 0.99;

/// The REBAR estimator: unbiased for f that is defined and differentiable between the values of q.
///
/// With η learned, the first call has η = 1, and each later one the coefficient that would have given the gradients of the
/// earlier ones the least variance. What those gradients were is seen when the loss that came of the estimate is
/// differentiated; without a backward pass η stays as it is. f is evaluated three times per particle: at the draw, at the
/// softened draw, and there again so that parameters of f get their gradient from the draw alone. At a softened draw f is
/// handed a `q` without gradient; a log-mass that is −∞ off the values of q (that of
/// [`OneHotCategorical`](crate::OneHotCategorical)) must not be in f, so take [`ClosedForm`](crate::ClosedForm) entropies.
///
/// It helps as far as f(soft(z)) is proportional to f(b). No constant is subtracted, so a mean of f far from 0 is left in
/// the noise: [`Relax`](crate::Relax) learns that too.
///
/// Source: Tucker, Mnih, Maddison, Lawson & Sohl-Dickstein, REBAR, 2017, with one noise for z and z̃.
pub struct Rebar<const D: usize> {
    particles: usize,
    temperature: f64,
    coefficient: f64,
    learns: bool,
    last: Option<Trial<D>>,
    /// Decayed sums of plain · control and of control².
    products: [f64; 2],
}

impl<const D: usize> Rebar<D> {
    /// With η learned. Panics unless `temperature` > 0.
    pub fn new(particles: usize, temperature: f64) -> Self {
        assert!(temperature > 0.0, "Rebar: temperature must be > 0, got {temperature}");
        Self { particles, temperature, coefficient: 1.0, learns: true, last: None, products: [0.0; 2] }
    }

    /// With η fixed at `coefficient`.
    #[must_use]
    pub fn with_coefficient(self, coefficient: f64) -> Self {
        Self { coefficient, learns: false, ..self }
    }

    /// η, as the last call used it.
    pub fn coefficient(&self) -> f64 {
        self.coefficient
    }

    /// −E\[plain · control\] / E\[control²\]: least second moment, and so least variance, of plain + η control.
    fn learn<Q: Relaxable<D>>(&mut self) {
        let Some(Parts { plain, control, .. }) = self.last.take().and_then(|trial| trial.parts::<Q>()) else {
            return;
        };
        let sum = |x: Tensor<D>| x.sum().into_scalar::<f64>();
        let now = [sum(plain * control.clone()), sum(control.square())];
        for (sum, now) in self.products.iter_mut().zip(now) {
            *sum = DECAY * *sum + now;
        }
        let best = -self.products[0] / self.products[1];
        if best.is_finite() {
            self.coefficient = best.abs().max(LEAST).copysign(best);
        }
    }
}

impl<const D: usize, Q: Relaxable<D> + Params> Estimator<Q, D> for Rebar<D> {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        if self.learns {
            self.learn::<Q>();
        }
        let q = q.repeated(self.particles);
        let fixed = q.detached();
        let scored = Scored::draw(&q, rng);
        let value = f_at("Rebar", &f, &q, scored.hard.clone());
        let softened = Softened::new(&q, &scored, self.temperature, |z| f_at("Rebar", &f, &fixed, z));

        let advantage = stop(value.clone()) - softened.value.clone() * self.coefficient;
        let moving = advantage * moving_zero(log_prob_at("Rebar", &q, scored.hard.clone()))
            + softened.moving.clone() * self.coefficient;
        if self.learns {
            self.last = Some(Trial::new(&q, scored, &value, Some(softened)));
        }
        shape::mean_particles(value + moving, self.particles)
    }
}
