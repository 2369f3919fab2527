//! Cells as numbers.

use crate::data::element::EXACT;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    Number(f64),
    Missing,
    Text,
    /// A number whose decimals are parted by another sign than those of the file.
    OtherSign,
}

/// The usual words for no value, in lower case.
const NOTHING: [&str; 9] = ["", "na", "n/a", "nan", "null", "none", "?", "-", "."];

/// A cell that is no number: a truth value, nothing, or text.
pub(super) fn truth_or_nothing(text: &str) -> Cell {
    let lower = text.to_ascii_lowercase();
    match ["false", "true"].iter().position(|word| *word == lower) {
        Some(truth) => Cell::Number(truth as f64),
        None if NOTHING.contains(&lower.as_str()) => Cell::Missing,
        None => Cell::Text,
    }
}

/// Whether `text` is an integer that `number` is not.
pub(super) fn is_rounded(text: &str, number: f64) -> bool {
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
    use super::Cell;
    use crate::data::csv::numerals::Numerals;

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
        assert_eq!(Numerals::new(true).parse(b"1.000,5"), Cell::Number(1000.5));
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
