//! Draws that the element type can tell apart.

use reparam_testing::Moments;

use super::{Check, Mistake, SEED, figure};
use crate::{Params, Reparameterized, error::to_f64, leaves::Leaves, noise::Rng, rows};

/// Draws from which the spread is estimated.
const DRAWS: usize = 1000;
/// Units in the last place of a draw that its spread is at least.
const UNITS: f64 = 256.0;

/// Whether draws spread over at least 256 units in the last place of their size, in every element.
///
/// Below that the noise is a staircase: a draw of 10⁶ with a σ of 10⁻¹² is 10⁶, whatever the noise. The standard deviation
/// of a thousand draws of a normal law is right to 16 % but for a rate of 10⁻¹²: a spread of 310 units never fails.
///
/// An element that is a constant of the law, as the corner of a correlation's factor is, has no spread to look for: its
/// path does not move with the parameters. `q` has batch 1; panics for another.
pub fn spread<Q: Reparameterized<D> + Params, const D: usize>(q: &Q, rng: &mut Rng) -> Check {
    assert!(q.dims()[0] == 1, "checks::spread: expected a distribution of batch 1, got {}", q.dims()[0]);
    let z = q.repeated(DRAWS).sample(rng);
    let (width, epsilon) = (z.dims()[1..].iter().product::<usize>(), rows::epsilon(&z));
    // A path is walked back once only, so it is drawn again for each element.
    let moves = |element: usize| {
        let leaves = Leaves::default();
        let z = q.map(&leaves).rsample(&mut Rng::new(SEED)).reshape([1, width]).narrow(1, element, 1);
        leaves.gradients(z.sum()).iter().flatten().any(|slope| *slope != 0.0)
    };
    let draws = to_f64(z);
    let element = |element: usize| {
        let own = || draws.iter().skip(element).step_by(width).copied();
        let deviation = Moments::of(own).variance().sqrt();
        let size = own().map(f64::abs).sum::<f64>() / DRAWS as f64;
        let units = if size == 0.0 { 0.0 } else { deviation / (epsilon * size) };
        (deviation != 0.0 || moves(element)).then_some((units, deviation, size, element))
    };
    let least = (0..width).filter_map(element).min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((units, deviation, size, element)) = least else {
        return Check::does_not_apply(Mistake::TinyScale, "no number of a draw moves with the parameters");
    };
    let place = if width == 1 { String::new() } else { format!("element {element}: ") };
    let detail = format!(
        "{place}draws of size {} spread by {}, {} units in the last place",
        figure(size),
        figure(deviation),
        figure(units)
    );
    // No number at all is no spread either.
    Check::of(Mistake::TinyScale, if units >= UNITS { Ok(detail) } else { Err(detail) })
}
