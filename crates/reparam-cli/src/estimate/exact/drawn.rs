//! How the elements of variables are made of numbers that are independent.

use std::sync::Arc;

use super::axis::Axis;
use super::{Found, Place};

/// A function of the values of all numbers, for each element.
pub type Elements = Box<dyn Fn(&[f64], &mut [f64]) + Send + Sync>;

/// Elements that are a function of independent numbers.
pub struct Drawn {
    /// The numbers.
    pub numbers: Vec<Arc<Axis>>,
    /// Writes the elements that the values of the numbers make.
    pub elements: Elements,
    /// How many elements there are.
    pub length: usize,
    /// What their expectations move with.
    pub slopes: Vec<Slope>,
}

/// A slope of an expectation: that in a number that the law of one axis depends on, or the mixed one in two.
#[derive(Clone)]
pub struct Slope {
    /// The numbers, and in what their laws move; no number twice.
    pub moves: Vec<(usize, usize)>,
    /// The element that moves itself, where the slope of its mass is not all there is: an end of the support moves.
    pub edge: Option<usize>,
    /// Where it counts, and how often.
    pub to: Vec<(Place, f64)>,
}

impl Drawn {
    /// These elements, and then others that are independent of them.
    pub fn and(self, other: Self) -> Self {
        let (numbers, length) = (self.numbers.len(), self.length);
        let values: usize = self.numbers.iter().map(|axis| axis.width()).sum();
        let (first, second) = (self.elements, other.elements);
        let later = |slope: Slope| Slope {
            moves: slope.moves.into_iter().map(|(number, of)| (numbers + number, of)).collect(),
            edge: slope.edge.map(|element| length + element),
            ..slope
        };
        Self {
            numbers: self.numbers.into_iter().chain(other.numbers).collect(),
            elements: Box::new(move |from, to| {
                first(&from[..values], &mut to[..length]);
                second(&from[values..], &mut to[length..]);
            }),
            length: length + other.length,
            slopes: self.slopes.into_iter().chain(other.slopes.into_iter().map(later)).collect(),
        }
    }

    /// The parts of an answer that the expectation and the slopes are.
    pub fn found(&self, values: &[f64]) -> Found {
        let slopes = self.slopes.iter().zip(&values[1..]);
        let parts = slopes.flat_map(|(slope, value)| {
            slope.to.iter().map(move |(place, often)| (Some(*place), often * value))
        });
        std::iter::once((None, values[0])).chain(parts).collect()
    }

    /// No elements.
    pub fn nothing() -> Self {
        Self { numbers: Vec::new(), elements: Box::new(|_, _| {}), length: 0, slopes: Vec::new() }
    }
}
