//! What there is to know about a table before training: its columns in figures, and its fingerprint.

use std::fmt;

use sha2::{Digest, Sha256};

use super::mnist::hexadecimal;
use super::{Dataset, Layout, Values};

/// One column in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnSummary {
    /// Its name.
    pub name: String,
    /// What its numbers have in common.
    pub kind: ColumnKind,
    /// The smallest number.
    pub min: f64,
    /// The largest number.
    pub max: f64,
    /// The mean.
    pub mean: f64,
}

/// What the numbers of a column have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// All the same.
    Constant,
    /// 0 and 1.
    Binary,
    /// Whole numbers.
    Integer,
    /// Anything else.
    Real,
}

impl Dataset {
    /// All columns in figures, in one pass over the rows.
    pub fn summaries(&self) -> Vec<ColumnSummary> {
        let width = self.columns.len();
        let mut figures = vec![Figures::default(); width];
        for index in 0..self.values.len() {
            figures[index % width].add(self.values.at(index));
        }
        let rows = self.rows() as f64;
        self.columns.iter().zip(figures).map(|(name, figures)| figures.summary(name, rows)).collect()
    }

    /// SHA-256 over shape, layout, column names and numbers: the same data give the same text.
    pub fn fingerprint(&self) -> String {
        let mut sum = Sha256::new();
        let layout = match self.layout {
            Layout::Table => [0; 4],
            Layout::Image { height, width, channels, maximum } => {
                [height as u64, width as u64, channels as u64, maximum.into()]
            }
        };
        let sizes = [
            self.rows() as u64,
            self.columns.len() as u64,
            self.test_from.map_or(u64::MAX, |row| row as u64),
        ];
        sizes.iter().chain(&layout).for_each(|size| sum.update(size.to_le_bytes()));
        for name in &self.columns {
            sum.update((name.len() as u64).to_le_bytes());
            sum.update(name);
        }
        match &self.values {
            Values::U8(bytes) => {
                sum.update(b"u8");
                sum.update(bytes);
            }
            Values::F32(numbers) => {
                sum.update(b"f32");
                for number in numbers {
                    sum.update(number.to_le_bytes());
                }
            }
            Values::F64(numbers) => {
                sum.update(b"f64");
                for number in numbers {
                    sum.update(number.to_le_bytes());
                }
            }
        }
        hexadecimal(sum)
    }
}

#[derive(Clone)]
struct Figures {
    min: f64,
    max: f64,
    sum: f64,
    binary: bool,
    whole: bool,
}

impl Default for Figures {
    fn default() -> Self {
        Self { min: f64::INFINITY, max: f64::NEG_INFINITY, sum: 0.0, binary: true, whole: true }
    }
}

impl Figures {
    fn add(&mut self, number: f64) {
        self.min = self.min.min(number);
        self.max = self.max.max(number);
        self.sum += number;
        self.binary &= matches!(number, 0.0 | 1.0);
        self.whole &= number.fract() == 0.0;
    }

    fn summary(self, name: &str, rows: f64) -> ColumnSummary {
        let kind = match self {
            _ if self.max <= self.min => ColumnKind::Constant,
            _ if self.binary => ColumnKind::Binary,
            _ if self.whole => ColumnKind::Integer,
            _ => ColumnKind::Real,
        };
        // The sum of numbers near the largest double may overflow; their mean lies between the two ends.
        let mean = (self.sum / rows).clamp(self.min, self.max);
        ColumnSummary { name: name.to_owned(), kind, min: self.min, max: self.max, mean }
    }
}

impl fmt::Display for ColumnKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Constant => "constant",
            Self::Binary => "binary",
            Self::Integer => "integer",
            Self::Real => "real",
        })
    }
}

impl fmt::Display for ColumnSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, kind, min, max, mean } = self;
        write!(f, "{name}: {kind}, {} to {}, mean {}", Short(*min), Short(*max), Short(*mean))
    }
}

/// Four significant digits, with an exponent only where zeros would crowd out the digits.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        let rounded: f64 = format!("{number:.3e}").parse().unwrap_or(number);
        if number == 0.0 || (1e-4..1e9).contains(&number.abs()) {
            let whole = number.fract() == 0.0;
            if whole { write!(f, "{number}") } else { write!(f, "{rounded}") }
        } else {
            write!(f, "{rounded:e}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ColumnKind;
    use crate::data::draft::{Draft, plain_names};
    use crate::data::{Dataset, Missing, Values};

    fn table(numbers: &[f64]) -> Dataset {
        let mut values = Values::default();
        for number in numbers {
            values.push(*number);
        }
        Draft::table("t".into(), plain_names(4), values).settle(Missing::Error).unwrap()
    }

    #[test]
    fn columns_are_summed_up() {
        let summaries = table(&[0.0, 3.0, 0.5, 7.0, 1.0, -4.0, 1.0, 7.0]).summaries();
        let kinds: Vec<_> = summaries.iter().map(|summary| summary.kind).collect();
        assert_eq!(kinds, [ColumnKind::Binary, ColumnKind::Integer, ColumnKind::Real, ColumnKind::Constant]);
        assert_eq!(summaries[1].to_string(), "x1: integer, -4 to 3, mean -0.5");
        assert_eq!(summaries[2].to_string(), "x2: real, 0.5 to 1, mean 0.75");
        let large = table(&[1e308, 0.123456, 1e-7, 123456789.0, 1.5e308, 0.123456, 1e-7, 1e12]).summaries();
        assert_eq!(
            large[0].to_string(),
            "x0: real, 1e308 to 1.5e308, mean 1.5e308".replace("real", "integer")
        );
        assert_eq!(large[1].to_string(), "x1: constant, 0.1235 to 0.1235, mean 0.1235");
    }

    #[test]
    fn the_fingerprint_sees_every_change() {
        let numbers = [0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let print = table(&numbers).fingerprint();
        assert_eq!(print, table(&numbers).fingerprint());
        assert_eq!(print.len(), 64);
        let mut other = numbers;
        other[7] = 7.5;
        assert_ne!(print, table(&other).fingerprint());
        let mut renamed = table(&numbers);
        renamed.columns[0] = "y".into();
        assert_ne!(print, renamed.fingerprint());
        let mut bytes = table(&numbers.map(f64::round));
        bytes.values = Values::U8(vec![0, 1, 2, 3, 4, 5, 6, 7]);
        assert_ne!(print, bytes.fingerprint());
    }
}
