//! Draws that take few values have no path.

use std::fmt::Write as _;

use burn::tensor::Tensor;

use super::{Check, Mistake, figure};
use crate::{
    Params, Pathwise, Reparameterized, Truth, audit, error::to_f64, leaves::Leaves, measure, noise::Rng, rows,
};

/// Draws of which equal ones are looked for.
const DRAWS: usize = 1000;
/// Repetitions from which the bias is measured.
const REPETITIONS: usize = 20_000;
/// Two values closer than so many units in the last place may be one that was rounded.
const ROUNDING: f64 = 64.0;

/// Whether draws that carry a gradient lie on few points, where ∇ E\[f\] is no mean of path slopes.
///
/// A continuous law repeats hardly any of a thousand draws; this one fails when half of them are repetitions, in some
/// element, and the points are further apart than rounding. No law of 2²⁴ or more nearly equally likely values comes near:
/// the false-alarm rate is below 10⁻¹⁰⁰. With a `truth` of ∇ E\[f\] the bias of the pathwise gradient is told, with
/// an interval that misses it at the given rate.
///
/// `q` has batch 1; panics for another.
pub fn discrete<Q: Reparameterized<D> + Params, const D: usize>(
    q: &Q,
    f: impl Fn(&Q, Tensor<D>) -> Tensor<1>,
    truth: Option<&Truth>,
    rate: f64,
    rng: &mut Rng,
) -> Check {
    let leaves = Leaves::default();
    let z = q.map(&leaves).repeated(DRAWS).rsample(rng);
    let width = z.dims()[1..].iter().product::<usize>();
    let tolerance = ROUNDING * rows::epsilon(&z);
    let draws = to_f64(z.clone());
    let points = (0..width)
        .map(|element| points(draws.iter().skip(element).step_by(width).copied().collect(), tolerance))
        .min()
        .unwrap_or(DRAWS);
    if points > DRAWS / 2 {
        return Check::of(Mistake::DiscretePath, Ok("the draws that carry a gradient are continuous".into()));
    }
    let slopes = leaves.gradients(z.sum()).concat();
    let slope = slopes.iter().fold(0.0f64, |most, slope| most.max(slope.abs())) / DRAWS as f64;
    let mut detail = format!(
        "{DRAWS} draws take {points} values, and their paths have a mean slope of up to {}",
        figure(slope)
    );
    if let Some(truth) = truth {
        let found = measure(&mut Pathwise { particles: 1 }, q, f, REPETITIONS, rng);
        let report = audit(&found, truth, rate);
        let worst = report.slopes.iter().max_by(|a, b| a.bias.abs().total_cmp(&b.bias.abs()));
        if let Some(worst) = worst {
            let _ = write!(
                detail,
                "; the pathwise gradient is off by {}, within [{}, {}]",
                figure(worst.bias),
                figure(worst.interval.low),
                figure(worst.interval.high)
            );
        }
    }
    Check::of(Mistake::DiscretePath, Err(detail))
}

/// How many different values there are; as many as draws where rounding alone made them equal.
fn points(mut draws: Vec<f64>, tolerance: f64) -> usize {
    draws.sort_by(f64::total_cmp);
    let size = draws.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let count = draws.len();
    draws.dedup();
    let rounded = draws.windows(2).any(|pair| pair[1] - pair[0] <= tolerance * size);
    // A point mass says nothing about where other draws would lie.
    if rounded || draws.len() < 2 { count } else { draws.len() }
}
