//! Damaged files of every kind: whatever happens to their bytes, reading ends in a table or in an error.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::{Missing, ReadOptions, Source, load};
use crate::output::{ColumnData, OutputTarget, Table, write_table};

/// Files per kind: every reading ends in `Ok` or `Err`, never in a panic.
const CASES: usize = 400;

/// A small multiplicative generator (Lehmer, 48271 mod 2^31 − 1): the cases must be the same on every run.
struct Cases(u64);

impl Cases {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0 * 48271 % 0x7fff_ffff;
        self.0 as usize % end.max(1)
    }
}

/// Reads `CASES` damaged versions of `whole`: cut short, with bytes changed, or both.
fn damage(name: &str, whole: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    // Pictures are read from their folder, which is how most come.
    let picture = path.extension().is_some_and(|extension| extension == "png");
    let source = Source::Path(if picture { folder.path().into() } else { path.clone() });
    let options = ReadOptions { missing: Missing::Drop, ..Default::default() };
    let mut cases = Cases(20261121);
    let (mut read, mut refused) = (0, 0);
    for case in 0..CASES {
        let mut bytes = whole.to_vec();
        if case % 3 != 1 {
            bytes.truncate(cases.below(whole.len()));
        }
        if case % 3 != 0 && !bytes.is_empty() {
            for _ in 0..=case % 4 {
                let place = cases.below(bytes.len());
                // Extreme bytes make sizes huge or negative; single bits slip past checks.
                bytes[place] = match cases.below(4) {
                    0 => 0xff,
                    1 => 0,
                    2 => bytes[place] ^ 1 << cases.below(8),
                    _ => cases.below(256) as u8,
                };
            }
        }
        fs::write(&path, &bytes).unwrap();
        match load(&source, &options) {
            Ok(data) => {
                assert_eq!(data.values.len(), data.rows() * data.columns.len(), "{name}, case {case}");
                read += 1;
            }
            Err(error) => {
                assert!(!error.message.is_empty());
                refused += 1;
            }
        }
    }
    println!("{name}: {read} read, {refused} refused");
    assert!(refused > CASES / 8, "{name}: the damage must reach what matters");
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

#[test]
fn text() {
    damage("t.csv", b"a,b,\"c d\"\n1,2.5,3\n-4,NA,6e3\n7,8,9\n");
}

#[test]
fn json_lines() {
    damage("t.jsonl", b"{\"a\":1,\"b\":2.5}\n{\"a\":-4e3,\"b\":true}\n{\"a\":7,\"b\":9}\n");
}

#[test]
fn gzip() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(b"a,b\n1,2\n3,4\n5,6\n").unwrap();
    damage("t.csv.gz", &encoder.finish().unwrap());
}

#[test]
fn npy() {
    damage("t.npy", &fixture("v1_f8_c.npy"));
    damage("t.npy", &fixture("v2_i8_be.npy"));
}

#[test]
fn npz() {
    damage("t.npz", &fixture("x_and_y.npz"));
}

#[test]
fn idx() {
    let header = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3];
    damage("t.idx", &[&header[..], &[7; 24]].concat());
}

#[test]
fn parquet() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    let numbers: Vec<f64> = (0..50).map(f64::from).collect();
    let table = Table::default()
        .with("a", ColumnData::F64(numbers))
        .with("b", ColumnData::I64((0..50).map(|row| row % 3).collect()));
    write_table(&OutputTarget::File(path.clone()), None, &table).unwrap();
    damage("t.parquet", &fs::read(path).unwrap());
}

#[test]
fn pictures() {
    let mut png = Vec::new();
    let picture = image::GrayImage::from_fn(9, 7, |x, y| image::Luma([(x * 20 + y) as u8]));
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    damage("t.png", &png);
    let mut jpeg = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    damage("t.jpeg.png", &jpeg);
    let mut webp = Vec::new();
    let colour = image::DynamicImage::from(picture).into_rgb8();
    colour.write_to(&mut std::io::Cursor::new(&mut webp), image::ImageFormat::WebP).unwrap();
    damage("t.webp.png", &webp);
    for name in ["ramp.bmp", "ramp.gif", "ramp.tiff", "progressive.jpg"] {
        damage(&format!("{name}.png"), &fixture(name));
    }
}
