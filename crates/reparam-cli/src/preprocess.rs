//! Between the user's numbers and the network's: which columns it sees, and on what scale.

use serde::{Deserialize, Serialize};

use crate::config::Likelihood;
use crate::data::{ColumnKind, Dataset, Expected, Layout, Values};
use crate::error::{Error, Result};

/// How rows become inputs of the network, and its outputs rows again. Part of the model file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preprocess {
    /// What a row looks like.
    pub layout: Layout,
    /// The columns of the source, in its order.
    pub columns: Vec<Column>,
}

/// One column of the source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its numbers had in common; a constant column of a table is kept from the network.
    pub kind: ColumnKind,
    /// The smallest number seen.
    pub min: f64,
    /// The largest number seen.
    pub max: f64,
    /// The network sees (x − shift) / scale.
    pub shift: f64,
    /// See `shift`.
    pub scale: f64,
    /// Digits after the point that all its numbers keep to, where they are few.
    #[serde(default)]
    pub decimals: Option<u8>,
}

/// Numbers of more digits after the point are taken as they come.
const MOST_DECIMALS: u8 = 4;

/// The digits after the point that all of `values` keep to.
fn decimals(values: impl Iterator<Item = f64> + Clone) -> Option<u8> {
    let keeps = |places: u8| {
        let unit = 10f64.powi(i32::from(places));
        values.clone().all(|x| {
            let scaled = x * unit;
            (scaled - scaled.round()).abs() <= 1e-9 && scaled.abs() < 1e6
        })
    };
    (1..=MOST_DECIMALS).find(|&places| keeps(places))
}

impl Column {
    /// To a millionth of the scale: the network computes in single precision, and further digits are noise.
    fn rounded(&self, value: f64) -> f64 {
        let unit = 10f64.powf(6.0 - self.scale.log10().floor());
        let rounded = (value * unit).round() / unit;
        if rounded.is_finite() { rounded } else { value }
    }
}

impl Preprocess {
    /// Fits scales to the `training` rows: pictures are divided by their white, columns under a Bernoulli likelihood
    /// left alone, other columns brought to mean 0 and standard deviation 1.
    ///
    /// # Errors
    ///
    /// Where a column does not suit the likelihood, is too large to square, or where every column is constant.
    pub fn fit(dataset: &Dataset, training: &[u32], likelihood: Likelihood) -> Result<Self> {
        let mut columns = Vec::with_capacity(dataset.columns.len());
        let moments = Moments::of(dataset, training);
        for (summary, moments) in dataset.summaries().into_iter().zip(moments) {
            let (shift, scale) = match (dataset.layout, likelihood) {
                (Layout::Image { maximum, .. }, _) => (0.0, f64::from(maximum)),
                (Layout::Table, Likelihood::Bernoulli) => (0.0, 1.0),
                (Layout::Table, Likelihood::Gaussian) => (moments.mean, moments.deviation()),
            };
            if !(shift.is_finite() && scale.is_finite()) {
                return Err(Error::failed(format!(
                    "column '{}' holds numbers up to {:e}, too large to be squared",
                    summary.name,
                    summary.max.abs().max(summary.min.abs())
                ))
                .help("divide the column by a power of ten first"));
            }
            let scale = if scale > 0.0 { scale } else { 1.0 };
            let place = columns.len();
            let decimals = match (&dataset.values, summary.kind) {
                (Values::F64(values), ColumnKind::Real) => {
                    decimals(values.iter().skip(place).step_by(dataset.columns.len()).copied())
                }
                _ => None,
            };
            columns.push(Column {
                name: summary.name,
                kind: summary.kind,
                min: summary.min,
                max: summary.max,
                shift,
                scale,
                decimals,
            });
        }
        let fitted = Self { layout: dataset.layout, columns };
        fitted.check_support(dataset, likelihood)?;
        if fitted.width() == 0 {
            return Err(Error::failed(format!(
                "{}: every column is constant; there is nothing to learn",
                dataset.name
            )));
        }
        Ok(fitted)
    }

    /// Bernoulli variables lie between 0 and 1 once scaled; in new rows as in those that were learned from.
    ///
    /// # Errors
    ///
    /// Names the first number outside, its column and row.
    pub fn check_support(&self, dataset: &Dataset, likelihood: Likelihood) -> Result<()> {
        if likelihood != Likelihood::Bernoulli {
            return Ok(());
        }
        let width = self.columns.len();
        let white = |index: usize| self.columns[index % width].scale;
        let outside = |index: &usize| !(0.0..=white(*index)).contains(&dataset.values.at(*index));
        let Some(index) = (0..dataset.values.len()).find(outside) else { return Ok(()) };
        let row = dataset.kept.as_ref().map_or(index / width, |kept| kept[index / width]);
        Err(Error::failed(format!(
            "{}: column '{}' holds {} in row {row} (counted from 0); a Bernoulli likelihood takes numbers from 0 to {}",
            dataset.name,
            self.columns[index % width].name,
            dataset.values.at(index),
            white(index)
        ))
        .help("scale the column, or train with --likelihood gaussian"))
    }

    /// The columns the network sees, in order: all of a picture's, a table's unless constant.
    pub fn seen(&self) -> impl Iterator<Item = (usize, &Column)> {
        let all = self.layout != Layout::Table;
        self.columns.iter().enumerate().filter(move |(_, column)| all || column.kind != ColumnKind::Constant)
    }

    /// How many columns the network sees.
    pub fn width(&self) -> usize {
        self.seen().count()
    }

    /// The names of the columns kept from the network.
    pub fn constant(&self) -> Vec<&str> {
        let seen: Vec<usize> = self.seen().map(|(place, _)| place).collect();
        let unseen = self.columns.iter().enumerate().filter(|(place, _)| seen.binary_search(place).is_err());
        unseen.map(|(_, column)| column.name.as_str()).collect()
    }

    /// What data for this model must look like.
    pub fn expected(&self) -> Expected {
        let columns = self.columns.iter().map(|column| column.name.clone()).collect();
        Expected { columns, layout: self.layout }
    }

    /// The network's inputs for `rows`, `rows.len() × width`, row-major.
    pub fn inputs(&self, dataset: &Dataset, rows: &[u32]) -> Vec<f32> {
        let seen: Vec<(usize, f64, f64)> = self.seen().map(|(place, c)| (place, c.shift, c.scale)).collect();
        let width = self.columns.len();
        match &dataset.values {
            Values::U8(values) => scaled(values, width, rows, &seen),
            Values::F32(values) => scaled(values, width, rows, &seen),
            Values::F64(values) => scaled(values, width, rows, &seen),
        }
    }

    /// How many nats a row of `dataset` is less likely than what the network sees of it: by the slope of a standard
    /// normal's log-density where numbers are cut off, in a table of real numbers. Never infinite.
    pub fn beyond(&self, dataset: &Dataset, row: u32) -> f64 {
        let start = row as usize * self.columns.len();
        let beyond = |(place, column): (usize, &Column)| {
            let x = (dataset.values.at(start + place) - column.shift) / column.scale;
            FURTHEST * (x.abs() - FURTHEST).max(0.0)
        };
        self.seen().map(beyond).sum::<f64>().min(0.5 * f64::MAX)
    }

    /// Outputs of the network on the user's scale, every column of the source in its place.
    pub fn restore(&self, outputs: &[f32]) -> Vec<f64> {
        let seen: Vec<(usize, &Column)> = self.seen().collect();
        let constants: Vec<f64> = self.columns.iter().map(|column| column.min).collect();
        let mut rows = Vec::with_capacity(outputs.len() / seen.len().max(1) * self.columns.len());
        for output in outputs.chunks_exact(seen.len()) {
            let start = rows.len();
            rows.extend_from_slice(&constants);
            for ((place, column), value) in seen.iter().zip(output) {
                rows[start + place] = column.rounded(f64::from(*value) * column.scale + column.shift);
            }
        }
        rows
    }

    /// Drawn rows as the source would have had them: whole numbers where it had whole numbers, as few decimals as it
    /// had, within its range.
    pub fn as_seen(&self, rows: &mut [f64]) {
        for row in rows.chunks_exact_mut(self.columns.len()) {
            for (value, column) in row.iter_mut().zip(&self.columns) {
                let whole = matches!(column.kind, ColumnKind::Integer | ColumnKind::Binary);
                let unit = 10f64.powi(column.decimals.map_or(0, i32::from));
                let rounded =
                    if whole || column.decimals.is_some() { (*value * unit).round() / unit } else { *value };
                *value = rounded.clamp(column.min, column.max);
            }
        }
    }
}

/// The network sees no number further from 0 than this: squares and exponentials of more overflow single precision.
/// Of n training rows none lies further than √n standard deviations from the mean.
const FURTHEST: f64 = 1e4;

/// (x − shift) / scale of the seen columns; divided, not multiplied by the inverse, so that white is exactly 1.
fn scaled<T: Copy + Into<f64>>(
    values: &[T],
    width: usize,
    rows: &[u32],
    seen: &[(usize, f64, f64)],
) -> Vec<f32> {
    let mut inputs = Vec::with_capacity(rows.len() * seen.len());
    for &row in rows {
        let row = &values[row as usize * width..][..width];
        let scaled = seen.iter().map(|&(place, shift, scale)| (row[place].into() - shift) / scale);
        inputs.extend(scaled.map(|x| x.clamp(-FURTHEST, FURTHEST) as f32));
    }
    inputs
}

/// Mean and sum of squared deviations of a column, by Welford's recurrence.
#[derive(Clone, Copy, Default)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn of(dataset: &Dataset, rows: &[u32]) -> Vec<Self> {
        let width = dataset.columns.len();
        let mut moments = vec![Self::default(); width];
        for &row in rows {
            for (place, moments) in moments.iter_mut().enumerate() {
                moments.add(dataset.values.at(row as usize * width + place));
            }
        }
        moments
    }

    fn add(&mut self, x: f64) {
        self.count += 1.0;
        let before = x - self.mean;
        self.mean += before / self.count;
        self.squares += before * (x - self.mean);
    }

    fn deviation(&self) -> f64 {
        (self.squares / self.count).sqrt()
    }
}

#[cfg(test)]
mod tests;
