//! Cells as numbers.

use crate::data::element::EXACT;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    Number(f64),
    Missing,
    Text,
}

/// The usual words for no value, in lower case.
const NOTHING: [&str; 9] = ["", "na", "n/a", "nan", "null", "none", "?", "-", "."];

/// How numbers are spelled in one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numerals {
    decimal_comma: bool,
    commas: usize,
    words: usize,
    /// Integers that double precision cannot hold.
    pub(super) rounded: usize,
}

impl Numerals {
    /// `decimal_comma`: whether `1,5` is one and a half.
    pub(super) fn new(decimal_comma: bool) -> Self {
        Self { decimal_comma, commas: 0, words: 0, rounded: 0 }
    }

    /// Reads a trimmed cell.
    pub(super) fn parse(&mut self, cell: &[u8]) -> Cell {
        let Ok(text) = std::str::from_utf8(cell) else { return Cell::Text };
        if let Ok(number) = text.parse::<f64>() {
            self.rounded += usize::from(is_rounded(text, number));
            return if number.is_finite() { Cell::Number(number) } else { Cell::Missing };
        }
        let lower = text.to_ascii_lowercase();
        if NOTHING.contains(&lower.as_str()) {
            return Cell::Missing;
        }
        if let Some(truth) = ["false", "true"].iter().position(|word| *word == lower) {
            self.words += 1;
            return Cell::Number(truth as f64);
        }
        if self.decimal_comma
            && text.matches(',').count() == 1
            && !text.contains('.')
            && let Ok(number) = text.replace(',', ".").parse::<f64>()
        {
            self.commas += 1;
            return Cell::Number(number);
        }
        Cell::Text
    }

    /// Lines for the user about unusual spellings.
    pub(super) fn notes(self) -> impl Iterator<Item = String> {
        let commas = (self.commas > 0).then(|| "numbers with a decimal comma".to_owned());
        let words = (self.words > 0).then(|| "true and false are read as 1 and 0".to_owned());
        commas.into_iter().chain(words)
    }
}

/// Whether `text` is an integer that `number` is not.
fn is_rounded(text: &str, number: f64) -> bool {
    number.abs() >= EXACT as f64 && text.parse::<i128>().is_ok_and(|integer| number as i128 != integer)
}

/// The cell as text, or what is wrong with its bytes.
pub(super) fn text(cell: &[u8]) -> Result<&str, &'static str> {
    match std::str::from_utf8(cell) {
        Ok(text) if text.contains('\0') => Err("a NUL byte: this is no text"),
        Ok(text) => Ok(text),
        Err(_) => Err("bytes that are not UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Numerals};

    #[test]
    fn numbers_gaps_and_words() {
        let mut plain = Numerals::new(false);
        for (text, cell) in [
            ("1", Cell::Number(1.0)),
            ("-.5", Cell::Number(-0.5)),
            ("+1e-3", Cell::Number(1e-3)),
            ("1e308", Cell::Number(1e308)),
            ("5e-324", Cell::Number(5e-324)),
            ("True", Cell::Number(1.0)),
            ("FALSE", Cell::Number(0.0)),
            ("", Cell::Missing),
            ("NA", Cell::Missing),
            ("NaN", Cell::Missing),
            ("-inf", Cell::Missing),
            ("1e999", Cell::Missing),
            ("?", Cell::Missing),
            ("1,5", Cell::Text),
            ("1.2.3", Cell::Text),
            ("0x10", Cell::Text),
            ("12 kg", Cell::Text),
        ] {
            assert_eq!(plain.parse(text.as_bytes()), cell, "{text}");
        }
        assert_eq!(plain.parse(b"\xff"), Cell::Text);
        assert_eq!(Numerals::new(true).parse(b"-1,5"), Cell::Number(-1.5));
        assert_eq!(Numerals::new(true).parse(b"1.000,5"), Cell::Text);
    }

    #[test]
    fn integers_that_lose_digits_are_counted() {
        let mut numerals = Numerals::new(false);
        for text in
            ["9007199254740992", "9007199254740993", "1152921504606846976", "12345678901234567890", "1e20"]
        {
            numerals.parse(text.as_bytes());
        }
        assert_eq!(numerals.rounded, 2);
    }
}
