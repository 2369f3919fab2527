//! Labels as text of fixed length.

use std::io::Read;

use crate::data::Labels;
use crate::data::array::fill;
use crate::data::input::read_error;
use crate::data::labels::LabelBuilder;
use crate::error::{Error, Result};

/// The longest label that is read, in characters.
const LONGEST: usize = 4096;

/// How text stands in an array.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling {
    /// So many bytes.
    Bytes(usize),
    /// So many code points of four bytes.
    CodePoints { count: usize, big_endian: bool },
}

impl Spelling {
    /// The spelling of a type such as `<U5` or `|S3`, if it is text.
    pub(super) fn of(descr: &str) -> Option<Self> {
        let size = |digits: &str| digits.parse().ok().filter(|size| *size <= LONGEST);
        if let Some(digits) = descr.strip_prefix("|S") {
            return size(digits).map(Self::Bytes);
        }
        let big_endian = descr.starts_with('>');
        let digits = descr.strip_prefix(['<', '>'])?.strip_prefix('U')?;
        size(digits).map(|count| Self::CodePoints { count, big_endian })
    }

    fn width(self) -> usize {
        match self {
            Self::Bytes(count) => count,
            Self::CodePoints { count, .. } => 4 * count,
        }
    }

    fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = match self {
            Self::Bytes(_) => String::from_utf8(bytes.to_vec()).ok()?,
            Self::CodePoints { big_endian, .. } => bytes
                .chunks_exact(4)
                .map(|point| {
                    let point = [point[0], point[1], point[2], point[3]];
                    char::from_u32(if big_endian {
                        u32::from_be_bytes(point)
                    } else {
                        u32::from_le_bytes(point)
                    })
                })
                .collect::<Option<String>>()?,
        };
        Some(text.trim_end_matches('\0').to_owned())
    }
}

/// Reads one label per row.
pub(super) fn read(name: &str, reader: &mut dyn Read, spelling: Spelling, shape: &[usize]) -> Result<Labels> {
    let ([rows] | [rows, 1]) = *shape else {
        return Err(Error::failed(format!("{name}: labels have shape {shape:?}; one per row is expected")));
    };
    let mut labels = LabelBuilder::default();
    let mut bytes = vec![0; spelling.width()];
    for row in 0..rows {
        let got = fill(reader, &mut bytes).map_err(|error| read_error(name, &error))?;
        // Text without characters takes no bytes: nothing would end the loop but the claimed number of rows.
        if got < bytes.len() || bytes.is_empty() {
            return Err(Error::failed(format!("{name}: ends after {row} of {rows} labels")));
        }
        let label = spelling.decode(&bytes);
        labels.push(&label.ok_or_else(|| Error::failed(format!("{name}: label {row} is no text")))?);
    }
    Ok(labels.finish())
}
