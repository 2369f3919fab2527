//! The integral of a beta density up to a point, in units of the density at the point.

use super::path::Path;
use super::point::Point;

/// A first parameter below this one is raised by the recurrence, so that the path is short.
const STEEP: f64 = 16.0;

/// The Mills ratio of the logit t of a Beta(a, b) variable: S = I / f, with f = x^a y^b / B(a, b) the density of t.
///
/// S = ∫₀^∞ e^H(r) dr over the densities at t − r, in units of f, has −∂S/∂a = ∫ ln(x / x(t − r)) e^H dr and
/// ∂S/∂b = ∫ ln(y(t − r) / y) e^H dr: all three integrands are positive, and nothing cancels. Largest relative error
/// measured, of each: 2e-14.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mills {
    /// S.
    pub ratio: f64,
    /// −∂S/∂a.
    pub fall_in_a: f64,
    /// ∂S/∂b.
    pub rise_in_b: f64,
}

impl Mills {
    /// The ratio at `point`.
    ///
    /// The path is short unless the point lies far above the mode: the caller goes elsewhere where x or y is below a
    /// quarter of 1 / max(a, b, 1).
    pub(super) fn below(a: f64, b: f64, point: &Point) -> Self {
        let path = Path::new(a, b, point);
        if let Some(length) = path.narrow_length() {
            return Self::new(path.narrow_integrals(length));
        }
        let steps = (STEEP - a).ceil().max(0.0) as u32;
        let path = path.raised(f64::from(steps));
        let top = Self::new(path.integrals(path.length()));
        (0..steps).rev().fold(top, |mills, step| mills.lowered(a + f64::from(step), b, point.x))
    }

    fn new([ratio, fall_in_a, rise_in_b]: [f64; 3]) -> Self {
        Self { ratio, fall_in_a, rise_in_b }
    }

    /// The ratio at (a, b) from the one at (a + 1, b): S(a) = (1 + (a + b) x S(a + 1)) / a, and its derivatives.
    fn lowered(self, a: f64, b: f64, x: f64) -> Self {
        let inverse = 1.0 / a;
        let factor = (1.0 + b * inverse) * x;
        Self {
            ratio: inverse + factor * self.ratio,
            fall_in_a: inverse * inverse * (1.0 + b * x * self.ratio) + factor * self.fall_in_a,
            rise_in_b: inverse * x * self.ratio + factor * self.rise_in_b,
        }
    }
}
