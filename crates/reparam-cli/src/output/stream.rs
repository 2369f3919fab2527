//! Rows of numbers that are written as they are made, so that there may be more than memory holds.

use std::io;

use clap::ValueEnum;

use super::{ColumnData, Format, OutputTarget, Table, json, npy, parquet, text};
use crate::atomic::Sink;
use crate::error::{Error, Result};

/// How numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Precision {
    /// 32 bits
    F32,
    /// 64 bits
    F64,
}

/// The numbers to come.
#[derive(Clone, Debug)]
pub struct Shape {
    /// How many rows.
    pub rows: u64,
    /// The axes of a row: none for single numbers, one for vectors, two for matrices.
    pub event: Vec<usize>,
    /// How they are stored.
    pub precision: Precision,
}

impl Shape {
    /// Numbers per row.
    pub fn width(&self) -> usize {
        self.event.iter().product()
    }

    /// A table of these rows: the column `z`, or `z0`, `z1`, …, or `z0_0`, `z0_1`, …
    fn table(&self, values: &[f64]) -> Table {
        let width = self.width();
        let cells = |column: usize| {
            let cells = values.iter().skip(column).step_by(width);
            match self.precision {
                Precision::F32 => ColumnData::F32(cells.map(|x| single(*x)).collect()),
                Precision::F64 => ColumnData::F64(cells.copied().collect()),
            }
        };
        let name = |column: usize| match self.event.as_slice() {
            [] => "z".to_owned(),
            [_] => format!("z{column}"),
            [.., columns] => format!("z{}_{}", column / columns, column % columns),
        };
        Table { columns: (0..width).map(|column| (name(column), cells(column))).collect() }
    }
}

/// Writes rows as `next` makes them: it clears and fills a buffer with whole rows, and leaves it empty at the end.
///
/// Without a target the rows are tab-separated text on standard output, without a header.
///
/// # Errors
///
/// A format that holds no such rows; what `next` or the target fails with.
pub fn write_stream(
    target: Option<&OutputTarget>,
    shape: &Shape,
    mut next: impl FnMut(&mut Vec<f64>) -> io::Result<()>,
) -> Result<()> {
    let format = target.map(|target| Format::choose(target, None)).transpose()?;
    if let Some(Format::Png | Format::Json) = format {
        return Err(Error::usage("draws are not written in this format")
            .help("choose .npy, .csv, .tsv, .parquet or .jsonl"));
    }
    let like = parquet::batch(&shape.table(&[]))?;
    target.unwrap_or(&OutputTarget::Stdout).write(|sink| {
        let mut parts = match format {
            Some(Format::Parquet) => {
                let mut parts = parquet::Parts::new(sink, &like)?;
                each(&mut next, |values| {
                    let batch = parquet::batch(&shape.table(values)).map_err(io::Error::other)?;
                    parts.write(&batch)
                })?;
                return parts.close();
            }
            format => Plain { sink, shape, format },
        };
        parts.begin()?;
        each(&mut next, |values| parts.write(values))
    })
}

/// Hands over one filled buffer after another.
fn each(
    next: &mut impl FnMut(&mut Vec<f64>) -> io::Result<()>,
    mut write: impl FnMut(&[f64]) -> io::Result<()>,
) -> io::Result<()> {
    let mut values = Vec::new();
    loop {
        next(&mut values)?;
        if values.is_empty() {
            return Ok(());
        }
        write(&values)?;
    }
}

/// A format whose rows follow each other.
struct Plain<'s, 'a> {
    sink: &'s mut Sink<'a>,
    shape: &'s Shape,
    format: Option<Format>,
}

impl Plain<'_, '_> {
    fn begin(&mut self) -> io::Result<()> {
        let nothing = self.shape.table(&[]);
        match self.format {
            Some(Format::Npy) => {
                let descr = if self.shape.precision == Precision::F32 { "<f4" } else { "<f8" };
                let mut axes = vec![self.shape.rows.to_string()];
                axes.extend(self.shape.event.iter().map(usize::to_string));
                let comma = if axes.len() == 1 { "," } else { "" };
                npy::write_header(self.sink, descr, &format!("{}{comma}", axes.join(", ")))
            }
            Some(Format::Csv) => text::write(self.sink, b',', &nothing),
            Some(Format::Tsv) => text::write(self.sink, b'\t', &nothing),
            _ => Ok(()),
        }
    }

    fn write(&mut self, values: &[f64]) -> io::Result<()> {
        match self.format {
            Some(Format::Npy) => values.iter().try_for_each(|x| match self.shape.precision {
                Precision::F32 => self.sink.write_all(&single(*x).to_le_bytes()),
                Precision::F64 => self.sink.write_all(&x.to_le_bytes()),
            }),
            Some(Format::Csv) => text::write_rows(self.sink, b',', &self.shape.table(values)),
            Some(Format::Jsonl) => json::write_lines(self.sink, &self.shape.table(values)),
            _ => text::write_rows(self.sink, b'\t', &self.shape.table(values)),
        }
    }
}

/// The number in 32 bits; what is finite stays finite.
fn single(x: f64) -> f32 {
    if x.is_finite() { (x as f32).clamp(f32::MIN, f32::MAX) } else { x as f32 }
}
