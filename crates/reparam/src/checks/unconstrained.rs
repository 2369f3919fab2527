//! A distribution stays one wherever an optimizer takes its parameters.

use burn::tensor::Tensor;

use super::{Check, Mistake, SEED};
use crate::{Distribution, error::to_f64, noise::Rng, rows};

/// How far each parameter is moved, in either direction.
const REACH: [f64; 3] = [1.0, 5.0, 25.0];

/// Whether a distribution, as a function of numbers that an optimizer may move anywhere, stays valid: draws and their
/// log-densities finite with each number moved by 1, 5 and 25 in either direction.
///
/// There is no false alarm: a draw of a valid distribution is finite, and so is its log-density. Draws of a law whose
/// tails leave the range of the element type at such parameters are reported; narrow its parameters in that case.
pub fn unconstrained<Q: Distribution<D>, const D: usize>(
    build: impl Fn(Tensor<1>) -> Q,
    phi: &Tensor<1>,
) -> Check {
    let start = to_f64(phi.clone());
    let at = |place: usize, step: f64| {
        let mut moved = start.clone();
        moved[place] += step;
        let q = build(rows::upload(moved, phi.dims(), phi));
        let z = q.sample(&mut Rng::new(SEED));
        let log_prob = to_f64(q.log_prob(z.clone()));
        let odd = |values: Vec<f64>| values.into_iter().find(|x| !x.is_finite());
        let (draw, density) = (odd(to_f64(z)), odd(log_prob));
        let place = format!("with number {place} moved by {step:+} to {:.3}", start[place] + step);
        match (draw, density) {
            (None, None) => Ok(()),
            (Some(draw), _) => Err(format!("{place}, a draw is {draw}")),
            (None, Some(density)) => Err(format!("{place}, the log-density of a draw is {density}")),
        }
    };
    let steps = || REACH.into_iter().flat_map(|step| [-step, step]);
    let faults = steps().flat_map(|step| (0..start.len()).map(move |place| (place, step)));
    let first = faults.map(|(place, step)| at(place, step)).find_map(Result::err);
    Check::of(
        Mistake::UnconstrainedScale,
        first.map_or_else(
            || Ok(format!("draws stay finite with each of {} numbers moved by ±1, ±5 and ±25", start.len())),
            Err,
        ),
    )
}
