//! Whether the first line of a table names its columns.

use ::csv::ByteRecord;

use super::cell::Cell;
use super::numerals::Numerals;
use super::{cell, cells};
use crate::data::{Expected, Header, ReadOptions};

/// What was found, and what to tell of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) header: bool,
    /// A line for the user where numbers might be names.
    pub(super) note: Option<String>,
}

/// Judges `first` by the lines `below` it, unless the user has said what it is.
pub(super) fn judge(
    first: &ByteRecord,
    below: &[ByteRecord],
    numerals: &Numerals,
    options: &ReadOptions,
) -> Verdict {
    let plain = |header| Verdict { header, note: None };
    match options.header {
        Header::Yes => return plain(true),
        Header::No => return plain(false),
        Header::Auto => {}
    }
    if words_above_numbers(first, below.first(), numerals) || names_what_is_expected(first, options) {
        return plain(true);
    }
    let Some(names) = Integers::of(first, numerals) else { return plain(false) };
    match names.differ_from(below, numerals) {
        Some(why) => Verdict {
            header: true,
            note: Some(format!(
                "the first line ({}) is taken for the names of the columns: {why}; --header no reads it as a row",
                names.shown()
            )),
        },
        None => Verdict {
            header: false,
            note: (names.step().is_some() && names.numbers.len() > 2).then(|| {
                format!(
                    "the first line ({}) is read as a row; --header yes takes it for names",
                    names.shown()
                )
            }),
        },
    }
}

/// No numbers at all, or text above a number.
fn words_above_numbers(first: &ByteRecord, second: Option<&ByteRecord>, numerals: &Numerals) -> bool {
    let is_text = |cell: &[u8]| numerals.leniently(cell) == Cell::Text;
    let text: Vec<_> = cells(first).map(is_text).collect();
    let above_number = second.is_some_and(|second| {
        text.iter().zip(cells(second)).any(|(text, below)| *text && !below.is_empty() && !is_text(below))
    });
    let no_numbers = cells(first).zip(&text).all(|(cell, text)| *text || cell.is_empty());
    text.contains(&true) && (above_number || no_numbers)
}

/// Whether the line has every column that a model was trained on.
fn names_what_is_expected(first: &ByteRecord, options: &ReadOptions) -> bool {
    let Some(Expected { columns, .. }) = &options.expected else { return false };
    let here: std::collections::HashSet<&str> =
        cells(first).filter_map(|cell| cell::text(cell).ok()).collect();
    columns.iter().all(|column| here.contains(column.as_str()))
}

/// A line of different whole numbers; the first cell may be empty, as above an index.
struct Integers {
    numbers: Vec<i64>,
    indexed: bool,
}

/// Below this many numbers nothing is made of what they have in common.
const FEW: usize = 20;

impl Integers {
    fn of(line: &ByteRecord, numerals: &Numerals) -> Option<Self> {
        let mut found: Vec<&[u8]> = cells(line).collect();
        let indexed = found.first().is_some_and(|cell| cell.is_empty());
        if indexed {
            found.remove(0);
        }
        if found.last().is_some_and(|cell| cell.is_empty()) {
            found.pop();
        }
        let integer = |cell: &&[u8]| match numerals.leniently(cell) {
            Cell::Number(number) if is_spelled_whole(cell) && number < 1e15 => Some(number as i64),
            _ => None,
        };
        let numbers: Vec<i64> = found.iter().map(integer).collect::<Option<_>>()?;
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        sorted.dedup();
        (numbers.len() > 1 && sorted.len() == numbers.len()).then_some(Self { numbers, indexed })
    }

    /// The step between neighbours, where it is the same for all.
    fn step(&self) -> Option<i64> {
        let step = self.numbers[1] - self.numbers[0];
        self.numbers.windows(2).all(|pair| pair[1] - pair[0] == step).then_some(step)
    }

    /// Why the lines below are of another kind, where they are.
    fn differ_from(&self, below: &[ByteRecord], numerals: &Numerals) -> Option<&'static str> {
        let lines: Vec<Vec<Option<f64>>> = below.iter().map(|line| numbers(line, numerals)).collect();
        let all: Vec<f64> = lines.iter().flatten().flatten().copied().collect();
        if all.is_empty() {
            return None;
        }
        let share =
            |of: &dyn Fn(&f64) -> bool| all.iter().filter(|x| of(x)).count() as f64 / all.len() as f64;
        let fractions = share(&|x| x.fract() != 0.0);
        let counts = self.step() == Some(1) && matches!(self.numbers[0], 0 | 1);
        // Whole numbers that stand below without a point could stand in the first line too.
        let apart = !mixes_spellings(below, &lines);
        if counts && (self.indexed || fractions > 0.0 && apart) {
            return Some("it counts the columns, and fractions stand below");
        }
        if counts && self.numbers.len() >= 4 && !goes_on(&lines) {
            return Some("it counts the columns, and the lines below do not");
        }
        let is_year = |x: f64| (1000.0..3000.0).contains(&x);
        let years = self.step().is_some() && self.numbers.iter().all(|&x| is_year(x as f64));
        if years && share(&|x| is_year(*x)) < 0.5 {
            return Some("it holds years, and the lines below do not");
        }
        // Whole numbers above fractions alone: a row of the same law would hold fractions too.
        let rising = self.numbers.is_sorted();
        if fractions > 0.9 && apart && all.len() >= FEW && (rising || self.numbers.len() > 2) {
            return Some("it holds whole numbers, and fractions stand below");
        }
        None
    }

    fn shown(&self) -> String {
        let first: Vec<String> = self.numbers.iter().take(3).map(ToString::to_string).collect();
        first.join(", ") + if self.numbers.len() > 3 { ", …" } else { "" }
    }
}

/// The numbers of a line; `None` for what is none.
fn numbers(line: &ByteRecord, numerals: &Numerals) -> Vec<Option<f64>> {
    let number = |cell: &[u8]| match numerals.leniently(cell) {
        Cell::Number(number) => Some(number),
        _ => None,
    };
    cells(line).map(number).collect()
}

/// Whether a number has digits alone: names have, whereas a program writes 1.0 where there may be fractions.
fn is_spelled_whole(cell: &[u8]) -> bool {
    cell.iter().all(u8::is_ascii_digit)
}

/// Whether a column that holds fractions also holds numbers without a point.
fn mixes_spellings(below: &[ByteRecord], numbers: &[Vec<Option<f64>>]) -> bool {
    let width = numbers.iter().map(Vec::len).max().unwrap_or(0);
    let mut fractions = vec![false; width];
    let mut whole = vec![false; width];
    for (line, numbers) in below.iter().zip(numbers) {
        for (place, (cell, number)) in cells(line).zip(numbers).enumerate() {
            let Some(number) = number else { continue };
            fractions[place] |= number.fract() != 0.0;
            whole[place] |= is_spelled_whole(cell);
        }
    }
    fractions.iter().zip(&whole).any(|(fractions, whole)| *fractions && *whole)
}

/// Whether every line counts on in steps of one: a table of that kind has no line of names.
fn goes_on(below: &[Vec<Option<f64>>]) -> bool {
    let counts = |line: &Vec<Option<f64>>| {
        line.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if b - a == 1.0))
    };
    below.iter().all(counts)
}

#[cfg(test)]
mod tests {
    use super::{Verdict, judge};
    use crate::data::csv::numerals::Numerals;
    use crate::data::{Expected, Header, Layout, ReadOptions};
    use ::csv::ByteRecord;

    fn verdict(lines: &[&str], options: &ReadOptions) -> Verdict {
        let record = |line: &&str| line.split(',').collect::<Vec<_>>().into();
        let records: Vec<ByteRecord> = lines.iter().map(record).collect();
        judge(&records[0], &records[1..], &Numerals::new(false), options)
    }

    #[test]
    fn numbers_are_names_where_the_lines_below_are_of_another_kind() {
        let spectra = [&["400,410"][..], &["0.51,0.25"; 12]].concat();
        let course = ["0,1", "0.5,0.8", "1,0.3", "1.5,-0.1"];
        for (lines, header) in [
            // As pandas writes a frame without names, with and without its index.
            (&["0,1", "1.5,2.25", "0.5,7.0"][..], true),
            (&[",0,1", "0,1.5,2", "1,2.5,3"], true),
            (&["0,1,2,3,4", "5,3,1,1,2", "9,8,8,2,1"], true),
            (&["0,1,2,3", "5,3.5,1,1", "9,8,8.5,2"], true),
            (&["2019,2020,2021", "17,4,9", "3,5,5"], true),
            (&spectra, true),
            // Rows like the others.
            (&spectra[..4], false),
            (&course, false),
            (&["1,2", "3,4"], false),
            (&["0,1,2,3", "4,5,6,7", "8,9,10,11"], false),
            (&["0,1,2", "3,1,4"], false),
            (&["2019,2020", "2021,2022"], false),
            (&["0,0", "0.5,1.5"], false),
            (&["1.0,2.0", "0.5,0.5"], false),
            (&["5,3,1", "2,2.5,7", "1,1,1"], false),
            (&["0,1,2"], false),
        ] {
            assert_eq!(verdict(lines, &ReadOptions::default()).header, header, "{lines:?}");
        }
    }

    #[test]
    fn the_decision_is_told_and_the_user_may_make_it() {
        let lines = ["0,1", "1.5,2.25"];
        let said = verdict(&lines, &ReadOptions::default()).note.unwrap();
        assert!(
            said.starts_with("the first line (0, 1) is taken for the names") && said.contains("--header no")
        );
        let said = verdict(&["0,1,2", "3,1,4"], &ReadOptions::default()).note.unwrap();
        assert!(said.contains("is read as a row; --header yes"), "{said}");
        assert_eq!(verdict(&["1,2", "3,4"], &ReadOptions::default()).note, None);
        for (header, expected) in [(Header::Yes, true), (Header::No, false)] {
            let options = ReadOptions { header, ..Default::default() };
            assert_eq!(verdict(&lines, &options), Verdict { header: expected, note: None });
            assert_eq!(verdict(&["a,b", "1,2"], &options).header, expected);
        }
    }

    #[test]
    fn what_a_model_was_trained_on_is_known_by_its_names() {
        let columns = vec!["7".to_owned(), "9".to_owned()];
        let expected = Some(Expected { columns, layout: Layout::Table });
        let options = ReadOptions { expected, ..Default::default() };
        assert!(verdict(&["9,7", "1,2"], &options).header);
        assert!(!verdict(&["9,8", "1,2"], &options).header);
    }
}
