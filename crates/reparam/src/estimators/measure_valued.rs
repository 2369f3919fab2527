//! ∇ E_q[f(z)] = E_q[∇ f] + Σ c (E[f(z⁺)] − E[f(z⁻)]): the gradient is a difference of two expectations.

use burn::tensor::Tensor;

use crate::{
    Estimator, Params, WeakDerivative,
    evaluate::f_at,
    gradient::{moving_zero, stop},
    noise::Rng,
    shape,
};

/// The measure-valued estimator (weak derivatives): unbiased for any f that has an expectation, discrete draws and jumps
/// of f included, often with less variance than the score function.
///
/// Elements of the event are moved one at a time, the others stay at the draw. 1 + 2 · parameters · elements evaluations of
/// f per particle; 1 + classes · elements for draws of classes.
///
/// Source: Pflug, Optimization of Stochastic Models, 1996; Heidergott & Vázquez-Abad, Measure-valued differentiation for
/// Markov chains, 2008; Mohamed et al., Monte Carlo Gradient Estimation in Machine Learning, 2020, section 6.
#[derive(Clone, Copy, Debug)]
pub struct MeasureValued {
    /// Draws per row.
    pub particles: usize,
    /// Whether z⁺ and z⁻ share their random numbers: far less variance where f is smooth.
    pub coupled: bool,
}

impl<const D: usize, Q: WeakDerivative<D> + Params> Estimator<Q, D> for MeasureValued {
    fn expectation(&mut self, q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>, rng: &mut Rng) -> Tensor<1> {
        let q = q.repeated(self.particles);
        let z = q.sample(rng);
        let fixed = q.detached();
        let value = f_at("MeasureValued", &f, &q, z.clone());
        let branches = q.branches(self.coupled, rng).into_iter();
        let surrogate = branches.fold(value, |sum, branch| {
            let weight = flat(branch.weight);
            let values =
                moved(&z, branch.draw, weight.dims()[1], |z| stop(f_at("MeasureValued", &f, &fixed, z)));
            sum + shape::sum_event(values * moving_zero(weight))
        });
        shape::mean_particles(surrogate, self.particles)
    }
}

/// `[rows, elements of one event]`.
fn flat<const D: usize>(x: Tensor<D>) -> Tensor<2> {
    x.flatten(1, D - 1)
}

/// f of z with one of its `elements` from `draw`, for each: `[rows, elements]`.
///
/// An element is what has a weight of its own: one number, or the last axis where that is a unit vector.
fn moved<const D: usize>(
    z: &Tensor<D>,
    draw: Tensor<D>,
    elements: usize,
    f: impl Fn(Tensor<D>) -> Tensor<1>,
) -> Tensor<2> {
    let dims = z.dims();
    let (z, draw) = (flat(z.clone()), flat(draw));
    let width = z.dims()[1] / elements;
    let columns = (0..elements).map(|element| {
        let place = [0..dims[0], element * width..(element + 1) * width];
        let moved = z.clone().slice_assign(place.clone(), draw.clone().slice(place));
        f(moved.reshape(dims)).reshape([dims[0], 1])
    });
    Tensor::cat(columns.collect(), 1)
}
