//! The inputs of an expression, and where their slopes are counted.

use std::time::Duration;

use reparam::Measurement;
use reparam_kernels::catalog::{Paths, Univariate};
use reparam_kernels::law::Bulk;
use reparam_testing::Moments;

use super::sums::Sums;
use crate::estimate::site::Site;

/// An element of a variable.
pub struct Element {
    /// How its draws are made.
    pub paths: Paths,
    /// The parameters of its law.
    pub theta: Vec<f64>,
    /// Where the slope in each parameter goes.
    pub slots: Vec<Slot>,
}

/// A place for the slopes in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// None: no gradient is taken in it.
    Nowhere,
    /// A number of the gradient that this element alone has a part in.
    Own(usize),
    /// A number of the gradient in which the slopes of several elements add up.
    Shared(usize),
}

/// All inputs, and the numbers of the gradient.
pub struct Layout {
    /// The elements of all variables.
    pub elements: Vec<Element>,
    /// The numbers of the gradient in which slopes of several elements add up.
    pub shared: Vec<usize>,
    /// How many numbers each argument of each variable has.
    lengths: Vec<usize>,
}

impl Layout {
    /// That of these variables, if each is made of independent numbers with a path.
    pub fn new(sites: &[&Site]) -> Option<Self> {
        let mut layout = Self { elements: Vec::new(), shared: Vec::new(), lengths: Vec::new() };
        for site in sites {
            layout.push(site)?;
        }
        Some(layout)
    }

    fn push(&mut self, site: &Site) -> Option<()> {
        if !site.has_path() {
            return None;
        }
        let laws: Vec<(&'static Univariate, &[f64])> = site.line()?;
        let moving = site.parameters();
        let mut slots: Vec<Option<(usize, bool)>> = Vec::new();
        for place in 0..site.given().values.len() {
            let first = self.numbers();
            let own = moving.iter().find(|parameter| parameter.place == place);
            let length = own.map_or(1, |parameter| parameter.length.unwrap_or(1));
            self.lengths.push(length);
            let is_shared = length == 1 && site.width() > 1;
            slots.push(own.map(|_| (first, is_shared)));
            if own.is_some() && is_shared {
                self.shared.push(first);
            }
        }
        for element in 0..site.width() {
            let (law, theta) = laws[element.min(laws.len() - 1)];
            let slots = slots.iter().map(|slot| match *slot {
                None => Slot::Nowhere,
                Some((first, true)) => Slot::Shared(first),
                Some((first, false)) => Slot::Own(first + element),
            });
            self.elements.push(Element { paths: law.paths?, theta: theta.to_vec(), slots: slots.collect() });
        }
        Some(())
    }

    /// The numbers of the gradient.
    pub fn numbers(&self) -> usize {
        self.lengths.iter().sum()
    }

    /// Whether every draw is a location and a scale times noise.
    pub fn is_location_scale(&self) -> bool {
        self.elements.iter().all(|element| matches!(element.paths.family, Some(Bulk::LocationScale(_))))
    }

    /// What the sums of so many repetitions, of so many draws each, say; the last one is that of the value.
    pub fn measurement(
        &self,
        sums: &Sums,
        shifts: &[f32],
        (repetitions, points): (u64, usize),
        elapsed: Duration,
    ) -> Measurement {
        let mut all = sums.each.iter().zip(shifts).map(|([sum, squares], shift)| {
            let apart = sum / repetitions as f64;
            Moments::of_sums(repetitions, f64::from(*shift) + apart, (squares - sum * apart).max(0.0))
        });
        let gradient = self.lengths.iter().map(|length| all.by_ref().take(*length).collect()).collect();
        let value = all.next().unwrap_or_default();
        Measurement { value, gradient, evaluations: repetitions * points as u64, elapsed }
    }
}
