use std::path::PathBuf;
use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float32Array, Float64Array, Int32Array, Int64Array, ListArray,
    RecordBatch, StringArray, TimestampMicrosecondArray, UInt8Array, types::Int32Type,
};

use crate::data::{Dataset, Missing, ReadOptions, Source, load};
use crate::error::Result;

fn write(columns: Vec<(&str, ArrayRef)>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    (folder, path)
}

fn read(columns: Vec<(&str, ArrayRef)>, options: &ReadOptions) -> Result<Dataset> {
    let (_folder, path) = write(columns);
    load(&Source::Path(path), options)
}

#[test]
fn all_columns_of_numbers_are_read() {
    let codes =
        DictionaryArray::<Int32Type>::new(vec![1, 0].into(), Arc::new(Float64Array::from(vec![7.0, 8.0])));
    let data = read(
        vec![
            ("truth", Arc::new(BooleanArray::from(vec![true, false]))),
            ("byte", Arc::new(UInt8Array::from(vec![1, 255]))),
            ("int", Arc::new(Int32Array::from(vec![-5, 6]))),
            ("long", Arc::new(Int64Array::from(vec![(1i64 << 53) + 1, 4]))),
            ("single", Arc::new(Float32Array::from(vec![0.5, 1.5]))),
            ("code", Arc::new(codes)),
        ],
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!(data.columns, ["truth", "byte", "int", "long", "single", "code"]);
    let numbers: Vec<_> = (0..12).map(|index| data.values.at(index)).collect();
    assert_eq!(numbers, [1.0, 1.0, -5.0, 9007199254740992.0, 0.5, 8.0, 0.0, 255.0, 6.0, 4.0, 1.5, 7.0]);
    assert_eq!(data.notes, ["integers beyond 2^53, rounded to double precision: 1"]);
}

#[test]
fn nulls_are_missing_cells() {
    let columns = || -> Vec<(&str, ArrayRef)> {
        vec![
            ("a", Arc::new(Int32Array::from(vec![Some(1), None, Some(3)]))),
            ("b", Arc::new(Float64Array::from(vec![Some(f64::NAN), Some(2.0), Some(3.0)]))),
        ]
    };
    let error = read(columns(), &ReadOptions::default()).unwrap_err();
    assert!(
        error.message.contains("2 missing or non-finite cells in 2 of 3 rows ('a': 1, 'b': 1)"),
        "{error}"
    );
    let data = read(columns(), &ReadOptions { missing: Missing::Drop, ..Default::default() }).unwrap();
    assert_eq!((data.rows(), data.values.at(0)), (1, 3.0));
}

#[test]
fn other_types_are_named_with_the_way_out() {
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)])]);
    let columns = || -> Vec<(&str, ArrayRef)> {
        vec![
            ("a", Arc::new(Int32Array::from(vec![1]))),
            ("city", Arc::new(StringArray::from(vec!["Rome"]))),
            ("when", Arc::new(TimestampMicrosecondArray::from(vec![1]))),
            ("many", Arc::new(lists.clone())),
        ]
    };
    let error = read(columns(), &ReadOptions::default()).unwrap_err();
    for part in ["column 'city' is text", "column 'when' is a date or time", "column 'many' is nested"] {
        assert!(error.message.contains(part), "{error}");
    }
    assert!(error.help.unwrap().contains("--exclude 'city'"));
    let options = ReadOptions {
        label: Some("city".into()),
        exclude: vec!["when".into(), "many".into()],
        ..Default::default()
    };
    let data = read(columns(), &options).unwrap();
    assert_eq!((data.columns, data.labels.unwrap().classes), (vec!["a".to_owned()], vec!["Rome".to_owned()]));
}

#[test]
fn empty_and_damaged_files_are_errors() {
    let none = read(vec![("a", Arc::new(Int32Array::from(Vec::<i32>::new())))], &ReadOptions::default());
    assert!(none.unwrap_err().message.contains("no rows of data"));
    let (_folder, path) = write(vec![("a", Arc::new(Int32Array::from(vec![1, 2, 3])))]);
    let bytes = std::fs::read(&path).unwrap();
    for length in [4, 12, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&path, &bytes[..length]).unwrap();
        let error = load(&Source::Path(path.clone()), &ReadOptions::default()).unwrap_err();
        assert!(error.message.contains("the Parquet file cannot be read"), "{error}");
    }
}

fn fixture(name: &str) -> PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[test]
fn every_packing_is_read() {
    for name in ["brotli.parquet", "lz4.parquet", "gzip.parquet", "checksums.parquet"] {
        let data = load(&Source::Path(fixture(name)), &ReadOptions::default())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let numbers: Vec<_> = (0..20).map(|index| data.values.at(index)).collect();
        let expected: Vec<_> = (0..10).flat_map(|row| [f64::from(row), f64::from(row) / 4.0]).collect();
        assert_eq!(numbers, expected, "{name}");
    }
}

#[test]
fn decimals_are_the_nearest_doubles() {
    let options = ReadOptions { missing: Missing::Drop, ..Default::default() };
    let data = load(&Source::Path(fixture("decimal.parquet")), &options).unwrap();
    assert_eq!(data.columns, ["price", "wide", "gap"]);
    let numbers: Vec<_> = (0..6).map(|index| data.values.at(index)).collect();
    assert_eq!(numbers, [12.5, 0.1, 1.0, 1234567.89, 2.5, 3.0]);
    let options = ReadOptions { exclude: vec!["gap".into()], ..Default::default() };
    let data = load(&Source::Path(fixture("decimal.parquet")), &options).unwrap();
    assert_eq!((data.values.at(2), data.values.at(3)), (-0.01, 123456789012345678901234567890.5));
}

#[test]
fn a_flipped_bit_in_a_page_fails_its_checksum() {
    let whole = std::fs::read(fixture("checksums.parquet")).unwrap();
    // Those of rows 8 and 9 stand in the page of b as they are.
    let numbers = [2.0f64.to_le_bytes(), 2.25f64.to_le_bytes()].concat();
    let place = whole.windows(16).position(|bytes| bytes == numbers).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    let mut flipped = whole;
    flipped[place] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    let error = load(&Source::Path(path), &ReadOptions::default()).unwrap_err();
    assert!(
        error.message.contains("the Parquet file cannot be read") && error.message.contains("CRC"),
        "{error}"
    );
}

#[test]
fn columns_of_words_are_left_out_by_one_flag() {
    let options = ReadOptions { only_numbers: true, ..Default::default() };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("city", Arc::new(StringArray::from(vec!["Rome"]))),
        ("a", Arc::new(Int32Array::from(vec![1]))),
        ("when", Arc::new(TimestampMicrosecondArray::from(vec![1]))),
    ];
    let data = read(columns, &options).unwrap();
    assert_eq!(data.columns, ["a"]);
    assert_eq!(data.notes, ["left out, since they hold no numbers: 'city', 'when'"]);
}
