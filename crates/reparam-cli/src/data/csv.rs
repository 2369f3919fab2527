//! Tables of text: comma-, tab-, semicolon-, bar- or blank-separated, with or without a header.
//!
//! Cells are numbers with a decimal point (in semicolon files also a decimal comma) or `true` and `false`; empty
//! cells and the usual words for nothing (`NA`, `NaN`, `null`, `?`…) are missing, and so is what is not finite.

mod blanks;
mod cell;
mod dialect;

use std::io::Read;

use ::csv::{ByteRecord, Position, Reader, ReaderBuilder, Terminator};

use self::cell::{Cell, Numerals};
use self::dialect::Dialect;
use super::draft::{Draft, plain_names};
use super::element::rounded_note;
use super::input::{Input, read_error};
use super::labels::LabelBuilder;
use super::selection::{Role, Selection};
use super::{ReadOptions, Values};
use crate::error::{Error, Result};

/// Reads a table of text.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Draft> {
    let dialect = Dialect::of(&input)?;
    let stem = input.stem();
    let (name, reader) = (input.name, dialect.adapt(input.reader));
    let mut rows = Rows::new(&name, dialect, reader);
    let (mut first, mut second) = (ByteRecord::new(), ByteRecord::new());
    if !rows.next(&mut first)? {
        return Err(Error::failed(format!("{name}: the file has no lines with text")));
    }
    let first_line = rows.line;
    let second = rows.next(&mut second)?.then_some(second);
    rows.width = width(&first, second.as_ref());
    let mut numerals = Numerals::new(dialect.delimiter == b';');
    let header = is_header(&first, second.as_ref(), numerals);
    if header && second.is_none() {
        return Err(Error::failed(format!("{name}: the file has a header and no rows of data")));
    }
    let mut names = if header { header_names(&name, first_line, &first)? } else { plain_names(first.len()) };
    names.truncate(rows.width);
    let selection = Selection::new(&name, &names, options)?;
    let mut table = Table::new(&name, &names, &selection);
    if !header {
        table.push(first_line, &first, &mut numerals)?;
    }
    let mut record = second.unwrap_or_default();
    let mut more = !record.is_empty();
    while more {
        rows.check(&record)?;
        table.push(rows.line, &record, &mut numerals)?;
        more = rows.next(&mut record)?;
    }
    let Table { values, labels, first_missing, .. } = table;
    let mut draft = Draft::table(stem, selection.columns, values).with_builder(labels);
    draft.first_missing = first_missing;
    draft.dataset.notes = selection.notes;
    draft.dataset.notes.push(format!(
        "{} columns, {}",
        dialect.words(),
        if header { "with a header" } else { "no header" }
    ));
    draft.dataset.notes.extend(numerals.notes());
    draft.dataset.notes.extend(rounded_note(numerals.rounded));
    Ok(draft)
}

/// The way out where a cell holds a line end.
const UNCLOSED: &str = "a cell of it runs over several lines: is a quotation mark not closed?";

/// The lines of the file.
struct Rows<'a> {
    name: &'a str,
    reader: Reader<Box<dyn Read>>,
    /// Where the last record begins, counted from 1.
    line: u64,
    /// Cells per line, without the empty one after a trailing separator.
    width: usize,
}

impl<'a> Rows<'a> {
    fn new(name: &'a str, dialect: Dialect, reader: Box<dyn Read>) -> Self {
        // Ending every line alike, the last one too, lets line numbers be counted from the ends.
        let reader: Box<dyn Read> = Box::new(dialect.adapt(reader).chain(&b"\n"[..]));
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(dialect.delimiter)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(reader);
        Self { name, reader, line: 0, width: 0 }
    }

    /// Reads the next line that is not blank, if there is one.
    fn next(&mut self, record: &mut ByteRecord) -> Result<bool> {
        loop {
            let more = self.reader.read_byte_record(record).map_err(|error| match error.into_kind() {
                ::csv::ErrorKind::Io(error) => read_error(self.name, &error),
                other => Error::failed(format!("{}: {other:?}", self.name)),
            })?;
            let lines = record.as_slice().split(|byte| *byte == b'\n').count() as u64;
            let begin = record.position().map_or(0, Position::line);
            // A quotation that is never closed has no line end after it, but then it begins where the reading began.
            self.line = self.reader.position().line().saturating_sub(lines).max(begin);
            if !more || record.len() > 1 || cells(record).any(|cell| !cell.is_empty()) {
                return Ok(more);
            }
        }
    }

    /// Refuses a line that is longer or shorter than the first.
    fn check(&self, record: &ByteRecord) -> Result<()> {
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

/// The cells of a line, without the blanks around them.
fn cells(record: &ByteRecord) -> impl Iterator<Item = &[u8]> {
    record.iter().map(<[u8]>::trim_ascii)
}

/// Cells per line: an empty last cell in both of the first lines comes from a separator at the end of each line.
fn width(first: &ByteRecord, second: Option<&ByteRecord>) -> usize {
    let ends_empty = |record: &ByteRecord| record.len() > 1 && cells(record).last() == Some(b"");
    let trailing =
        ends_empty(first) && second.is_none_or(|second| second.len() < first.len() || ends_empty(second));
    first.len() - usize::from(trailing)
}

/// Whether the first line holds names: no numbers at all, or text above a number.
fn is_header(first: &ByteRecord, second: Option<&ByteRecord>, mut numerals: Numerals) -> bool {
    let mut is_text = |cell: &[u8]| numerals.parse(cell) == Cell::Text;
    let text: Vec<_> = cells(first).map(&mut is_text).collect();
    let above_number = second.is_some_and(|second| {
        text.iter().zip(cells(second)).any(|(text, below)| *text && !below.is_empty() && !is_text(below))
    });
    let no_numbers = cells(first).zip(&text).all(|(cell, text)| *text || cell.is_empty());
    text.contains(&true) && (above_number || no_numbers)
}

/// The header's cells; a column without a name is called by its place.
fn header_names(name: &str, line: u64, header: &ByteRecord) -> Result<Vec<String>> {
    let names = cells(header).enumerate().map(|(place, cell)| match cell {
        [] => Ok(format!("x{place}")),
        _ => cell::text(cell).map(str::to_owned).map_err(|fault| at(name, line, place, fault)),
    });
    names.collect()
}

/// The error for bytes that are no text.
fn at(name: &str, line: u64, place: usize, fault: &str) -> Error {
    Error::failed(format!("{name}: line {line}, column {}: {fault}", place + 1))
        .help("save the file as UTF-8 text")
}

/// The table in the making.
struct Table<'a> {
    name: &'a str,
    names: &'a [String],
    roles: &'a [Role],
    row: Vec<f64>,
    values: Values,
    labels: Option<LabelBuilder>,
    first_missing: Option<String>,
}

impl<'a> Table<'a> {
    fn new(name: &'a str, names: &'a [String], selection: &'a Selection) -> Self {
        let labels = selection.roles.contains(&Role::Label).then(LabelBuilder::default);
        let row = vec![0.0; selection.columns.len()];
        Self {
            name,
            names,
            roles: &selection.roles,
            row,
            values: Values::default(),
            labels,
            first_missing: None,
        }
    }

    fn push(&mut self, line: u64, record: &ByteRecord, numerals: &mut Numerals) -> Result<()> {
        let mut words = Vec::new();
        for (place, (role, cell)) in self.roles.iter().zip(cells(record)).enumerate() {
            match *role {
                Role::Skip => {}
                Role::Label => {
                    let label = cell::text(cell).map_err(|fault| at(self.name, line, place, fault))?;
                    self.labels.iter_mut().for_each(|labels| labels.push(label));
                }
                Role::Feature(target) => match numerals.parse(cell) {
                    Cell::Number(number) => self.row[target] = number,
                    Cell::Missing => {
                        self.row[target] = f64::NAN;
                        if self.first_missing.is_none() {
                            let shown = String::from_utf8_lossy(cell);
                            let column = &self.names[place];
                            self.first_missing = Some(format!("line {line}, column '{column}': '{shown}'"));
                        }
                    }
                    Cell::Text => {
                        let word = cell::text(cell).map_err(|fault| at(self.name, line, place, fault))?;
                        words.push((place, word));
                    }
                },
            }
        }
        if !words.is_empty() {
            return Err(self.not_numbers(line, &words));
        }
        self.row.iter().for_each(|number| self.values.push(*number));
        Ok(())
    }

    /// The error for words where numbers are expected; in the first row they are likely whole columns.
    fn not_numbers(&self, line: u64, words: &[(usize, &str)]) -> Error {
        let places: Vec<_> = words
            .iter()
            .map(|(place, word)| {
                format!("column '{}': '{}' is not a number", self.names[*place], shortened(word))
            })
            .collect();
        let error = Error::failed(format!("{}: line {line}, {}", self.name, places.join("; ")));
        if words.iter().any(|(_, word)| word.contains('\n')) {
            return error.help(UNCLOSED);
        }
        error.help(format!(
            "correct the cell; for a column of words give --label '{0}' to keep it aside as the class of each row, \
             or --exclude '{0}' to leave it out",
            self.names[words[0].0]
        ))
    }
}

/// The beginning of a long cell.
fn shortened(word: &str) -> String {
    const SHOWN: usize = 40;
    if let Some((line, _)) = word.split_once('\n') {
        return format!("{}…", line.trim_end());
    }
    match word.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
#[path = "csv/tests.rs"]
mod tests;
