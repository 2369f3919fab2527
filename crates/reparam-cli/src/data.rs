//! What the command reads: one table of numbers with named columns, whatever file it came from.
//!
//! A [`Source`] is recognised by its content; its reader makes a draft in which missing cells are NaN; what is
//! the same for all sources (missing cells, columns at encode time, empty tables) is settled here, once.

mod align;
mod array;
mod csv;
mod digits;
mod draft;
mod element;
mod fetch;
mod file;
mod idx;
mod images;
mod input;
mod jsonl;
mod kind;
mod labels;
mod mnist;
mod npy;
mod npz;
mod options;
mod parquet;
mod selection;
mod source;
mod summary;
mod values;

#[cfg(test)]
mod damage_tests;

pub use align::align;
pub use mnist::hexadecimal;
pub use options::{Expected, Header, Missing, ReadOptions};
pub use source::Source;
pub use summary::ColumnKind;

use crate::error::{Error, Result};

/// Reads `source`, settles its missing cells and, at encode time, brings its columns into the model's order.
///
/// Fails with a message that names the file, the place and the way out; never panics on what it reads.
pub fn load(source: &Source, options: &ReadOptions) -> Result<Dataset> {
    let draft = match source {
        Source::Digits => digits::read(options)?,
        Source::Mnist => mnist::read(options)?,
        Source::Stdin => file::read(input::Input::stdin()?, options)?,
        Source::Path(path) => file::read_path(path, options)?,
    };
    let mut dataset = draft.settle(options.missing)?;
    check_size(&dataset, options)?;
    if options.expected.is_none() {
        let counting = dataset.counting_columns();
        dataset.notes.extend(
            counting
                .iter()
                .map(|name| format!("column '{name}' counts the rows: --exclude '{name}' leaves it out")),
        );
    }
    match &options.expected {
        Some(expected) => align(dataset, expected),
        None => Ok(dataset),
    }
}

/// Only pictures of a folder are resized; to leave another source as it is without a word would surprise.
fn check_size(dataset: &Dataset, options: &ReadOptions) -> Result<()> {
    let Some((height, width)) = options.image_size.filter(|_| options.expected.is_none()) else {
        return Ok(());
    };
    match dataset.layout {
        Layout::Image { height: h, width: w, .. } if (h, w) == (height, width) => Ok(()),
        _ => Err(Error::usage(format!(
            "--image-size {height}x{width}: {} is no folder of pictures",
            dataset.name
        ))
        .help("leave --image-size out: rows of other sources keep their form")),
    }
}

/// Rows of numbers as they stand in the source, before any scaling.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// A short name for the run folder and the report: `digits`, `mnist`, the file's stem.
    pub name: String,
    /// One name per column; `pixel_0`… or `x0`… where the source has none.
    pub columns: Vec<String>,
    /// `rows × columns.len()` numbers, row-major.
    pub values: Values,
    /// The class of each row, kept aside: never seen by the model.
    pub labels: Option<Labels>,
    /// Whether a row is a picture.
    pub layout: Layout,
    /// Rows from this one on are the source's own test set (MNIST's 10,000); `None` where it has none.
    pub test_from: Option<usize>,
    /// For each row, its place among the source's rows, counted from 0; `None` where no row was dropped.
    pub kept: Option<Vec<usize>>,
    /// What the reader decided, a line each, for the user: types seen, rows dropped and why.
    pub notes: Vec<String>,
}

/// The numbers of a data set in the narrowest type that holds them exactly.
#[derive(Clone, Debug)]
pub enum Values {
    /// Grey levels and other bytes.
    U8(Vec<u8>),
    /// Single precision sources.
    F32(Vec<f32>),
    /// Everything else.
    F64(Vec<f64>),
}

/// What a row looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Layout {
    /// Columns with meanings of their own.
    Table,
    /// Pixels in row-major order, channels last; values 0 to `maximum`.
    Image {
        /// Pixel rows.
        height: usize,
        /// Pixel columns.
        width: usize,
        /// 1 (grey) or 3 (red, green, blue).
        channels: usize,
        /// The value of white: 255 for bytes, 16 for the embedded digits.
        maximum: u32,
    },
}

/// Classes of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The spellings, sorted (numerically where all are numbers).
    pub classes: Vec<String>,
    /// For each row, an index into `classes`.
    pub of_row: Vec<u32>,
}

impl Values {
    /// How many numbers there are.
    pub fn len(&self) -> usize {
        match self {
            Self::U8(v) => v.len(),
            Self::F32(v) => v.len(),
            Self::F64(v) => v.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number `index` as a double, exactly.
    pub fn at(&self, index: usize) -> f64 {
        match self {
            Self::U8(v) => v[index].into(),
            Self::F32(v) => v[index].into(),
            Self::F64(v) => v[index],
        }
    }
}

impl Dataset {
    /// The columns that hold nothing but the numbers of the rows, from 0 or from 1, as an index does.
    fn counting_columns(&self) -> Vec<String> {
        let (rows, width) = (self.rows(), self.columns.len());
        let place = |row: usize| self.kept.as_ref().map_or(row, |kept| kept[row]) as f64;
        let counts = |column: &usize| {
            let from = self.values.at(*column) - place(0);
            let all = || (1..rows).all(|row| self.values.at(row * width + column) - place(row) == from);
            matches!(from, 0.0 | 1.0) && all()
        };
        // Of two or three rows any column may be in order by chance.
        if self.layout != Layout::Table || rows < 4 {
            return Vec::new();
        }
        (0..width).filter(counts).map(|column| self.columns[column].clone()).collect()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns.len().max(1)
    }
}
