//! Integrals of a term over independent numbers of which one is continuous, one within the other.

use std::cell::{Cell, RefCell};

use reparam_lang::{Batch, Term};
use reparam_testing::Estimate;

use super::drawn::{Drawn, Slope};

/// What is integrated.
#[derive(Clone, Copy)]
pub enum Of {
    /// The term.
    Value,
    /// The size of the term.
    Size,
}

/// A term and the numbers that it depends on.
pub struct Integral<'a> {
    /// The term.
    pub term: &'a Term,
    /// What its inputs are made of.
    pub drawn: &'a Drawn,
    /// How often the term may still be evaluated.
    pub left: &'a Cell<u64>,
}

/// What one integral needs at its points.
struct Work<'a> {
    values: Vec<f64>,
    inputs: Vec<f64>,
    batch: Batch<'a>,
}

/// One integral: its points are weighted by their mass or, in a slope, by how that moves.
struct One<'a> {
    integral: &'a Integral<'a>,
    of: Of,
    slope: Option<&'a Slope>,
    /// Where the range is cut, as a distance from where it usually is.
    shift: f64,
    work: RefCell<Work<'a>>,
}

impl Integral<'_> {
    /// The expectation, or a slope of it.
    pub fn over(&self, of: Of, slope: Option<&Slope>, shift: f64) -> Estimate {
        let width = self.drawn.numbers.iter().map(|axis| axis.width()).sum();
        let work = Work {
            values: vec![0.0; width],
            inputs: vec![0.0; self.drawn.length],
            batch: self.term.program.batch(1),
        };
        One { integral: self, of, slope, shift, work: RefCell::new(work) }.from(0, 0, 1.0)
    }
}

impl One<'_> {
    /// The integral over the numbers from one on, at what those before it are.
    fn from(&self, number: usize, start: usize, factor: f64) -> Estimate {
        let Some(axis) = self.integral.drawn.numbers.get(number) else {
            return Estimate { value: factor * self.at(&mut self.work.borrow_mut()), error: 0.0 };
        };
        if self.integral.left.get() == 0 {
            return Estimate { value: f64::NAN, error: f64::NAN };
        }
        let moved = self.slope.and_then(|slope| slope.moves.iter().find(|(own, _)| *own == number));
        let along = self.slope.is_some_and(|slope| slope.edge.is_some());
        axis.integrate(self.shift, &|point| {
            let values = point.values();
            self.work.borrow_mut().values[start..start + values.len()].copy_from_slice(values);
            let own = match (moved, self.of) {
                (None, _) => point.mass(),
                (Some((_, of)), Of::Value) if along => point.path(*of),
                (Some((_, of)), Of::Value) => point.slope(*of),
                (Some((_, of)), Of::Size) => point.slope(*of).abs(),
            };
            // Where the weight is nothing, so is the product.
            let product = || self.from(number + 1, start + values.len(), factor * own).value;
            if own == 0.0 { 0.0 } else { product() }
        })
    }

    /// The term, or its slope, at the point reached.
    fn at(&self, work: &mut Work<'_>) -> f64 {
        let left = self.integral.left;
        left.set(left.get().saturating_sub(1));
        let Work { values, inputs, batch } = work;
        (self.integral.drawn.elements)(values, inputs);
        for (place, x) in inputs.iter().enumerate() {
            batch.input_mut(place)[0] = *x;
        }
        batch.evaluate(1);
        match (self.of, self.slope.and_then(|slope| slope.edge)) {
            (Of::Size, _) => batch.output(0)[0].abs(),
            (Of::Value, None) => batch.output(0)[0],
            (Of::Value, Some(element)) => {
                batch.differentiate(0);
                batch.slope(element)[0]
            }
        }
    }
}
