//! The quick way for a smooth function of one continuous number: the trapezoidal rule over the log-odds of the level.
//!
//! For an analytic integrand that fades at both ends its error falls exponentially with the number of nodes, and all
//! integrals share them. Source: L. N. Trefethen, J. A. C. Weideman, "The Exponentially Convergent Trapezoidal Rule", SIAM
//! Review 56 (2014).

use reparam_lang::Term;

use super::Place;
use super::axis::{Axis, Point};

/// Log-odds from −END to END: beyond, a level weighs less than 10⁻³⁰.
const END: f64 = 72.0;
/// Nodes on each side of 0 at first, and how often their number is doubled.
const NODES: i32 = 144;
const DOUBLINGS: u32 = 2;
/// Two rules in turn agree to this, relative to the integral of the size.
const AGREEMENT: f64 = 1e-11;
/// What may be left at the ends, relative to the same.
const FADED: f64 = 1e-13;

/// The expectation of the term and its slopes, or `None` where the rule does not settle: a kink, a jump, a heavy tail.
pub fn of_smooth(term: &Term, axis: &Axis) -> Option<Vec<(Place, f64)>> {
    let mut before: Option<Sums> = None;
    for doubling in 0..=DOUBLINGS {
        let now = Sums::new(term, axis, NODES << doubling)?;
        if before.is_some_and(|before| before.agrees(&now)) {
            let places = std::iter::once(None).chain(axis.slopes.iter().map(|slope| Some(slope.place)));
            return Some(places.zip(now.values()).collect());
        }
        before = Some(now);
    }
    None
}

/// The integrals by one rule: the expectation, then each slope.
struct Sums {
    values: Vec<f64>,
    sizes: Vec<f64>,
}

impl Sums {
    fn new(term: &Term, axis: &Axis, nodes: i32) -> Option<Self> {
        let step = END / f64::from(nodes);
        let points: Vec<(f64, Point<'_>)> =
            (-nodes..=nodes).filter_map(|i| axis.at(f64::from(i) * step)).collect();
        let mut batch = term.program.batch(points.len());
        for (slot, (_, point)) in batch.input_mut(0).iter_mut().zip(&points) {
            *slot = point.values()[0];
        }
        batch.evaluate(points.len());
        let f = batch.output(0).to_vec();
        batch.differentiate(0);
        let along = batch.slope(0);
        let (mut values, mut sizes) = (Vec::new(), Vec::new());
        for weight in std::iter::once(None).chain((0..axis.slopes.len()).map(Some)) {
            let at = |i: usize| {
                let (level, point) = &points[i];
                let own = match weight {
                    None => f[i],
                    Some(slope) if axis.slopes[slope].is_edge => along[i] * point.path(slope),
                    Some(slope) => f[i] * point.score(slope),
                };
                level * step * own
            };
            let terms: Vec<f64> = (0..points.len()).map(at).collect();
            let size: f64 = terms.iter().map(|term| term.abs()).sum();
            let ends = terms.first()?.abs().max(terms.last()?.abs()) / step;
            // Also where something is not a number.
            if !(ends <= FADED * size || size == 0.0) {
                return None;
            }
            values.push(terms.iter().sum());
            sizes.push(size);
        }
        Some(Self { values, sizes })
    }

    fn agrees(&self, finer: &Self) -> bool {
        let pairs = self.values.iter().zip(&finer.values).zip(&finer.sizes);
        pairs.into_iter().all(|((coarse, fine), size)| (coarse - fine).abs() <= AGREEMENT * size)
    }

    /// Without what is rounding.
    fn values(&self) -> impl Iterator<Item = f64> {
        self.values.iter().zip(&self.sizes).map(|(value, size)| super::rounded(*value, *size))
    }
}
