//! ∇ E_q[f] = E[Σ_{z ∈ S} w(z) ∇log q(z) (f(z) (1 − q(z) + w(z)) − Σ_{S} w f)] over draws S without replacement.
//!
//! The k largest of log q(z) + Gumbel noise are S; with κ the next one, w(z) = q(z) / (1 − exp(−exp(log q(z) − κ))) weighs
//! each value by the inverse of its chance to be among them.

use burn::tensor::{Int, Tensor};

use crate::{
    Enumerable, Estimator, Params, discrete,
    gradient::{moving_zero, stop},
    math,
    noise::{self, Noise, Rng},
    shape,
};

/// The score-function estimator without replacement: unbiased for any f, no value is evaluated twice for a row.
///
/// The weighted sum over the other draws is the baseline. f is evaluated `particles` times, the log-mass at every value of
/// the support; with as many particles as values the sum is exact.
///
/// Source: Kool, van Hoof & Welling, Buy 4 REINFORCE Samples, Get a Baseline for Free!, 2019, section 4.
#[derive(Clone, Copy, Debug)]
pub struct WithoutReplacement {
    /// Values drawn for each row, k ≥ 2; all where there are no more.
    pub particles: usize,
}

impl<const D: usize, Q: Enumerable<D> + Params> Estimator<Q, D> for WithoutReplacement {
    /// Panics for fewer than two particles, or when there are more than 65,536 values.
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let Self { particles } = *self;
        assert!(particles >= 2, "WithoutReplacement needs at least 2 particles, got {particles}");
        let batch = q.dims()[0];
        let support = q.support();
        let log_mass = discrete::log_masses(q, &support);
        let particles = particles.min(support.dims()[0]);

        let (chosen, weight) = draw(log_mass, particles, rng);
        let z = support.select(0, chosen.flatten(0, 1));
        let q = q.repeated(particles);
        let log_q = q.log_prob(z.clone());
        let value = f(&q, z);

        let impossible = weight.clone().equal_elem(0.0);
        let weighted = (weight.clone() * value.clone()).mask_fill(impossible.clone(), 0.0);
        let all = shape::tile(shape::sum_particles(stop(weighted.clone()), particles), particles);
        let own = weight.clone() - stop(log_q.clone()).exp() + 1.0;
        let learned = weight * (stop(value) * own - all);
        let moving = (learned * moving_zero(log_q)).mask_fill(impossible, 0.0);
        shape::sum_particles(weighted + moving, particles).reshape([batch])
    }
}

/// The numbers of `count` different values for each row, `[count, batch]`, and their weights, `[count · batch]`.
fn draw(log_mass: Tensor<2>, count: usize, rng: &mut Rng) -> (Tensor<2, Int>, Tensor<1>) {
    let [values, batch] = log_mass.dims();
    let noisy = log_mass.clone() + noise::of(Noise::Gumbel, &log_mass, rng);
    let (largest, order) = noisy.topk_with_indices((count + 1).min(values), 0);
    let chosen = order.narrow(0, 0, count);
    let log_mass = log_mass.gather(0, chosen.clone());
    let mass = log_mass.clone().exp();
    if count == values {
        return (chosen, mass.reshape([count * batch]));
    }
    // q / (1 − e^{−x}) with x = q e^{−κ}, as e^κ · x / (1 − e^{−x}): no 0/0 where q underflows, and q itself for large x.
    let next = largest.narrow(0, count, 1).expand([count, batch]);
    let impossible = mass.clone().equal_elem(0.0);
    let log_x = (log_mass - next.clone()).mask_fill(impossible.clone(), 0.0);
    let sure = log_x.clone().greater_elem(30.0);
    let x = log_x.clamp(-30.0, 30.0).exp();
    let chance = -math::exp_minus_one(-x.clone());
    let weight = (next.exp() * x / chance).mask_where(sure, mass).mask_fill(impossible, 0.0);
    (chosen, weight.reshape([count * batch]))
}
