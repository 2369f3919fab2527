//! The digits inside the binary.

use std::io::Read;

use flate2::read::GzDecoder;

use super::draft::Draft;
use super::file::refuse_label;
use super::{Labels, Layout, ReadOptions, Values};
use crate::error::{Context, Error, Result};

/// The test set of UCI's "Optical Recognition of Handwritten Digits"; see `digits.ATTRIBUTION.md` beside it.
const DIGITS: &[u8] = include_bytes!("../../assets/digits.csv.gz");

/// Pixels per digit: 8 × 8.
const PIXELS: usize = 64;

/// Reads the 1,797 digits: 64 pixels from 0 to 16, then the label.
pub(super) fn read(options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "the embedded set of digits")?;
    let mut text = String::new();
    GzDecoder::new(DIGITS).read_to_string(&mut text).context("the embedded digits")?;
    let mut pixels = Vec::with_capacity(text.lines().count() * PIXELS);
    let mut labels = Vec::new();
    for line in text.lines() {
        let (row, label) =
            line.rsplit_once(',').ok_or_else(|| Error::failed("the embedded digits: no label"))?;
        for pixel in row.split(',') {
            pixels.push(pixel.parse::<u8>().context("the embedded digits")?);
        }
        labels.push(label);
    }
    let layout = Layout::Image { height: 8, width: 8, channels: 1, maximum: 16 };
    let labels: Labels = labels.into_iter().collect();
    Ok(Draft::images("digits".into(), layout, Values::U8(pixels)).with_labels(labels))
}

#[cfg(test)]
mod tests {
    use crate::data::{ReadOptions, Source, Values, load};

    #[test]
    fn the_digits_are_those_of_uci() {
        let digits = load(&Source::Digits, &ReadOptions::default()).unwrap();
        assert_eq!((digits.rows(), digits.columns.len()), (1797, 64));
        let Values::U8(pixels) = &digits.values else { panic!("pixels are bytes") };
        assert_eq!(pixels.iter().max(), Some(&16));
        let labels = digits.labels.as_ref().unwrap();
        assert_eq!(labels.classes, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
        // The counts per class that scikit-learn documents for this set.
        let counts: Vec<_> =
            (0..10).map(|c| labels.of_row.iter().filter(|label| **label == c).count()).collect();
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        assert_eq!(pixels.iter().map(|pixel| u64::from(*pixel)).sum::<u64>(), 561718);
    }
}
