//! Sums over all combinations of points: the values of discrete numbers, and, the quick way for a smooth function of few
//! continuous ones, the trapezoidal rule over the log-odds of their levels.
//!
//! For an analytic integrand that fades at both ends its error falls exponentially with the number of nodes, and all
//! integrals share them. Source: L. N. Trefethen, J. A. C. Weideman, "The Exponentially Convergent Trapezoidal Rule", SIAM
//! Review 56 (2014).

use rayon::prelude::*;
use reparam_lang::Term;

use super::Found;
use super::axis::{Axis, Point};
use super::drawn::{Drawn, Slope};

/// Log-odds from −END to END: beyond, a level weighs less than 10⁻³⁰.
const END: f64 = 72.0;
/// Nodes on each side of 0 at first.
const NODES: i32 = 144;
/// Where the nodes lie in their steps, before and after each doubling of their number: nowhere twice, since the two sides
/// of a pole cancel to a number that depends on nothing else.
const OFFSETS: [f64; 3] = [0.37, 0.81, 0.13];
/// Combinations of points that are not too many, and those that are worked on at once.
const MOST_POINTS: usize = 1 << 22;
const CHUNK: usize = 1 << 12;
/// What is rounding, relative to the integral of the size.
const ROUNDING: f64 = 1e-14;
/// Two rules in turn agree to this, relative to the integral of the size.
const AGREEMENT: f64 = 1e-11;
/// What may be left at the ends, relative to the same.
const FADED: f64 = 1e-13;

/// The integrals by the coarsest rule, the expectation's first; `None` where there are too many points.
pub fn coarse(term: &Term, drawn: &Drawn) -> Option<Vec<Sum>> {
    Some(Rule::new(term, drawn, 0)?.sums())
}

/// The expectation of the term and its slopes, from the coarsest rule on, or `None` where the rules do not settle: a kink, a
/// jump, a heavy tail.
pub fn of_smooth(term: &Term, drawn: &Drawn, coarse: &[Sum]) -> Option<Found> {
    let mut before = coarse.to_vec();
    for doubling in 1..OFFSETS.len() {
        if before.iter().any(|sum| !sum.has_faded()) {
            return None;
        }
        let now = Rule::new(term, drawn, doubling)?.sums();
        if before.iter().zip(&now).all(|(coarse, fine)| coarse.agrees(fine) && fine.has_faded()) {
            return Some(drawn.found(&rounded(&now)));
        }
        before = now;
    }
    None
}

/// The same where all numbers are discrete, or `None` where a sum is not finite.
pub fn of_values(term: &Term, drawn: &Drawn) -> Option<Found> {
    let sums = coarse(term, drawn)?;
    sums.iter().all(|sum| sum.size.is_finite()).then(|| drawn.found(&rounded(&sums)))
}

fn rounded(sums: &[Sum]) -> Vec<f64> {
    sums.iter().map(|sum| super::rounded(sum.value, ROUNDING * sum.size)).collect()
}

/// How much of a law has no number that tells it from an end of the support.
pub fn lost(axis: &Axis) -> f64 {
    let (nodes, step) = nodes(0);
    let step = if axis.is_continuous() { step } else { 1.0 };
    (1.0 - step * axis.points(&nodes).iter().map(Point::mass).sum::<f64>()).abs()
}

/// The log-odds of the levels of a rule, and the distance between two.
fn nodes(doubling: usize) -> (Vec<f64>, f64) {
    let side = NODES << doubling;
    let step = END / f64::from(side);
    ((-side..side).map(|i| (f64::from(i) + OFFSETS[doubling]) * step).collect(), step)
}

/// An integral: the expectation, or a slope of it.
#[derive(Clone, Copy, Default)]
pub struct Sum {
    value: f64,
    /// The integral of the size.
    pub size: f64,
    /// What it would be if each level were as it is at an end of the levels.
    ends: f64,
}

impl Sum {
    /// Not so where something is no number.
    fn has_faded(&self) -> bool {
        self.ends <= FADED * self.size || self.size == 0.0
    }

    fn agrees(&self, finer: &Self) -> bool {
        (self.value - finer.value).abs() <= AGREEMENT * finer.size
    }

    fn and(self, other: Self) -> Self {
        Self { value: self.value + other.value, size: self.size + other.size, ends: self.ends + other.ends }
    }
}

/// The points of each number.
struct Rule<'a> {
    term: &'a Term,
    drawn: &'a Drawn,
    points: Vec<Column<'a>>,
    step: f64,
}

/// The points of one number, and their weights: by mass and by each slope.
struct Column<'a> {
    points: Vec<Point<'a>>,
    mass: Vec<f64>,
    slopes: Vec<Vec<f64>>,
}

impl<'a> Rule<'a> {
    fn new(term: &'a Term, drawn: &'a Drawn, doubling: usize) -> Option<Self> {
        let (nodes, step) = nodes(doubling);
        let column = |axis: &'a Axis| {
            let points = axis.points(&nodes);
            let step = if axis.is_continuous() { step } else { 1.0 };
            let slope = |(of, is_edge): (usize, &bool)| {
                let at = |point: &Point<'_>| step * if *is_edge { point.path(of) } else { point.slope(of) };
                points.iter().map(at).collect()
            };
            let slopes = axis.edges.iter().enumerate().map(slope).collect();
            Column { mass: points.iter().map(|point| step * point.mass()).collect(), slopes, points }
        };
        let points: Vec<Column<'_>> = drawn.numbers.iter().map(|axis| column(axis)).collect();
        let all: f64 = points.iter().map(|column| column.points.len() as f64).product();
        (all <= MOST_POINTS as f64).then_some(Self { term, drawn, points, step })
    }

    /// The expectation, then each slope.
    fn sums(&self) -> Vec<Sum> {
        let all: usize = self.points.iter().map(|column| column.points.len()).product();
        let starts: Vec<usize> = (0..all).step_by(CHUNK).collect();
        let sums: Vec<Vec<Sum>> =
            starts.into_par_iter().map(|start| self.chunk(start, CHUNK.min(all - start))).collect();
        let none = vec![Sum::default(); 1 + self.drawn.slopes.len()];
        sums.into_iter().fold(none, |all, own| all.into_iter().zip(own).map(|(a, b)| a.and(b)).collect())
    }

    /// The part of the sums that so many combinations of points from one on make, the last number the first to change.
    fn chunk(&self, start: usize, rows: usize) -> Vec<Sum> {
        let row = |mut row: usize| {
            let mut at = vec![0; self.points.len()];
            for (at, column) in at.iter_mut().zip(&self.points).rev() {
                (*at, row) = (row % column.points.len(), row / column.points.len());
            }
            at
        };
        let at: Vec<Vec<usize>> = (start..start + rows).map(row).collect();
        let mut batch = self.term.program.batch(rows);
        let mut inputs = vec![0.0; self.drawn.length];
        for (row, at) in at.iter().enumerate() {
            let values: Vec<f64> = self
                .points
                .iter()
                .zip(at)
                .flat_map(|(column, i)| column.points[*i].values())
                .copied()
                .collect();
            (self.drawn.elements)(&values, &mut inputs);
            inputs.iter().enumerate().for_each(|(element, x)| batch.input_mut(element)[row] = *x);
        }
        batch.evaluate(rows);
        let f = batch.output(0).to_vec();
        if self.drawn.slopes.iter().any(|slope| slope.edge.is_some()) {
            batch.differentiate(0);
        }
        let is_end = |at: &[usize]| self.points.iter().zip(at).any(|(column, i)| column.points[*i].is_end);
        let is_end: Vec<bool> = at.iter().map(|at| is_end(at)).collect();
        let sum = |slope: Option<&Slope>| {
            let along = slope.and_then(|slope| slope.edge).map_or(&f[..], |element| batch.slope(element));
            let columns: Vec<&[f64]> = self
                .points
                .iter()
                .enumerate()
                .map(|(number, column)| {
                    let moved = slope.and_then(|slope| slope.moves.iter().find(|(own, _)| *own == number));
                    moved.map_or(&column.mass[..], |(_, of)| &column.slopes[*of])
                })
                .collect();
            let mut sum = Sum::default();
            for ((at, f), is_end) in at.iter().zip(along).zip(&is_end) {
                let weight: f64 = columns.iter().zip(at).map(|(column, i)| column[*i]).product();
                let own = weight * f;
                sum.value += own;
                sum.size += own.abs();
                sum.ends += if *is_end { own.abs() / self.step } else { 0.0 };
            }
            sum
        };
        std::iter::once(None).chain(self.drawn.slopes.iter().map(Some)).map(sum).collect()
    }
}
