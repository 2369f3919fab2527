//! The NPY files of numpy, versions 1 to 3.
//!
//! `\x93NUMPY`, two bytes of version, the length of the header (2 bytes in version 1, else 4, little-endian), a
//! Python dictionary of type, order and shape, then the numbers (numpy's enhancement proposal 1).

mod header;
mod text;

use std::io::Read;

use self::header::Header;
use super::array::{Array, fill};
use super::draft::Draft;
use super::file::refuse_label;
use super::input::{Input, read_error};
use super::{Labels, ReadOptions};
use crate::error::{Error, Result};

/// More than any header of one array needs.
const LONGEST_HEADER: usize = 1 << 16;

/// Reads one array.
pub(super) fn read(mut input: Input, options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "an NPY file")?;
    read_array(&input.name, &mut input.reader)?.into_draft(&input.name, input.stem(), options)
}

/// Reads an array of numbers.
pub(super) fn read_array(name: &str, reader: &mut dyn Read) -> Result<Array> {
    let Header { descr, fortran, shape } = read_header(name, reader)?;
    match header::element(&descr) {
        Ok(element) => Array::read(name, reader, element, shape, fortran),
        Err(what) => Err(Error::failed(format!("{name}: holds {what} (type '{descr}'), not plain numbers"))
            .help("save it as numbers: numpy.save(path, x.astype('float32'))")),
    }
}

/// Reads one label per row: numbers or short texts.
pub(super) fn read_labels(name: &str, reader: &mut dyn Read) -> Result<Labels> {
    let Header { descr, fortran, shape } = read_header(name, reader)?;
    if let Some(spelling) = text::Spelling::of(&descr) {
        return text::read(name, reader, spelling, &shape);
    }
    match header::element(&descr) {
        Ok(element) => Array::read(name, reader, element, shape, fortran)?.into_labels(name),
        Err(what) => Err(Error::failed(format!("{name}: holds {what} (type '{descr}'), not labels"))
            .help("save the labels as integers or as text of fixed length: y.astype(str)")),
    }
}

fn read_header(name: &str, reader: &mut dyn Read) -> Result<Header> {
    let mut take = |count: usize| -> Result<Vec<u8>> {
        let mut bytes = vec![0; count];
        match fill(reader, &mut bytes) {
            Ok(got) if got == count => Ok(bytes),
            Ok(_) => Err(Error::failed(format!("{name}: ends within its NPY header"))
                .help("the file is damaged or cut short: get it again")),
            Err(error) => Err(read_error(name, &error)),
        }
    };
    let start = take(8)?;
    if !start.starts_with(b"\x93NUMPY") {
        return Err(Error::failed(format!("{name}: does not begin like an NPY file")));
    }
    let length = match start[6] {
        1 => take(2)?,
        2 | 3 => take(4)?,
        version => {
            return Err(Error::failed(format!("{name}: NPY version {version}; versions 1 to 3 are known")));
        }
    };
    let length = length.iter().rev().fold(0, |length, byte| length << 8 | usize::from(*byte));
    if length > LONGEST_HEADER {
        return Err(Error::failed(format!(
            "{name}: the NPY header claims {length} bytes; at most {LONGEST_HEADER} are expected"
        ))
        .help("the file is damaged: get it again"));
    }
    let bytes = take(length)?;
    let text = std::str::from_utf8(&bytes).ok();
    text.ok_or_else(|| "it is no text".to_owned())
        .and_then(header::parse)
        .map_err(|what| Error::failed(format!("{name}: the NPY header is damaged: {what}")))
}

#[cfg(test)]
#[path = "npy/tests.rs"]
mod tests;
