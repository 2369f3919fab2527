//! Chooses the reader of a path or stream.

use std::path::Path;

use super::draft::Draft;
use super::input::Input;
use super::kind::Kind;
use super::{ReadOptions, csv, idx, images, jsonl, mnist, npy, npz, parquet};
use crate::error::{Error, Result};

/// Reads a file or a folder.
pub(super) fn read_path(path: &Path, options: &ReadOptions) -> Result<Draft> {
    if path.is_dir() {
        refuse_array(options, "a folder")?;
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
    let name = input.name.clone();
    if kind != Kind::Npz {
        refuse_array(options, kind.words())?;
    }
    let draft = match kind {
        Kind::Csv => csv::read(input, options),
        Kind::Jsonl => jsonl::read(input, options),
        Kind::Npy => npy::read(input, options),
        Kind::Idx => idx::read(input, options),
        Kind::Npz => npz::read(input, options),
        Kind::Parquet => parquet::read(input, options),
        Kind::Picture => images::read_one(&input, options),
    }?;
    let draft = match kind {
        Kind::Csv | Kind::Jsonl | Kind::Parquet => draft,
        Kind::Npy | Kind::Npz | Kind::Idx | Kind::Picture => draft.without(&name, options)?,
    };
    Ok(match surprise {
        Some(line) => draft.note(line),
        None => draft,
    })
}

/// Refuses `--array` for a source that has one array, or none.
fn refuse_array(options: &ReadOptions, source: &str) -> Result<()> {
    match &options.array {
        Some(array) if options.expected.is_none() => {
            Err(Error::usage(format!("--array {array}: {source} has no named arrays, an NPZ archive has")))
        }
        _ => Ok(()),
    }
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
