//! Rows that may be what a model is to find: the least likely ones, column by column.

use crate::data::Dataset;

/// Bins of a column's histogram.
const BINS: usize = 20;

/// −Σ_j log p_j(x_j) of rows, p_j the histogram of column j over `reference` with half a row more in each bin.
///
/// Columns apart see no dependence, and that is the point: a cluster of odd rows cannot teach them its own shape, as it
/// teaches a model of all columns.
///
/// Source: Goldstein & Dengel, Histogram-Based Outlier Score, 2012.
struct Histograms {
    /// Least number, width of a bin, and the surprise of each bin.
    columns: Vec<(f64, f64, Vec<f64>)>,
}

impl Histograms {
    fn of(dataset: &Dataset, reference: &[u32]) -> Self {
        let width = dataset.columns.len();
        let column = |place: usize| {
            let values = || reference.iter().map(|&row| dataset.values.at(row as usize * width + place));
            let (low, high) = values().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
            let bin = (high / BINS as f64) - (low / BINS as f64);
            let mut counts = vec![0.5; BINS];
            values().for_each(|x| counts[place_of(x, low, bin)] += 1.0);
            let total: f64 = counts.iter().sum();
            (low, bin, counts.into_iter().map(|count| -(count / total).ln()).collect())
        };
        Self { columns: (0..width).map(column).collect() }
    }

    fn surprise(&self, dataset: &Dataset, row: u32) -> f64 {
        let start = row as usize * self.columns.len();
        let columns = self.columns.iter().enumerate();
        columns
            .map(|(place, (low, bin, surprise))| {
                surprise[place_of(dataset.values.at(start + place), *low, *bin)]
            })
            .sum()
    }
}

fn place_of(x: f64, low: f64, bin: f64) -> usize {
    if bin > 0.0 { (((x - low) / bin).max(0.0) as usize).min(BINS - 1) } else { 0 }
}

/// Those of `rows` that are not among the `part` of `training` rows that are least likely; `rows` are those, or others.
pub fn trusted(dataset: &Dataset, training: &[u32], rows: &[u32], part: f64) -> Vec<u32> {
    let histograms = Histograms::of(dataset, training);
    let surprise = |&row: &u32| histograms.surprise(dataset, row);
    let mut sorted: Vec<f64> = training.iter().map(surprise).collect();
    sorted.sort_by(f64::total_cmp);
    let kept = (((1.0 - part) * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len());
    let most = sorted[kept - 1];
    rows.iter().copied().filter(|row| surprise(row) <= most).collect()
}
