//! Folders of pictures, each of the same size; subfolders are classes.

mod decode;
mod listing;
mod whole;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::decode::Picture;
use self::listing::Listing;
use super::draft::Draft;
use super::file::refuse_label;
use super::input::Input;
use super::{Layout, ReadOptions, Values};
use crate::error::{Error, Result};
use crate::memory;
use crate::wording::counted;

/// Reads the pictures of a folder in the order of their names.
pub(super) fn read_folder(folder: &Path, options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "a folder of pictures (its subfolders are the classes)")?;
    let Listing { files, classes, skipped } = Listing::of(folder)?;
    let name = folder.canonicalize().ok();
    let name = name.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let mut draft =
        read_files(&folder.display().to_string(), name.unwrap_or_else(|| "images".into()), &files, options)?;
    if let Some(classes) = classes {
        let labels: super::Labels = classes.into_iter().collect();
        draft = draft.note(format!("classes from {} subfolders", labels.classes.len())).with_labels(labels);
    }
    Ok(if skipped > 0 {
        draft.note(format!("{skipped} files that are no pictures were passed over"))
    } else {
        draft
    })
}

/// Reads a single picture: a table of one row.
pub(super) fn read_one(input: &Input, options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "a picture")?;
    match &input.path {
        Some(path) if !input.compressed && path.is_file() => {
            read_files(&input.name, input.stem(), std::slice::from_ref(path), options)
        }
        _ => Err(Error::failed(format!("{}: a picture from a pipe cannot be read", input.name))
            .help("write it to a file and name that")),
    }
}

/// Reads headers first, so that sizes are settled before any picture is decoded.
fn read_files(place: &str, stem: String, files: &[PathBuf], options: &ReadOptions) -> Result<Draft> {
    let pictures: Vec<Result<Picture>> = files.par_iter().map(|path| Picture::open(path)).collect();
    let pictures: Vec<Picture> = pictures.into_iter().collect::<Result<_>>()?;
    let (height, width) = match options.image_size {
        Some(size) => size,
        None => common_size(&pictures)?,
    };
    let coloured = pictures.iter().filter(|picture| picture.coloured).count();
    let channels = match options.expected.as_ref().map(|expected| expected.layout) {
        Some(Layout::Image { channels, .. }) => channels,
        _ if coloured > 0 => 3,
        _ => 1,
    };
    let layout = Layout::Image { height, width, channels, maximum: 255 };
    let size = height * width * channels;
    let largest = pictures.iter().map(|picture| picture.bytes((height, width))).max().unwrap_or(0);
    let total = memory::bytes::<u8>(&[size, files.len()]);
    let what = format!("{place}: {} of {height}×{width} pixels", counted(files.len(), "picture"));
    memory::ask(what, total.saturating_add(largest))
        .map_err(|error| error.help("give a smaller --image-size HxW, or fewer pictures"))?;
    // As many at a time as there is memory for beside the rows.
    let left = memory::available().map_or(u64::MAX, |there| there.saturating_sub(total));
    let at_once = (left / largest.max(1)).clamp(1, rayon::current_num_threads() as u64) as usize;
    let mut pixels = vec![0; total as usize];
    for (rows, pictures) in pixels.chunks_mut(size * at_once).zip(pictures.chunks(at_once)) {
        let decoded: Vec<Result<()>> = rows
            .par_chunks_exact_mut(size)
            .zip(pictures)
            .map(|(row, picture)| picture.decode_into(row, (height, width), channels))
            .collect();
        decoded.into_iter().collect::<Result<()>>()?;
    }
    let mut draft = Draft::images(stem, layout, Values::U8(pixels));
    draft.dataset.notes = notes(&pictures, options, channels, coloured);
    Ok(draft)
}

/// The size of all pictures, or an error that names two of different size.
fn common_size(pictures: &[Picture]) -> Result<(usize, usize)> {
    let first = &pictures[0];
    match pictures.iter().find(|picture| picture.size != first.size) {
        None => Ok(first.size),
        Some(other) => Err(Error::failed(format!(
            "pictures differ in size: '{}' has {}×{} pixels (height × width), '{}' has {}×{}",
            first.path.display(),
            first.size.0,
            first.size.1,
            other.path.display(),
            other.size.0,
            other.size.1
        ))
        .help(format!(
            "bring them all to one size with --image-size, such as {}x{}",
            first.size.0, first.size.1
        ))),
    }
}

/// What was done to the pictures.
fn notes(pictures: &[Picture], options: &ReadOptions, channels: usize, coloured: usize) -> Vec<String> {
    let count = |test: fn(&Picture) -> bool| pictures.iter().filter(|picture| test(picture)).count();
    let mut notes = Vec::new();
    let mut note = |count: usize, what: String| {
        if count > 0 {
            notes.push(format!("{count} of {} pictures {what}", pictures.len()));
        }
    };
    if let Some((height, width)) = options.image_size {
        let resized = pictures.iter().filter(|picture| picture.size != (height, width)).count();
        note(resized, format!("are resized to {height}×{width}"));
    }
    match channels {
        1 => note(coloured, "are in colour: read as grey".into()),
        _ => note(pictures.len() - coloured, "are grey: read as colour".into()),
    }
    note(count(|picture| picture.transparent), "have transparent parts: laid on white".into());
    note(count(|picture| picture.more), "are followed by others in their file: the first is read".into());
    note(count(|picture| picture.deep), "have more than 8 bits per channel: rounded to 8".into());
    notes
}

#[cfg(test)]
#[path = "images/tests.rs"]
mod tests;
