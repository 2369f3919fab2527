//! Tables of text: comma-, tab-, semicolon-, bar- or blank-separated, with or without a header.
//!
//! Cells are numbers with a decimal point (in semicolon files also a decimal comma) or `true` and `false`; empty
//! cells and the usual words for nothing (`NA`, `NaN`, `null`, `?`…) are missing, and so is what is not finite.

mod blanks;
mod cell;
mod dialect;
mod header;
mod numerals;
mod preamble;
mod rows;

use ::csv::ByteRecord;

use self::cell::Cell;
use self::dialect::Dialect;
use self::numerals::Numerals;
use self::preamble::Preamble;
use self::rows::{Rows, UNCLOSED};
use super::draft::{Draft, plain_names};
use super::element::rounded_note;
use super::input::{Input, read_error};
use super::labels::LabelBuilder;
use super::selection::{Role, Selection};
use super::{Header, ReadOptions, Values};
use crate::error::{Error, Result};

/// Reads a table of text.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Draft> {
    let stem = input.stem();
    let preamble = Preamble::of(&input.head);
    let dialect = Dialect::of(&input, &preamble)?;
    let name = input.name;
    let reader = preamble::skip(input.reader, preamble.bytes).map_err(|error| read_error(&name, &error))?;
    let mut rows = Rows::new(&name, dialect, reader, preamble.lines);
    let ahead = rows.look_ahead()?;
    let Some((first, below)) = ahead.split_first() else {
        return Err(Error::failed(format!("{name}: the file has no lines with text")));
    };
    let mut numerals = Numerals::new(dialect.delimiter == b';');
    let verdict = header::judge(first, below, &numerals, options);
    if verdict.header && below.is_empty() {
        return Err(Error::failed(format!("{name}: the file has a header and no rows of data")));
    }
    let commented = if verdict.header { None } else { names_in_comment(&preamble, dialect, &rows, options) };
    let mut names = match &commented {
        Some(names) => names.clone(),
        None if verdict.header => header_names(&name, rows.first_line(), first)?,
        None => plain_names(first.len()),
    };
    names.truncate(rows.width);
    let mut selection = Selection::new(&name, &names, options)?;
    let sample = if verdict.header { below } else { &ahead[..] };
    if options.only_numbers && options.expected.is_none() {
        selection.leave_out(&names, |place| is_text(sample, place, &numerals));
    }
    let feature = |place: &usize| matches!(selection.roles.get(*place), Some(Role::Feature(_)));
    for record in sample {
        let places = (0..record.len()).filter(feature);
        numerals.learn(places.map(|place| record[place].trim_ascii()));
    }
    let mut table = Table::new(&name, &names, &selection);
    let mut record = ByteRecord::new();
    if verdict.header {
        rows.next(&mut record)?;
    }
    while rows.next(&mut record)? {
        rows.check(&record)?;
        table.push(rows.line, &record, &mut numerals)?;
    }
    let Table { values, labels, first_missing, .. } = table;
    let mut draft = Draft::table(stem, selection.columns, values).with_builder(labels);
    draft.first_missing = first_missing;
    let header = match (&commented, verdict.header) {
        (Some(_), _) => "with their names after the #",
        (None, true) => "with a header",
        (None, false) => "no header",
    };
    let notes = &mut draft.dataset.notes;
    notes.extend(selection.notes);
    notes.push(format!("{} columns, {header}", dialect.words()));
    notes.extend(dialect.line_ends_note());
    notes.extend(preamble.note(commented.is_some()));
    notes.extend(verdict.note);
    notes.extend(numerals.notes());
    notes.extend(rounded_note(numerals.rounded));
    Ok(draft)
}

/// The names in the last comment before the table, where it has one word for each column and no numbers.
fn names_in_comment(
    preamble: &Preamble,
    dialect: Dialect,
    rows: &Rows,
    options: &ReadOptions,
) -> Option<Vec<String>> {
    let comment = std::str::from_utf8(preamble.last_comment.as_deref()?).ok()?;
    let mut names: Vec<String> = dialect.split(comment);
    // The sign itself is a name where nothing stands between it and the separator.
    if let Some(first) = names.first_mut().filter(|first| first.is_empty()) {
        "#".clone_into(first);
    }
    let words = names.iter().all(|name| !name.is_empty() && name.parse::<f64>().is_err());
    (options.header != Header::No && words && names.len() == rows.width).then_some(names)
}

/// Whether a column holds more words than numbers.
fn is_text(sample: &[ByteRecord], place: usize, numerals: &Numerals) -> bool {
    let kinds =
        || sample.iter().filter_map(|record| Some(numerals.leniently(record.get(place)?.trim_ascii())));
    let words = kinds().filter(|kind| *kind == Cell::Text).count();
    words > 0 && 2 * words >= kinds().filter(|kind| *kind != Cell::Missing).count()
}

/// The cells of a line, without the blanks around them.
fn cells(record: &ByteRecord) -> impl Iterator<Item = &[u8]> {
    record.iter().map(<[u8]>::trim_ascii)
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
                    Cell::OtherSign => return Err(self.other_sign(line, place, cell, numerals)),
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
        self.values.make_room(self.name, self.row.len())?;
        self.row.iter().for_each(|number| self.values.push(*number));
        Ok(())
    }

    /// The error for a number that is spelled otherwise than those before it.
    fn other_sign(&self, line: u64, place: usize, cell: &[u8], numerals: &Numerals) -> Error {
        let (Self { name, names, .. }, shown) = (self, String::from_utf8_lossy(cell));
        Error::failed(format!(
            "{name}: line {line}, column '{}': '{shown}' and '{}' cannot both be numbers of one file: is it the point \
             or the comma that parts the decimals?",
            names[place],
            numerals.witness()
        ))
        .help("write all numbers of the file with a decimal point")
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
             --exclude '{0}' to leave it out, or --only-numbers to leave out all such columns",
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
