//! The spelling of numbers in one file: which of point and comma parts the decimals, and which the thousands.

use super::cell::{Cell, is_rounded, truth_or_nothing};

/// How numbers are spelled in one file.
///
/// Where cells are parted by semicolons either sign may part the decimals: `1,5` and `1.5` both occur, but not in one
/// file, where `87.393` beside `1,5` is 87,393. A file that has both signs for decimals is refused.
#[derive(Clone, Debug)]
pub(super) struct Numerals {
    /// Whether `1,5` may be one and a half; elsewhere it is text.
    commas_allowed: bool,
    /// The sign of decimals, and a cell that shows it, once one has been met.
    sign: Option<(Sign, String)>,
    /// Numbers whose thousands were parted, and the first of them.
    thousands: usize,
    first_thousands: Option<(String, f64)>,
    commas: usize,
    words: usize,
    /// Integers that double precision cannot hold.
    pub(super) rounded: usize,
}

/// What parts the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Point,
    Comma,
}

/// What one number tells of the spelling.
enum Spelled {
    /// No sign in it.
    Plain,
    /// This sign parts its decimals; `certain` where it cannot part thousands instead.
    Decimal { sign: Sign, certain: bool },
}

impl Numerals {
    /// `commas_allowed`: whether `1,5` may be one and a half.
    pub(super) fn new(commas_allowed: bool) -> Self {
        Self {
            commas_allowed,
            sign: None,
            thousands: 0,
            first_thousands: None,
            commas: 0,
            words: 0,
            rounded: 0,
        }
    }

    /// Learns the sign of decimals from cells that cannot mean two things; those of the first lines, before any is
    /// read as a number.
    pub(super) fn learn<'c>(&mut self, cells: impl Iterator<Item = &'c [u8]>) {
        if !self.commas_allowed || self.sign.is_some() {
            return;
        }
        for text in cells.filter_map(|cell| std::str::from_utf8(cell).ok()) {
            if let Some(Spelled::Decimal { sign, certain: true }) = spelled(text) {
                self.sign = Some((sign, text.to_owned()));
                return;
            }
        }
    }

    /// Reads a trimmed cell, whatever the sign of decimals.
    pub(super) fn leniently(&self, cell: &[u8]) -> Cell {
        let mut fresh = Self::new(self.commas_allowed);
        fresh.parse(cell)
    }

    /// Reads a trimmed cell.
    pub(super) fn parse(&mut self, cell: &[u8]) -> Cell {
        let Ok(text) = std::str::from_utf8(cell) else { return Cell::Text };
        if self.commas_allowed && text.contains(['.', ',']) {
            return self.parse_signed(text);
        }
        if let Ok(number) = text.parse::<f64>() {
            self.rounded += usize::from(is_rounded(text, number));
            return if number.is_finite() { Cell::Number(number) } else { Cell::Missing };
        }
        let cell = truth_or_nothing(text);
        self.words += usize::from(matches!(cell, Cell::Number(_)));
        cell
    }

    /// A cell with a point or a comma in it, either of which may part decimals.
    fn parse_signed(&mut self, text: &str) -> Cell {
        let Some(Spelled::Decimal { sign, certain }) = spelled(text) else {
            return truth_or_nothing(text);
        };
        let file = self.sign.get_or_insert_with(|| (sign, text.to_owned())).0;
        if certain && file != sign {
            return Cell::OtherSign;
        }
        let plain = match file {
            Sign::Point => text.replace(',', ""),
            Sign::Comma => text.replace('.', "").replace(',', "."),
        };
        let Ok(number) = plain.parse::<f64>() else { return Cell::Text };
        let parts_thousands = match file {
            Sign::Point => text.contains(','),
            Sign::Comma => text.contains('.'),
        };
        if parts_thousands {
            self.thousands += 1;
            self.first_thousands.get_or_insert_with(|| (text.to_owned(), number));
        }
        self.commas += usize::from(file == Sign::Comma);
        if number.is_finite() { Cell::Number(number) } else { Cell::Missing }
    }

    /// The cell from which the sign of decimals is known.
    pub(super) fn witness(&self) -> &str {
        self.sign.as_ref().map_or("", |(_, cell)| cell)
    }

    /// Lines for the user about unusual spellings.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let commas = (self.commas > 0).then(|| "numbers with a decimal comma".to_owned());
        let thousands = self.first_thousands.as_ref().map(|(text, number)| {
            let (point, comma) = ("a point", "a comma");
            let sign = if self.commas > 0 { point } else { comma };
            format!(
                "{sign} parts the thousands in {} {}: '{text}' is read as {number}",
                self.thousands,
                if self.thousands == 1 { "cell" } else { "cells" }
            )
        });
        let words = (self.words > 0).then(|| "true and false are read as 1 and 0".to_owned());
        commas.into_iter().chain(thousands).chain(words)
    }
}

/// What a number's signs tell; `None` where it is no number in either spelling.
fn spelled(text: &str) -> Option<Spelled> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let decimal = |sign: Sign, certain: bool| Some(Spelled::Decimal { sign, certain });
    match (points, commas) {
        (0, 0) => digits.parse::<f64>().ok().map(|_| Spelled::Plain),
        // One sign once: decimals, unless it stands as one that parts thousands would.
        (1, 0) => digits.parse::<f64>().ok().and_then(|_| decimal(Sign::Point, !in_groups(digits, '.'))),
        (0, 1) => {
            let pointed = digits.replace(',', ".");
            pointed.parse::<f64>().ok().and_then(|_| decimal(Sign::Comma, !in_groups(digits, ',')))
        }
        // One sign several times parts thousands, so the other parts decimals.
        (2.., 0) => in_groups(digits, '.').then(|| decimal(Sign::Comma, true)).flatten(),
        (0, 2..) => in_groups(digits, ',').then(|| decimal(Sign::Point, true)).flatten(),
        // Both: the last one parts decimals.
        (_, 1) if digits.rfind(',') > digits.rfind('.') => {
            let (whole, part) = digits.split_once(',')?;
            (in_groups(whole, '.') && all_digits(part)).then(|| decimal(Sign::Comma, true)).flatten()
        }
        (1, _) => {
            let (whole, part) = digits.split_once('.')?;
            (in_groups(whole, ',') && all_digits(part)).then(|| decimal(Sign::Point, true)).flatten()
        }
        _ => None,
    }
}

/// Whether `sign` stands where it would part thousands: `1.234`, `12.345.678`.
fn in_groups(digits: &str, sign: char) -> bool {
    let mut groups = digits.split(sign);
    let first = groups.next().unwrap_or_default();
    let leads = (1..=3).contains(&first.len()) && all_digits(first) && !first.starts_with('0');
    leads && groups.all(|group| group.len() == 3 && all_digits(group))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Cell, Numerals};

    fn read(first: &[&str], cells: &[&str]) -> (Vec<Cell>, Numerals) {
        let mut numerals = Numerals::new(true);
        numerals.learn(first.iter().map(|cell| cell.as_bytes()));
        let read = cells.iter().map(|cell| numerals.parse(cell.as_bytes())).collect();
        (read, numerals)
    }

    #[test]
    fn one_sign_parts_decimals_and_the_other_thousands() {
        let number = Cell::Number;
        let (cells, numerals) = read(&["87.393", "1,5"], &["87.393", "1,5", "-1.234.567,25", "7", "0,125"]);
        assert_eq!(cells, [number(87393.0), number(1.5), number(-1234567.25), number(7.0), number(0.125)]);
        let notes: Vec<_> = numerals.notes().collect();
        assert_eq!(notes[0], "numbers with a decimal comma");
        assert_eq!(notes[1], "a point parts the thousands in 2 cells: '87.393' is read as 87393");
        let (cells, numerals) = read(&["1,234", "1.5"], &["1,234", "1.5", "1,234,567.5"]);
        assert_eq!(cells, [number(1234.0), number(1.5), number(1234567.5)]);
        assert!(numerals.notes().next().unwrap().starts_with("a comma parts the thousands in 2 cells"));
    }

    #[test]
    fn what_may_mean_either_is_read_as_decimals() {
        let (cells, numerals) = read(&["87.393"], &["87.393", "12.125"]);
        assert_eq!(cells, [Cell::Number(87.393), Cell::Number(12.125)]);
        assert_eq!(numerals.notes().count(), 0);
        assert_eq!(read(&[], &["1,250", "3"]).0[0], Cell::Number(1.25));
    }

    #[test]
    fn both_signs_for_decimals_are_no_numbers_together() {
        let (cells, numerals) = read(&["1,5"], &["12.5"]);
        assert_eq!((cells[0], numerals.witness()), (Cell::OtherSign, "1,5"));
        // Known too late: the first was read as decimals.
        assert_eq!(read(&[], &["87.393", "1,5"]).0[1], Cell::OtherSign);
        assert_eq!(read(&["2.5"], &["0,393"]).0[0], Cell::OtherSign);
    }

    #[test]
    fn the_rest_is_text_or_nothing() {
        for text in ["1.5.2", "1,2,3", "1.23,4", ",", "1.000,5x", "a.b", "1e3.5"] {
            assert_eq!(read(&["1,5"], &[text]).0[0], Cell::Text, "{text}");
        }
        assert_eq!(read(&["1,5"], &["."]).0[0], Cell::Missing);
        assert_eq!(read(&["1,5"], &["1,5e3"]).0[0], Cell::Number(1500.0));
        assert_eq!(Numerals::new(false).parse(b"1,5"), Cell::Text);
    }
}
