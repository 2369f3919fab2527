//! What kind of file an input is, by its content first and its name second.

use super::input::Input;
use crate::error::{Error, Result};

/// The kinds of file that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text: comma-, tab-, semicolon- or blank-separated.
    Csv,
    /// One array of numpy's.
    Npy,
    /// A zip archive of such arrays.
    Npz,
    /// JSON lines, or one array of objects.
    Jsonl,
    /// Apache Parquet.
    Parquet,
    /// The array format of MNIST.
    Idx,
    /// PNG, JPEG, WebP, BMP, GIF or TIFF.
    Picture,
}

/// The first bytes of what can be read.
const KNOWN: [(&[u8], Kind); 11] = [
    (b"\x93NUMPY", Kind::Npy),
    (b"PK\x03\x04", Kind::Npz),
    (b"PK\x05\x06", Kind::Npz),
    (b"PAR1", Kind::Parquet),
    (b"\x89PNG\r\n\x1a\n", Kind::Picture),
    (b"\xff\xd8\xff", Kind::Picture),
    (b"RIFF", Kind::Picture),
    (b"BM", Kind::Picture),
    (b"GIF8", Kind::Picture),
    (b"II*\0", Kind::Picture),
    (b"MM\0*", Kind::Picture),
];

/// The first bytes of well-known files that cannot be read, and how to bring them into a kind that can.
const FOREIGN: [(&[u8], &str, &str); 8] = [
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file", "save the array with numpy.save"),
    (b"\x80\x04\x95", "a Python pickle", "save the array with numpy.save"),
    (b"\x80\x05\x95", "a Python pickle", "save the array with numpy.save"),
    (b"ARROW1", "an Arrow (Feather) file", "save the table as Parquet"),
    (b"SQLite format 3\0", "an SQLite database", "export the table as CSV"),
    (b"\x28\xb5\x2f\xfd", "a zstd stream", "decompress it first, or use gzip"),
    (b"BZh", "a bzip2 stream", "decompress it first, or use gzip"),
    (b"\xfd7zXZ\0", "an xz stream", "decompress it first, or use gzip"),
];

impl Kind {
    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Csv => "a text table",
            Self::Npy => "an NPY file",
            Self::Npz => "an NPZ archive",
            Self::Jsonl => "JSON lines",
            Self::Parquet => "a Parquet file",
            Self::Idx => "an IDX file",
            Self::Picture => "a picture",
        }
    }

    /// The kind of `input`, with a line for the user where its name says something else.
    pub(super) fn of(input: &Input) -> Result<(Self, Option<String>)> {
        let name = &input.name;
        if input.head.is_empty() {
            return Err(Error::failed(format!("{name}: the file is empty (0 bytes)")));
        }
        let named = input.extension().as_deref().and_then(by_extension);
        if let Some(found) = by_content(&input.head, named) {
            let line = named
                .filter(|named| *named != found)
                .map(|named| format!("named like {}, but is {}: read as such", named.words(), found.words()));
            return Ok((found, line));
        }
        if let Some((_, what, way_out)) = FOREIGN.iter().find(|(magic, ..)| input.head.starts_with(magic)) {
            return Err(Error::failed(format!("{name}: is {what}, which cannot be read")).help(way_out));
        }
        match named {
            None | Some(Self::Csv) => Ok((Self::Csv, None)),
            Some(named) => Err(Error::failed(format!(
                "{name}: named like {}, but does not begin like one; it begins with {}",
                named.words(),
                quoted_start(&input.head)
            ))
            .help("give the file the extension of what it holds, or get it again")),
        }
    }
}

fn by_extension(extension: &str) -> Option<Kind> {
    Some(match extension {
        "csv" | "tsv" | "txt" => Kind::Csv,
        "npy" => Kind::Npy,
        "npz" => Kind::Npz,
        "parquet" => Kind::Parquet,
        "jsonl" | "ndjson" | "json" => Kind::Jsonl,
        "png" | "jpg" | "jpeg" | "webp" | "bmp" | "gif" | "tif" | "tiff" => Kind::Picture,
        "idx" | "idx1-ubyte" | "idx2-ubyte" | "idx3-ubyte" => Kind::Idx,
        name if name.ends_with("ubyte") => Kind::Idx,
        _ => return None,
    })
}

fn by_content(head: &[u8], named: Option<Kind>) -> Option<Kind> {
    // Two letters begin many a word: a table of text may begin with BM.
    let bitmap = |magic: &[u8]| magic != b"BM" || head.get(6..10) == Some(&[0; 4]);
    if let Some((_, kind)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic) && bitmap(magic)) {
        return Some(*kind);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if named == Some(Kind::Jsonl) && text.starts_with(b"[") {
        return Some(Kind::Jsonl);
    }
    let begins = |text: &[u8]| text.starts_with(b"{");
    if begins(text) || text.strip_prefix(b"[").is_some_and(|rest| begins(rest.trim_ascii_start())) {
        return Some(Kind::Jsonl);
    }
    // Four bytes that begin no text: two zeros, a type code, a number of dimensions.
    let idx = matches!(head, [0, 0, 0x08 | 0x09 | 0x0b..=0x0e, 1..=4, ..]);
    (idx && named.is_none_or(|kind| kind == Kind::Idx || kind == Kind::Csv)).then_some(Kind::Idx)
}

/// The first bytes as text where they are text, else as numbers.
pub(super) fn quoted_start(head: &[u8]) -> String {
    let start = &head[..head.len().min(16)];
    match std::str::from_utf8(start) {
        Ok(text) if !text.contains(|c: char| c.is_control() && !c.is_whitespace()) => {
            format!("the text {text:?}")
        }
        _ => {
            let bytes: Vec<_> = start.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            format!("the bytes {}", bytes.join(" "))
        }
    }
}
