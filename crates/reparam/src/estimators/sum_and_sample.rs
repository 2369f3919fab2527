//! ∇ E_q[f] = Σ_{z ∈ C} f(z) ∇q(z) + q(C̄) E_{q | C̄}[f(z) ∇log q(z)]: the likely values exactly, the others by draws.

use burn::tensor::{IndexingUpdateOp, Int, Tensor};

use crate::{
    Enumerable, Estimator, Params, discrete,
    evaluate::{f_at, log_prob_at},
    gradient::{moving_zero, stop},
    noise::{self, Noise, Rng},
    shape,
};

/// The Rao-Blackwellised score-function estimator: the `exact` most likely values of each row are summed, the rest is
/// sampled; unbiased for any f.
///
/// The mean of f over the values that are summed is the baseline of all. f is evaluated `exact` + `particles` times, the
/// log-mass at every value of the support.
///
/// Source: Liu, Regier, Tripuraneni, Jordan & McAuliffe, Rao-Blackwellized Stochastic Gradients for Discrete
/// Distributions, 2019.
#[derive(Clone, Copy, Debug)]
pub struct SumAndSample {
    /// How many values of each row are summed; all of them where there are no more.
    pub exact: usize,
    /// Draws per row from the other values.
    pub particles: usize,
}

impl<const D: usize, Q: Enumerable<D> + Params> Estimator<Q, D> for SumAndSample {
    /// Panics when nothing is summed or nothing drawn, or when there are more than 65,536 values.
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let Self { exact, particles } = *self;
        assert!(exact > 0 && particles > 0, "SumAndSample: `exact` and `particles` must be at least 1");
        let batch = q.dims()[0];
        let support = q.support();
        let log_mass = discrete::log_masses(q, &support);
        let at = |value: Tensor<2, Int>| support.clone().select(0, value.flatten(0, 1));

        let exact = exact.min(support.dims()[0]);
        let (_, likely) = log_mass.clone().topk_with_indices(exact, 0);
        let rest = without(log_mass, likely.clone());
        let rest_mass: Tensor<1> = rest.clone().exp().sum_dim(0).reshape([batch]);
        let drawn = draw(&rest, particles, rng);

        let (q_exact, z) = (q.repeated(exact), at(likely));
        let mass = log_prob_at("SumAndSample", &q_exact, z.clone()).exp();
        let value = f_at("SumAndSample", &f, &q_exact, z);
        let impossible = mass.clone().equal_elem(0.0);
        let sum = |x: Tensor<1>| shape::sum_particles(x.mask_fill(impossible.clone(), 0.0), exact);
        let mean = sum(stop(mass.clone() * value.clone())) / sum(stop(mass.clone()));
        let advantage = stop(value.clone()) - shape::tile(mean.clone(), exact);
        let summed = sum(stop(mass.clone()) * value + advantage * moving_zero(mass));

        let (q_drawn, z) = (q.repeated(particles), at(drawn));
        let value = f_at("SumAndSample", &f, &q_drawn, z.clone());
        let advantage = stop(value.clone()) - shape::tile(mean, particles);
        let sampled = shape::mean_particles(
            value + advantage * moving_zero(log_prob_at("SumAndSample", &q_drawn, z)),
            particles,
        );
        // Where nothing is left, what was drawn means nothing.
        let nothing = rest_mass.clone().equal_elem(0.0);
        summed + (sampled * rest_mass).mask_fill(nothing, 0.0)
    }
}

/// `[values, batch]` with −∞ at the values that are listed for each row.
fn without(log_mass: Tensor<2>, listed: Tensor<2, Int>) -> Tensor<2> {
    let ones = Tensor::<2>::ones(listed.dims(), (&log_mass.device(), log_mass.dtype()));
    let marks = log_mass.zeros_like().scatter(0, listed, ones, IndexingUpdateOp::Add);
    log_mass.mask_fill(marks.greater_elem(0.0), f64::NEG_INFINITY)
}

/// The numbers of values drawn with these unnormalised log-masses, `[values, batch]` → `[particles, batch]`.
fn draw(log_mass: &Tensor<2>, particles: usize, rng: &mut Rng) -> Tensor<2, Int> {
    let one = || (log_mass.clone() + noise::of(Noise::Gumbel, log_mass, rng)).argmax(0);
    Tensor::cat(std::iter::repeat_with(one).take(particles).collect(), 0)
}
