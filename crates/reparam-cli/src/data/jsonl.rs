//! JSON lines: one object a line, a key for each column, or one array a line without names.
//!
//! A column is a number, a truth value or null; a key that a line lacks is null there. One array of objects is read
//! likewise.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use super::draft::{Draft, plain_names};
use super::element::{is_exact, rounded_note};
use super::input::{Input, read_error};
use super::labels::LabelBuilder;
use super::selection::{Role, Selection};
use super::{ReadOptions, Values};
use crate::error::{Error, Result};
use crate::memory::{self, Size};

/// How many rows are looked at for their keys before any is read.
const AHEAD: usize = 1000;
/// The longest line.
const LONGEST: u64 = 256 << 20;

/// One line.
enum Row {
    Object(Map<String, Value>),
    Array(Vec<Value>),
}

/// Reads the rows.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Draft> {
    let (name, stem) = (input.name.clone(), input.stem());
    let mut lines = Lines::new(&name, input)?;
    let mut ahead = Vec::new();
    while ahead.len() < AHEAD
        && let Some(row) = lines.next()?
    {
        ahead.push((lines.line, row));
    }
    let Some((_, first)) = ahead.first() else {
        return Err(Error::failed(format!("{name}: the file has no lines with text")));
    };
    let names = match first {
        Row::Array(cells) => plain_names(cells.len()),
        Row::Object(_) => keys(&ahead),
    };
    let mut selection = Selection::new(&name, &names, options)?;
    let mut table = Table {
        name: &name,
        places: names.iter().map(String::as_str).enumerate().map(|(place, name)| (name, place)).collect(),
        names: &names,
        selection: &Selection { roles: Vec::new(), columns: Vec::new(), notes: Vec::new() },
        values: Values::default(),
        labels: None,
        first_missing: None,
        rounded: 0,
    };
    if options.only_numbers && options.expected.is_none() {
        let words = table.places_of_words(&ahead);
        selection.leave_out(&names, |place| words[place]);
    }
    table.selection = &selection;
    table.labels = selection.roles.contains(&Role::Label).then(LabelBuilder::default);
    for (line, row) in ahead {
        table.push(line, row)?;
    }
    while let Some(row) = lines.next()? {
        table.push(lines.line, row)?;
    }
    let Table { values, labels, first_missing, rounded, .. } = table;
    let mut draft = Draft::table(stem, selection.columns.clone(), values).with_builder(labels);
    draft.first_missing = first_missing;
    draft.dataset.notes = selection.notes;
    draft.dataset.notes.extend(rounded_note(rounded));
    Ok(draft)
}

/// The keys of the first rows, in the order in which they are met.
fn keys(rows: &[(u64, Row)]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let all = rows.iter().filter_map(|(_, row)| match row {
        Row::Object(map) => Some(map.keys()),
        Row::Array(_) => None,
    });
    all.flatten().filter(|key| seen.insert(key.as_str())).cloned().collect()
}

/// The rows of the file, one after another.
struct Lines<'a> {
    name: &'a str,
    reader: BufReader<Box<dyn Read>>,
    /// The rows of one array, last first.
    array: Option<Vec<Value>>,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(name: &'a str, input: Input) -> Result<Self> {
        let text = input.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&input.head);
        let text = text.trim_ascii_start();
        let of_objects =
            text.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"));
        let mut lines = Self { name, reader: BufReader::new(input.reader), array: None, line: 0 };
        if of_objects {
            lines.array = Some(lines.whole()?);
        }
        Ok(lines)
    }

    /// All rows of one array of objects, which cannot be read a line at a time.
    fn whole(&mut self) -> Result<Vec<Value>> {
        let mut bytes = Vec::new();
        let longest = memory::available().map_or(u64::MAX, |there| there / 16);
        let read = self.reader.by_ref().take(longest.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| read_error(self.name, &error))?;
        let what = format!("{}: a JSON array", self.name);
        // A number of a few letters becomes a value and a key of a few dozen bytes.
        memory::ask(what, 16 * bytes.len() as u64)
            .map_err(|error| error.help("write the rows as JSON lines, which are read one at a time"))?;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut rows: Vec<Value> = serde_json::from_slice(text).map_err(|error| {
            Error::failed(format!("{}: line {}: no JSON: {error}", self.name, error.line()))
        })?;
        rows.reverse();
        Ok(rows)
    }

    fn next(&mut self) -> Result<Option<Row>> {
        if let Some(rows) = &mut self.array {
            self.line += 1;
            return rows.pop().map(|row| self.row(row)).transpose();
        }
        loop {
            let mut line = Vec::new();
            let read = self.reader.by_ref().take(LONGEST + 1).read_until(b'\n', &mut line);
            if read.map_err(|error| read_error(self.name, &error))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let Self { name, line: number, .. } = self;
            if line.len() as u64 > LONGEST {
                return Err(Error::failed(format!("{name}: line {number} is longer than {}", Size(LONGEST))));
            }
            let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
            if text.is_empty() {
                continue;
            }
            let value = serde_json::from_slice(text)
                .map_err(|error| Error::failed(format!("{name}: line {number} is no JSON: {error}")))?;
            return self.row(value).map(Some);
        }
    }

    fn row(&self, value: Value) -> Result<Row> {
        match value {
            Value::Object(map) => Ok(Row::Object(map)),
            Value::Array(cells) => Ok(Row::Array(cells)),
            other => Err(Error::failed(format!(
                "{}: line {} is {}; an object is expected, such as {{\"a\":1,\"b\":2}}",
                self.name,
                self.line,
                words(&other)
            ))),
        }
    }
}

/// The table in the making.
struct Table<'a> {
    name: &'a str,
    names: &'a [String],
    places: HashMap<&'a str, usize>,
    selection: &'a Selection,
    values: Values,
    labels: Option<LabelBuilder>,
    first_missing: Option<String>,
    rounded: usize,
}

impl Table<'_> {
    /// For each column, whether the rows at hand hold more words and nested values there than numbers.
    fn places_of_words(&self, rows: &[(u64, Row)]) -> Vec<bool> {
        let mut balance = vec![0i64; self.names.len()];
        let mut count = |place: usize, value: &Value| match value {
            Value::Null => {}
            Value::Number(_) | Value::Bool(_) => balance[place] -= 1,
            _ => balance[place] += 1,
        };
        for (_, row) in rows {
            match row {
                Row::Array(cells) => {
                    cells
                        .iter()
                        .take(self.names.len())
                        .enumerate()
                        .for_each(|(place, cell)| count(place, cell));
                }
                Row::Object(map) => {
                    map.iter().for_each(|(key, value)| count(self.places[key.as_str()], value));
                }
            }
        }
        balance.into_iter().map(|balance| balance > 0).collect()
    }

    fn push(&mut self, line: u64, row: Row) -> Result<()> {
        let cells = self.cells(line, row)?;
        let mut numbers = vec![f64::NAN; self.selection.columns.len()];
        for (place, (value, role)) in cells.iter().zip(&self.selection.roles).enumerate() {
            match (role, value) {
                (Role::Skip, _) => {}
                (Role::Label, value) => {
                    let label = match value {
                        Value::Null => String::new(),
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    self.labels.iter_mut().for_each(|labels| labels.push(&label));
                }
                (Role::Feature(_), Value::Null) => {
                    let column = &self.names[place];
                    self.first_missing.get_or_insert_with(|| format!("line {line}, column '{column}': null"));
                }
                (Role::Feature(target), Value::Bool(truth)) => numbers[*target] = f64::from(u8::from(*truth)),
                (Role::Feature(target), Value::Number(number)) => {
                    let exact = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
                    self.rounded += usize::from(exact.is_some_and(|size| !is_exact(size)));
                    numbers[*target] = number.as_f64().unwrap_or(f64::NAN);
                }
                (Role::Feature(_), other) => return Err(self.no_number(line, place, other)),
            }
        }
        self.values.make_room(self.name, numbers.len())?;
        for number in numbers {
            self.values.push(number);
        }
        Ok(())
    }

    /// The values of a row, one for each column.
    fn cells(&self, line: u64, row: Row) -> Result<Vec<Value>> {
        let count = self.names.len();
        match row {
            Row::Array(cells) if cells.len() == count => Ok(cells),
            Row::Array(cells) => {
                let (name, found) = (self.name, cells.len());
                Err(Error::failed(format!("{name}: line {line} has {found} cells, not {count}")))
            }
            Row::Object(map) => {
                let mut cells = vec![Value::Null; count];
                for (key, value) in map {
                    match self.places.get(key.as_str()) {
                        Some(place) => cells[*place] = value,
                        None => {
                            return Err(Error::failed(format!(
                                "{}: line {line} has the key '{key}', which none of the first {AHEAD} lines has",
                                self.name
                            ))
                            .help("give the first line all keys, with null where there is no value"));
                        }
                    }
                }
                Ok(cells)
            }
        }
    }

    fn no_number(&self, line: u64, place: usize, value: &Value) -> Error {
        let (Self { name, names, .. }, shown) = (self, words(value));
        Error::failed(format!("{name}: line {line}, column '{0}' is {shown}, no number", names[place])).help(
            format!(
                "keep a column of words aside with --label '{0}', leave it out with --exclude '{0}', or all such \
                 columns with --only-numbers",
                names[place]
            ),
        )
    }
}

/// A value in words.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let short: String = text.chars().take(40).collect();
            let cut = if short.len() < text.len() { "…" } else { "" };
            format!("the text '{short}{cut}'")
        }
        Value::Array(_) => "an array".into(),
        Value::Object(_) => "an object".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::data::{Dataset, Missing, ReadOptions, Source, load};
    use crate::error::Result;

    fn read_named(name: &str, text: &str, options: &ReadOptions) -> Result<Dataset> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        load(&Source::Path(path), options)
    }

    fn read(text: &str, options: &ReadOptions) -> Result<Dataset> {
        read_named("t.jsonl", text, options)
    }

    fn numbers(data: &Dataset) -> Vec<f64> {
        (0..data.values.len()).map(|index| data.values.at(index)).collect()
    }

    #[test]
    fn objects_arrays_and_an_array_of_objects_are_rows() {
        let plain = ReadOptions::default();
        for (name, text) in [
            ("t.jsonl", "{\"a\":1.5,\"b\":true}\n\n{\"b\":false,\"a\":-2e3}\n"),
            ("t.json", "[\n{\"a\":1.5,\"b\":true},\n{\"a\":-2e3,\"b\":false}\n]\n"),
            ("t", "\u{feff}{\"a\":1.5,\"b\":1}\r\n{\"a\":-2e3,\"b\":0}"),
        ] {
            let data = read_named(name, text, &plain).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(data.columns, ["a", "b"]);
            assert_eq!(numbers(&data), [1.5, 1.0, -2000.0, 0.0], "{text}");
        }
        let data = read("[1,2]\n[3,4]\n", &plain).unwrap();
        assert_eq!((data.columns, data.values.at(3)), (vec!["x0".to_owned(), "x1".into()], 4.0));
    }

    #[test]
    fn null_and_absent_keys_are_missing() {
        let text = "{\"a\":1,\"b\":2}\n{\"a\":null,\"b\":3}\n{\"a\":4}\n{\"b\":6,\"a\":5}\n";
        let error = read(text, &ReadOptions::default()).unwrap_err();
        assert!(
            error.message.contains("2 missing") && error.message.contains("line 2, column 'a'"),
            "{error}"
        );
        let data = read(text, &ReadOptions { missing: Missing::Drop, ..Default::default() }).unwrap();
        assert_eq!(numbers(&data), [1.0, 2.0, 5.0, 6.0]);
    }

    #[test]
    fn words_are_labels_left_out_or_refused() {
        let text = "{\"a\":1,\"kind\":\"x\",\"tags\":[1]}\n{\"a\":2,\"kind\":\"y\",\"tags\":[]}\n";
        let error = read(text, &ReadOptions::default()).unwrap_err();
        assert!(error.message.contains("line 1, column 'kind' is the text 'x', no number"), "{error}");
        let options =
            ReadOptions { label: Some("kind".into()), exclude: vec!["tags".into()], ..Default::default() };
        let data = read(text, &options).unwrap();
        assert_eq!((data.columns, data.labels.unwrap().classes.len()), (vec!["a".to_owned()], 2));
        let data = read(text, &ReadOptions { only_numbers: true, ..Default::default() }).unwrap();
        assert_eq!(data.columns, ["a"]);
        assert!(
            data.notes.iter().any(|note| note.ends_with("no numbers: 'kind', 'tags'")),
            "{:?}",
            data.notes
        );
    }

    #[test]
    fn what_is_no_json_is_placed() {
        for (text, expected) in [
            ("{\"a\":1}\n{\"a\":2\n", "line 2 is no JSON"),
            ("{\"a\":1}\n7\n", "line 2 is 7; an object is expected"),
            ("[{\"a\":1},\n{\"a\":]", "line 2: no JSON"),
            ("[1,2]\n[3]\n", "line 2 has 1 cells, not 2"),
        ] {
            let error = read(text, &ReadOptions::default()).unwrap_err();
            assert!(error.message.contains(expected), "{text}: {error}");
        }
    }
}
