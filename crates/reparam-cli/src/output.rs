//! What the command writes: tables and grids of pictures, to a file or to standard output.

mod blocks;
mod json;
mod npy;
mod parquet;
mod picture;
mod stream;
mod text;

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;

pub use blocks::write_blocks;
pub use picture::{grid_bytes, grid_png_bytes, write_image_grid};
pub use stream::{Precision, Shape, write_stream};

use crate::atomic::{self, Sink};
use crate::data::Layout;
use crate::error::{Error, Result};

/// Columns with names, all of one length.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Name and cells of each column.
    pub columns: Vec<(String, ColumnData)>,
}

/// The cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnData {
    /// Single precision, written with as many digits as give the same number back.
    F32(Vec<f32>),
    /// Double precision, written likewise.
    F64(Vec<f64>),
    /// Whole numbers.
    I64(Vec<i64>),
    /// Text.
    Text(Vec<String>),
}

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputTarget {
    /// Standard output.
    Stdout,
    /// A file, which appears whole or not at all.
    File(PathBuf),
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated text with a header.
    Csv,
    /// Tab-separated text with a header.
    Tsv,
    /// One matrix for numpy of all columns, without their names.
    Npy,
    /// Apache Parquet.
    Parquet,
    /// One JSON object per line.
    Jsonl,
    /// One JSON array of objects.
    Json,
    /// Pictures side by side.
    Png,
}

impl Format {
    /// All formats with the extension that stands for each.
    pub const ALL: [(&'static str, Self); 7] = [
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("npy", Self::Npy),
        ("parquet", Self::Parquet),
        ("jsonl", Self::Jsonl),
        ("json", Self::Json),
        ("png", Self::Png),
    ];

    /// The format that an extension, or the value of `--format`, stands for.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, format)| format)
    }

    /// The format for `target`: as asked for, else by the extension, else CSV on standard output.
    pub fn choose(target: &OutputTarget, asked: Option<Self>) -> Result<Self> {
        let (None, OutputTarget::File(path)) = (asked, target) else { return Ok(asked.unwrap_or(Self::Csv)) };
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned());
        let known: Vec<_> = Self::ALL.iter().map(|(name, _)| format!(".{name}")).collect();
        extension.as_deref().and_then(Self::named).ok_or_else(|| {
            Error::usage(format!("'{}': the extension says no known format", path.display()))
                .help(format!("known are {}", known.join(", ")))
        })
    }
}

impl OutputTarget {
    /// [`OutputTarget::parse`] for the command line: an extension that says no format is refused at once.
    pub fn argument(text: OsString) -> std::result::Result<Self, String> {
        let target = Self::parse(&text);
        match Format::choose(&target, None) {
            Ok(_) => Ok(target),
            Err(Error { message, help, .. }) => Err(format!("{message}; {}", help.unwrap_or_default())),
        }
    }

    /// Refuses pictures where rows of `layout` are none; asked before the work is done.
    pub fn check(&self, layout: Layout) -> Result<()> {
        match Format::choose(self, None)? {
            Format::Png if layout == Layout::Table => Err(no_picture()),
            _ => Ok(()),
        }
    }

    /// `-` is standard output, anything else a path.
    pub fn parse(text: impl AsRef<OsStr>) -> Self {
        let text = text.as_ref();
        if text == "-" { Self::Stdout } else { Self::File(text.into()) }
    }

    /// Refuses to write over a file that is read.
    ///
    /// # Errors
    ///
    /// Where the target is one of `inputs`, by whatever name; with exit code 2.
    pub fn spare(&self, inputs: &[PathBuf]) -> Result<()> {
        let Self::File(path) = self else { return Ok(()) };
        let Ok(target) = path.canonicalize() else { return Ok(()) };
        match inputs.iter().find(|input| input.canonicalize().is_ok_and(|input| input == target)) {
            Some(_) => Err(Error::usage(format!("-o {}: this is a file that is read", path.display()))
                .help("give another name: it would be lost")),
            None => Ok(()),
        }
    }

    /// Writes bytes to the target; a reader that leaves early (`| head`) ends the command without a word.
    pub fn write(&self, fill: impl FnOnce(&mut Sink) -> io::Result<()>) -> Result<()> {
        match self {
            Self::File(path) => atomic::write(path, fill),
            Self::Stdout => {
                let mut pipe = io::BufWriter::with_capacity(1 << 16, io::stdout());
                let written = fill(&mut pipe).and_then(|()| io::Write::flush(&mut pipe));
                written.map_err(|error| Error::stdout(&error))
            }
        }
    }
}

impl ColumnData {
    /// How many cells there are.
    #[allow(clippy::len_without_is_empty)] // Nobody asks.
    pub fn len(&self) -> usize {
        match self {
            Self::F32(cells) => cells.len(),
            Self::F64(cells) => cells.len(),
            Self::I64(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
        }
    }
}

impl Table {
    /// Adds a column.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, cells: ColumnData) -> Self {
        self.columns.push((name.into(), cells));
        self
    }

    /// How many rows there are.
    ///
    /// Panics where the columns differ in length.
    pub fn rows(&self) -> usize {
        let rows = self.columns.first().map_or(0, |(_, cells)| cells.len());
        for (name, cells) in &self.columns {
            assert_eq!(cells.len(), rows, "column '{name}' must be as long as the first");
        }
        rows
    }
}

/// Writes a table in the format that was asked for, or that the extension stands for.
pub fn write_table(target: &OutputTarget, format: Option<Format>, table: &Table) -> Result<()> {
    match Format::choose(target, format)? {
        Format::Csv => target.write(|sink| text::write(sink, b',', table)),
        Format::Tsv => target.write(|sink| text::write(sink, b'\t', table)),
        Format::Jsonl => target.write(|sink| json::write_lines(sink, table)),
        Format::Json => target.write(|sink| json::write_array(sink, table)),
        Format::Parquet => {
            let batch = parquet::batch(table)?;
            target.write(|sink| parquet::write(sink, &batch))
        }
        Format::Npy => {
            let descr = npy::descr(table)?;
            target.write(|sink| {
                npy::write_header(sink, descr, &format!("{}, {}", table.rows(), table.columns.len()))?;
                npy::write_rows(sink, descr, table)
            })
        }
        Format::Png => Err(no_picture()),
    }
}

fn no_picture() -> Error {
    Error::usage("PNG is for pictures, and these rows are a table")
        .help("choose .csv, .tsv, .npy, .parquet, .jsonl or .json")
}

#[cfg(test)]
#[path = "output/tests.rs"]
mod tests;
