//! The lines of a table of text, some of them at hand before they are read.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use ::csv::{ByteRecord, Position, Reader, ReaderBuilder, Terminator};

use super::cells;
use super::dialect::Dialect;
use crate::data::input::read_error;
use crate::error::{Error, Result};
use crate::memory::{Size, available};

/// The way out where a cell holds a line end.
pub(super) const UNCLOSED: &str = "a cell of it runs over several lines: is a quotation mark not closed?";

/// How many lines are looked at before any is read, and how many bytes of them.
const AHEAD: usize = 1000;
const AHEAD_BYTES: usize = 4 << 20;

/// The longest line: more is a quotation that was never closed, or no table.
const LONGEST: u64 = 256 << 20;

/// The lines of the file.
pub(super) struct Rows<'a> {
    name: &'a str,
    reader: Reader<Box<dyn Read>>,
    /// What may still be read before the line is too long.
    left: Rc<Cell<u64>>,
    longest: u64,
    /// Lines before those of the table.
    before: u64,
    ahead: VecDeque<(u64, ByteRecord)>,
    /// Where the last record begins, counted from 1.
    pub(super) line: u64,
    /// Cells per line, without the empty one after a trailing separator.
    pub(super) width: usize,
}

impl<'a> Rows<'a> {
    /// `before`: how many lines of the file come before those of `reader`.
    pub(super) fn new(name: &'a str, dialect: Dialect, reader: Box<dyn Read>, before: u64) -> Self {
        let longest = available().map_or(LONGEST, |there| LONGEST.min(there / 4));
        let left = Rc::new(Cell::new(longest));
        // Ending every line alike, the last one too, lets line numbers be counted from the ends.
        let lines = dialect.adapt(reader).chain(&b"\n"[..]);
        let bounded: Box<dyn Read> = Box::new(Bounded { inner: lines, left: Rc::clone(&left) });
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(dialect.delimiter)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(bounded);
        Self { name, reader, left, longest, before, ahead: VecDeque::new(), line: 0, width: 0 }
    }

    /// Looks at the first lines that are not blank, and settles how many cells a line has.
    pub(super) fn look_ahead(&mut self) -> Result<Vec<ByteRecord>> {
        let mut bytes = 0;
        while self.ahead.len() < 2 || (self.ahead.len() < AHEAD && bytes < AHEAD_BYTES) {
            let mut record = ByteRecord::new();
            if !self.read(&mut record)? {
                break;
            }
            bytes += record.as_slice().len() + size_of::<usize>() * record.len();
            self.ahead.push_back((self.line, record));
        }
        let records: Vec<ByteRecord> = self.ahead.iter().map(|(_, record)| record.clone()).collect();
        if let [first, rest @ ..] = records.as_slice() {
            self.width = width(first, rest.first());
        }
        Ok(records)
    }

    /// Where the first line of those at hand stands.
    pub(super) fn first_line(&self) -> u64 {
        self.ahead.front().map_or(1, |(line, _)| *line)
    }

    /// Reads the next line that is not blank, if there is one.
    pub(super) fn next(&mut self, record: &mut ByteRecord) -> Result<bool> {
        if let Some((line, first)) = self.ahead.pop_front() {
            self.line = line;
            *record = first;
            return Ok(true);
        }
        self.read(record)
    }

    fn read(&mut self, record: &mut ByteRecord) -> Result<bool> {
        loop {
            self.left.set(self.longest);
            let more = self.reader.read_byte_record(record).map_err(|error| match error.into_kind() {
                ::csv::ErrorKind::Io(_) if self.left.get() == 0 => self.too_long(),
                ::csv::ErrorKind::Io(error) => read_error(self.name, &error),
                other => Error::failed(format!("{}: {other:?}", self.name)),
            })?;
            let lines = record.as_slice().split(|byte| *byte == b'\n').count() as u64;
            let begin = record.position().map_or(0, Position::line);
            // A quotation that is never closed has no line end after it, but then it begins where the reading began.
            self.line = self.before + self.reader.position().line().saturating_sub(lines).max(begin);
            if !more || record.len() > 1 || cells(record).any(|cell| !cell.is_empty()) {
                return Ok(more);
            }
        }
    }

    fn too_long(&self) -> Error {
        let Self { name, longest, line, .. } = self;
        Error::failed(format!("{name}: the line after line {line} is longer than {}", Size(*longest)))
            .help(UNCLOSED)
    }

    /// Refuses a line that is longer or shorter than the first.
    pub(super) fn check(&self, record: &ByteRecord) -> Result<()> {
        let (found, expected) = (record.len(), self.width);
        if found == expected || (found == expected + 1 && record[expected].trim_ascii().is_empty()) {
            return Ok(());
        }
        let Self { name, line, .. } = self;
        let error = Error::failed(format!("{name}: line {line} has {found} cells, not {expected}"));
        Err(error.help(if record.as_slice().contains(&b'\n') {
            UNCLOSED
        } else {
            "every line must have as many cells as the first"
        }))
    }
}

/// Cells per line: an empty last cell in both of the first lines comes from a separator at the end of each line.
fn width(first: &ByteRecord, second: Option<&ByteRecord>) -> usize {
    let ends_empty = |record: &ByteRecord| record.len() > 1 && cells(record).last() == Some(b"");
    let trailing =
        ends_empty(first) && second.is_none_or(|second| second.len() < first.len() || ends_empty(second));
    first.len() - usize::from(trailing)
}

/// A stream that breaks off where too much is read without a pause.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = self.inner.read(bytes)?;
        self.left.set(self.left.get().saturating_sub(count as u64));
        Ok(count)
    }
}
