//! Histograms over shared bins, so that several samples can be laid over each other.

use super::line::path;
use super::{Extent, Frame, Key, Mark, Svg, Tint};

/// The most bins a histogram has: about one per eight pixels of a small chart.
const MOST_BINS: f64 = 32.0;

/// Neighbouring bins of equal width.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    first_edge: f64,
    width: f64,
    count: usize,
}

impl Bins {
    /// Bins for a sample of data and one that is compared with it.
    ///
    /// Where the data are multiples of one step, as whole numbers or lengths in tenths are, every bin holds equally many
    /// of them: else bins of three and of two in turn would look like a comb.
    pub fn over(data: &[f64], other: &[f64]) -> Self {
        let fitted = Self::fit(data.iter().chain(other).copied());
        let Some(step) = common_step(data) else { return fitted };
        let Extent { min, max } = Extent::of(data.iter().copied());
        let half = step / 2.0;
        if (max - min) / step < MOST_BINS {
            return Self {
                first_edge: min - half,
                width: step,
                count: ((max - min) / step).round() as usize + 1,
            };
        }
        let width = (fitted.width / step).ceil() * step;
        let first_edge = min + ((fitted.first_edge - min) / step).floor() * step - half;
        let length = fitted.width * fitted.count as f64 + step;
        Self { first_edge, width, count: (length / width).ceil() as usize }
    }

    /// Bins of Freedman and Diaconis's width 2·IQR·n^(−1/3), over the range from Q₁ − 3·IQR to Q₃ + 3·IQR as far as
    /// there are values, so that a few extremes do not squeeze the rest into one bin.
    pub fn fit(sample: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = sample.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = Extent::of(sorted.iter().copied()).interval();
        let quartile = |part: usize| sorted.get(sorted.len() * part / 4).copied().unwrap_or(0.0);
        let spread = quartile(3) - quartile(1);
        let (low, high) = if spread > 0.0 {
            (min.max(quartile(1) - 3.0 * spread), max.min(quartile(3) + 3.0 * spread))
        } else {
            (min, max)
        };
        let wanted = (high - low) / (2.0 * spread / (sorted.len() as f64).cbrt());
        // No spread makes `wanted` infinite, and no data NaN; `clamp` and the cast settle both.
        let count = wanted.ceil().clamp(5.0, MOST_BINS).max(5.0) as usize;
        Self { first_edge: low, width: (high - low) / count as f64, count }
    }

    /// The share of `sample` in each bin; values beyond the range count in the outermost bins.
    pub fn shares(&self, sample: &[f64]) -> Vec<f64> {
        let mut counts = vec![0usize; self.count];
        for value in sample.iter().filter(|value| value.is_finite()) {
            let place = ((value - self.first_edge) / self.width).floor();
            counts[place.clamp(0.0, self.count as f64 - 1.0) as usize] += 1;
        }
        let total = counts.iter().sum::<usize>().max(1) as f64;
        counts.into_iter().map(|count| count as f64 / total).collect()
    }

    fn edge(&self, index: usize) -> f64 {
        self.first_edge + self.width * index as f64
    }
}

/// The greatest number of which all values are whole multiples, from the least of them on; `None` where that is no
/// decimal number of a few digits, or where all are equal.
fn common_step(values: &[f64]) -> Option<f64> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let Extent { min, .. } = Extent::of(finite());
    let unit = (0..=4).map(|digits| 10f64.powi(-digits)).find(|unit| {
        finite().all(|value| {
            let units = value / unit;
            units.abs() < 1e9 && (units - units.round()).abs() < 1e-6
        })
    })?;
    let greatest_divisor =
        finite().map(|value| ((value - min) / unit).round() as u64).fold(0, |mut a, mut b| {
            while b > 0 {
                (a, b) = (b, a % b);
            }
            a
        });
    (greatest_divisor > 0).then_some(greatest_divisor as f64 * unit)
}

/// The outline of a histogram, filled or as a line.
#[derive(Clone, Debug)]
pub struct Steps {
    name: String,
    bins: Bins,
    heights: Vec<f64>,
    tint: Tint,
    shape: &'static str,
}

impl Steps {
    /// A filled histogram with one height per bin.
    pub fn filled(name: impl Into<String>, bins: &Bins, heights: Vec<f64>) -> Self {
        Self { name: name.into(), bins: bins.clone(), heights, tint: Tint::Series(0), shape: "area" }
    }

    /// Only its outline, to lie over a filled one.
    pub fn outlined(name: impl Into<String>, bins: &Bins, heights: Vec<f64>) -> Self {
        Self { shape: "line", ..Self::filled(name, bins, heights) }
    }

    /// Its colour.
    pub fn tint(self, tint: Tint) -> Self {
        Self { tint, ..self }
    }
}

impl Mark for Steps {
    fn extents(&self) -> [Extent; 2] {
        let edges = [self.bins.edge(0), self.bins.edge(self.bins.count)];
        [Extent::of(edges), Extent::of(self.heights.iter().copied().chain([0.0]))]
    }

    fn keys(&self) -> Vec<Key> {
        vec![Key { name: self.name.clone(), tint: self.tint, shape: self.shape }]
    }

    fn draw(&self, frame: &Frame, svg: &mut Svg) {
        let tops = self.heights.iter().enumerate();
        let outline =
            tops.flat_map(|(i, &height)| [(self.bins.edge(i), height), (self.bins.edge(i + 1), height)]);
        let ground = |edge| std::iter::once((self.bins.edge(edge), 0.0));
        let points: Vec<_> = ground(0).chain(outline).chain(ground(self.heights.len())).collect();
        svg.open("g", &[("class", &self.tint)]);
        svg.element("path", &[("class", &self.shape), ("d", &path(&points, frame))]);
        svg.close("g");
    }
}
