//! Draws that the element type can tell apart.

use reparam_testing::Moments;

use super::{Check, Mistake};
use crate::{Params, Reparameterized, error::to_f64, noise::Rng, rows};

/// Draws from which the spread is estimated.
const DRAWS: usize = 1000;
/// Units in the last place of a draw that its spread is at least.
const UNITS: f64 = 256.0;

/// Whether draws spread over at least 256 units in the last place of their size, in every element.
///
/// Below that the noise is a staircase: a draw of 10⁶ with a σ of 10⁻¹² is 10⁶, whatever the noise. The standard deviation
/// of a thousand draws of a normal law is right to 16 % but for a rate of 10⁻¹²: a spread of 310 units never fails.
///
/// `q` has batch 1; panics for another.
pub fn spread<Q: Reparameterized<D> + Params, const D: usize>(q: &Q, rng: &mut Rng) -> Check {
    assert!(q.dims()[0] == 1, "checks::spread: expected a distribution of batch 1, got {}", q.dims()[0]);
    let z = q.repeated(DRAWS).sample(rng);
    let width = z.dims()[1..].iter().product::<usize>();
    let epsilon = rows::epsilon(&z);
    let draws = to_f64(z);
    let element = |element: usize| {
        let own = || draws.iter().skip(element).step_by(width).copied();
        let deviation = Moments::of(own).variance().sqrt();
        let size = own().map(f64::abs).sum::<f64>() / DRAWS as f64;
        let units = if size == 0.0 { 0.0 } else { deviation / (epsilon * size) };
        (units, deviation, size, element)
    };
    let least = (0..width).map(element).min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((units, deviation, size, element)) = least else {
        return Check::does_not_apply(Mistake::TinyScale, "a draw has no numbers");
    };
    let place = if width == 1 { String::new() } else { format!("element {element}: ") };
    let detail = format!(
        "{place}draws of size {size:.3e} spread by {deviation:.3e}, {units:.3e} units in the last place"
    );
    // No number at all is no spread either.
    Check::of(Mistake::TinyScale, if units >= UNITS { Ok(detail) } else { Err(detail) })
}
