//! Chooses the reader of a path or stream.

use std::path::Path;

use super::draft::Draft;
use super::input::Input;
use super::kind::Kind;
use super::{ReadOptions, csv, idx, images, mnist, npy, npz, parquet};
use crate::error::{Error, Result};

/// Reads a file or a folder.
pub(super) fn read_path(path: &Path, options: &ReadOptions) -> Result<Draft> {
    if path.is_dir() {
        return if mnist::is_folder(path) {
            mnist::read_folder(path, options)
        } else {
            images::read_folder(path, options)
        };
    }
    read(Input::open(path)?, options)
}

/// Reads a stream, whatever it holds.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Draft> {
    let (kind, surprise) = Kind::of(&input)?;
    let draft = match kind {
        Kind::Csv => csv::read(input, options),
        Kind::Npy => npy::read(input, options),
        Kind::Idx => idx::read(input, options),
        Kind::Npz => npz::read(input, options),
        Kind::Parquet => parquet::read(input, options),
        Kind::Picture => images::read_one(&input, options),
    }?;
    Ok(match surprise {
        Some(line) => draft.note(line),
        None => draft,
    })
}

/// Refuses `--label` for a source whose classes are where they are.
pub(super) fn refuse_label(options: &ReadOptions, source: &str) -> Result<()> {
    match &options.label {
        Some(label) if options.expected.is_none() => Err(Error::usage(format!(
            "--label {label}: {source} has no named columns; \
             --label takes a column of a CSV or Parquet file or an array of an NPZ file"
        ))),
        _ => Ok(()),
    }
}
