//! A stream of bytes with a name, decompressed where it is gzip, whose beginning can be looked at.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::error::{Context, Error, Result};

/// How much of the beginning is at hand: enough lines of a table to recognise its dialect.
const HEAD: u64 = 64 * 1024;

/// The first bytes of a gzip stream.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Something to read.
pub(super) struct Input {
    /// As the user knows it: a path, or `standard input`.
    pub(super) name: String,
    /// The path, where there is one.
    pub(super) path: Option<PathBuf>,
    /// The first bytes; they are read again from `reader`.
    pub(super) head: Vec<u8>,
    /// Everything, from the first byte.
    pub(super) reader: Box<dyn Read>,
    /// Whether the bytes come out of a gzip stream.
    pub(super) compressed: bool,
}

impl Input {
    /// Standard input.
    pub(super) fn stdin() -> Result<Self> {
        Self::new("standard input".into(), None, Box::new(io::stdin()))
    }

    /// The file at `path`.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path).context(format!("cannot open '{name}'"))?;
        Self::new(name, Some(path.to_path_buf()), Box::new(file))
    }

    fn new(name: String, path: Option<PathBuf>, reader: Box<dyn Read>) -> Result<Self> {
        let (head, reader) = look_ahead(&name, reader)?;
        if !head.starts_with(&GZIP) {
            return Ok(Self { name, path, head, reader, compressed: false });
        }
        let (head, reader) = look_ahead(&name, Box::new(MultiGzDecoder::new(reader)))
            .map_err(|error| error.help("the gzip stream is damaged or cut short: get the file again"))?;
        Ok(Self { name, path, head, reader, compressed: true })
    }

    /// The stem of the file's name, without `.gz`: the name of the data set.
    pub(super) fn stem(&self) -> String {
        let Some(path) = &self.path else { return "stdin".to_owned() };
        let path = if self.extension_is("gz") { path.with_extension("") } else { path.clone() };
        path.file_stem().map_or_else(|| self.name.clone(), |stem| stem.to_string_lossy().into_owned())
    }

    fn extension_is(&self, wanted: &str) -> bool {
        let extension = self.path.as_deref().and_then(Path::extension);
        extension.is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
    }

    /// The file's extension in lower case, without `.gz`.
    pub(super) fn extension(&self) -> Option<String> {
        let path = self.path.as_deref()?;
        let path = if self.extension_is("gz") { path.with_extension("") } else { path.to_path_buf() };
        path.extension().map(|extension| extension.to_string_lossy().to_lowercase())
    }

    /// All bytes at once.
    pub(super) fn into_bytes(mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader.read_to_end(&mut bytes).map_err(|error| read_error(&self.name, &error))?;
        Ok(bytes)
    }
}

/// Bytes that can be read in any order.
pub(super) enum Stored {
    /// In a file, as they are.
    File(File),
    /// In memory, where they come from a pipe or out of a gzip stream.
    Memory(Vec<u8>),
}

impl Input {
    /// Gives up the stream for something that can be read in any order.
    pub(super) fn into_stored(self) -> Result<Stored> {
        match &self.path {
            Some(path) if !self.compressed && path.is_file() => {
                Ok(Stored::File(File::open(path).context(format!("cannot open '{}'", self.name))?))
            }
            _ => Ok(Stored::Memory(self.into_bytes()?)),
        }
    }
}

/// The error for a stream that broke off or could not be decompressed.
pub(super) fn read_error(name: &str, error: &io::Error) -> Error {
    let what = Error::failed(format!("{name}: cannot be read to its end: {error}"));
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            what.help("the file is damaged or cut short: get it again")
        }
        _ => what,
    }
}

/// Reads the beginning of a stream and puts it back.
fn look_ahead(name: &str, mut reader: Box<dyn Read>) -> Result<(Vec<u8>, Box<dyn Read>)> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| read_error(name, &error))?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(reader))))
}
