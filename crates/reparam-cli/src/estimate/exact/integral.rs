//! Integrals of a term and all its slopes over independent numbers, one number within the other.

use std::cell::{Cell, RefCell};

use reparam_lang::{Batch, Term};
use reparam_testing::Estimate;

use super::axis::Point;
use super::drawn::{Drawn, Slope};

/// How much more exact an inner integral is.
const INNER: f64 = 0.1;

/// A term of the numbers that it depends on.
pub struct Integral<'a> {
    drawn: &'a Drawn,
    /// The expectation, then each slope.
    slopes: Vec<Option<&'a Slope>>,
    /// How often the term may still be evaluated.
    left: Cell<u64>,
    work: RefCell<Work<'a>>,
}

/// What a point needs.
struct Work<'a> {
    values: Vec<f64>,
    inputs: Vec<f64>,
    batch: Batch<'a>,
}

impl<'a> Integral<'a> {
    /// One that evaluates the term at most so often.
    pub fn new(term: &'a Term, drawn: &'a Drawn, most: u64) -> Self {
        let width = drawn.numbers.iter().map(|axis| axis.width()).sum();
        let work =
            Work { values: vec![0.0; width], inputs: vec![0.0; drawn.length], batch: term.program.batch(1) };
        let slopes = std::iter::once(None).chain(drawn.slopes.iter().map(Some)).collect();
        Self { drawn, slopes, left: Cell::new(most), work: RefCell::new(work) }
    }

    /// Whether the term was evaluated too often.
    pub fn is_exhausted(&self) -> bool {
        self.left.get() == 0
    }

    /// The expectation, then each slope, each to this error; the ranges of levels are cut at places moved by `shift`.
    pub fn over(&self, tolerances: &[f64], shift: f64) -> Vec<Estimate> {
        self.from(0, 0, tolerances, shift)
    }

    /// The integrals over the numbers from one on, whose values start here, at what those before it are.
    fn from(&self, number: usize, start: usize, tolerances: &[f64], shift: f64) -> Vec<Estimate> {
        let Some(axis) = self.drawn.numbers.get(number) else { return self.at() };
        // What does not move with an inner number is there an expectation.
        let inner: Vec<f64> = self
            .slopes
            .iter()
            .zip(tolerances)
            .map(|(slope, own)| if moved(*slope, number).is_some() { tolerances[0] } else { *own } * INNER)
            .collect();
        axis.integrate(tolerances, shift, &mut |point, out| {
            let values = point.values();
            self.work.borrow_mut().values[start..start + values.len()].copy_from_slice(values);
            for (out, slope) in out.iter_mut().zip(&self.slopes) {
                *out = weight(point, *slope, number);
            }
            // Where all weights are nothing, so are the products.
            if out.iter().any(|weight| *weight != 0.0) {
                let within = self.from(number + 1, start + values.len(), &inner, shift);
                for (out, within) in out.iter_mut().zip(within) {
                    *out = if *out == 0.0 { 0.0 } else { *out * within.value };
                }
            }
        })
    }

    /// The term, or its slope along the element that moves, at the point reached.
    fn at(&self) -> Vec<Estimate> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        if left == 0 {
            return vec![Estimate { value: f64::NAN, error: f64::NAN }; self.slopes.len()];
        }
        let Work { values, inputs, batch } = &mut *self.work.borrow_mut();
        (self.drawn.elements)(values, inputs);
        for (place, x) in inputs.iter().enumerate() {
            batch.input_mut(place)[0] = *x;
        }
        batch.evaluate(1);
        if self.drawn.slopes.iter().any(|slope| slope.edge.is_some()) {
            batch.differentiate(0);
        }
        let value = |slope: Option<&Slope>| {
            let along = slope.and_then(|slope| slope.edge);
            Estimate {
                value: along.map_or(batch.output(0)[0], |element| batch.slope(element)[0]),
                error: 0.0,
            }
        };
        self.slopes.iter().copied().map(value).collect()
    }
}

/// In what the law of a number moves in a slope, if it does.
fn moved(slope: Option<&Slope>, number: usize) -> Option<usize> {
    slope?.moves.iter().find(|(own, _)| *own == number).map(|(_, of)| *of)
}

/// The mass of a point or, in a slope, how that moves.
fn weight(point: &Point<'_>, slope: Option<&Slope>, number: usize) -> f64 {
    match moved(slope, number) {
        None => point.mass(),
        Some(of) if slope.is_some_and(|slope| slope.edge.is_some()) => point.path(of),
        Some(of) => point.slope(of),
    }
}
