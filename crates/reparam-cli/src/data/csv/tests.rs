use std::io::Write;

use crate::data::{Dataset, Expected, Layout, Missing, ReadOptions, Source, load};
use crate::error::{Error, Result};

fn read_named(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Dataset> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    // The folder's name changes from run to run.
    load(&Source::Path(path), options).map_err(|error| Error {
        message: error.message.replace(&format!("{}/", folder.path().display()), ""),
        ..error
    })
}

fn read(text: &str) -> Result<Dataset> {
    read_named("t.csv", text.as_bytes(), &ReadOptions::default())
}

fn refused(text: &str) -> String {
    read(text).unwrap_err().message
}

fn numbers(data: &Dataset) -> Vec<f64> {
    (0..data.values.len()).map(|index| data.values.at(index)).collect()
}

#[test]
fn a_header_is_recognised() {
    let data = read("a,b\n1,2\n3,4.5\n").unwrap();
    assert_eq!((data.columns.clone(), data.name.as_str()), (vec!["a".to_owned(), "b".to_owned()], "t"));
    assert_eq!(numbers(&data), [1.0, 2.0, 3.0, 4.5]);
    assert_eq!(read("1,2\n3,4\n").unwrap().columns, ["x0", "x1"]);
    assert_eq!(read("name,2019\n1,2\n").unwrap().columns, ["name", "2019"]);
    assert_eq!(read(",b\n1,2\n").unwrap().columns, ["x0", "b"]);
    assert_eq!(read("7").unwrap().rows(), 1);
}

#[test]
fn dialects_are_read() {
    let expected = [1.5, -2.0, 3.0, 4.0];
    for (name, text) in [
        ("t.csv", "\u{feff}a,b\r\n1.5,-2\r\n3,4\r\n"),
        ("t.csv", "a,b\n1.5,-2\n\n3,4"),
        ("t.csv", "\"a\",\"b\"\n\"1.5\",\"-2\"\n3 , 4\n"),
        ("t.csv", "a,b,\n1.5,-2,\n3,4,\n"),
        ("t.csv", "a;b\n1,5;-2\n3;4\n"),
        ("t.tsv", "a\tb\n1.5\t-2\n3\t4\n"),
        ("t.txt", "1.5 \t-2 \t\n3 \t4 \t\n"),
        ("t.txt", "  1.5   -2\n  3.0    4\n"),
        ("t.data", "1.5|-2\n3|4\n"),
    ] {
        let data = read_named(name, text.as_bytes(), &ReadOptions::default());
        assert_eq!(numbers(&data.unwrap_or_else(|error| panic!("{text:?}: {error}"))), expected, "{text:?}");
    }
    let bom = read("\u{feff}a,b\n1,2\n").unwrap();
    assert_eq!(bom.columns[0], "a");
}

#[test]
fn gzip_is_opened_whatever_the_name() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(b"a,b\n1,2\n").unwrap();
    let bytes = encoder.finish().unwrap();
    for name in ["t.csv.gz", "t.csv"] {
        assert_eq!(numbers(&read_named(name, &bytes, &ReadOptions::default()).unwrap()), [1.0, 2.0]);
    }
    let error = read_named("t.csv.gz", &bytes[..bytes.len() - 9], &ReadOptions::default()).unwrap_err();
    assert!(error.message.starts_with("t.csv.gz: cannot be read to its end"), "{error}");
    assert!(error.help.unwrap().contains("cut short"));
}

#[test]
fn words_among_numbers_are_placed() {
    let error = read("age,height\n30,1.8\n31,tall\n").unwrap_err();
    assert_eq!(error.message, "t.csv: line 3, column 'height': 'tall' is not a number");
    assert!(error.help.unwrap().contains("--label 'height'"));
    assert_eq!(
        refused("name,age,city\nAnna,30,Rome\n"),
        "t.csv: line 2, column 'name': 'Anna' is not a number; column 'city': 'Rome' is not a number"
    );
    for text in ["a\n1\n\n\nx\n", "a\n1\n\n\nx", "a\r\n1\r\n\r\n\r\nx\r\n2", "\"\r\na\"\n1\n\nx"] {
        assert_eq!(refused(text), "t.csv: line 5, column 'a': 'x' is not a number", "{text:?}");
    }
}

#[test]
fn the_label_column_is_kept_aside() {
    let options = ReadOptions { label: Some("kind".into()), ..Default::default() };
    let data = read_named("t.csv", b"a,kind,b\n1,dog,2\n3,cat,4\n5,dog,6\n", &options).unwrap();
    assert_eq!(data.columns, ["a", "b"]);
    assert_eq!(numbers(&data), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let labels = data.labels.unwrap();
    assert_eq!((labels.classes, labels.of_row), (vec!["cat".to_owned(), "dog".to_owned()], vec![1, 0, 1]));
    let options = ReadOptions { label: Some("kin".into()), ..Default::default() };
    let error = read_named("t.csv", b"a,kind\n1,dog\n", &options).unwrap_err();
    assert_eq!(error.help.unwrap(), "did you mean 'kind'?");
}

#[test]
fn ragged_lines_are_placed() {
    assert_eq!(refused("a,b\n1,2\n3\n"), "t.csv: line 3 has 1 cells, not 2");
    assert_eq!(refused("a,b\n1,2\n3,4,5\n"), "t.csv: line 3 has 3 cells, not 2");
    let unclosed = read("a,b\n1,\"2\n3,4\n5,6\n").unwrap_err();
    assert!(unclosed.message.contains("line 2"), "{unclosed}");
}

#[test]
fn missing_cells_are_counted_and_dropped() {
    let text = "a,b\n1,2\nNA,4\n5,\n7,inf\n9,10\n";
    assert_eq!(
        refused(text),
        "t: 3 missing or non-finite cells in 3 of 5 rows ('a': 1, 'b': 2); the first: line 3, column 'a': 'NA'"
    );
    let options = ReadOptions { missing: Missing::Drop, ..Default::default() };
    let data = read_named("t.csv", text.as_bytes(), &options).unwrap();
    assert_eq!(numbers(&data), [1.0, 2.0, 9.0, 10.0]);
    assert_eq!(data.kept.unwrap(), [0, 4]);
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(refused(""), "t.csv: the file is empty (0 bytes)");
    assert_eq!(refused("\n\n"), "t.csv: the file has no lines with text");
    assert_eq!(refused("a,b\n"), "t.csv: the file has a header and no rows of data");
    let raw = |bytes: &[u8]| read_named("t.csv", bytes, &ReadOptions::default()).unwrap_err().message;
    assert_eq!(raw(b"\xff\xfea\0,\0"), "t.csv: is UTF-16 text; UTF-8 is expected");
    assert_eq!(raw(b"a,b\n1,\0\n"), "t.csv: has a NUL byte at byte 6: it is no UTF-8 text");
    assert_eq!(raw(b"a,b\n1,caf\xe9\n"), "t.csv: line 2, column 2: bytes that are not UTF-8");
    assert_eq!(raw(b"a,gr\xfc\xdfe\n1,2\n"), "t.csv: line 1, column 2: bytes that are not UTF-8");
}

#[test]
fn a_name_that_does_not_fit_the_content_is_noticed() {
    let error = read_named("t.npy", b"a,b\n1,2\n", &ReadOptions::default()).unwrap_err();
    assert_eq!(
        error.message,
        "t.npy: named like an NPY file, but does not begin like one; it begins with the text \"a,b\\n1,2\\n\""
    );
    let npy = include_bytes!("../../../tests/fixtures/v1_i1.npy");
    let data = read_named("t.csv", npy, &ReadOptions::default()).unwrap();
    assert!(data.notes.iter().any(|note| note.contains("but is an NPY file")), "{:?}", data.notes);
    let pickle = read_named("t.npy", b"\x80\x04\x95abc", &ReadOptions::default()).unwrap_err();
    assert!(pickle.message.contains("is a Python pickle"), "{pickle}");
}

#[test]
fn what_a_model_does_not_need_may_be_anything() {
    let expected = Expected { columns: vec!["b".into(), "a".into()], layout: Layout::Table };
    let options = ReadOptions { expected: Some(expected), ..Default::default() };
    let data = read_named("t.csv", b"name,a,gap,b\nAnna,1,,2\n", &options).unwrap();
    assert_eq!(numbers(&data), [2.0, 1.0]);
    assert!(data.notes.iter().any(|note| note.contains("ignored: 'name', 'gap'")), "{:?}", data.notes);
}

#[test]
fn lines_before_the_table_are_passed_over() {
    for (text, columns) in [
        ("# made by hand\n# in a hurry, though\na,b\n1,2\n3,4\n", ["a", "b"]),
        ("sep=;\na;b\n1;2\n3;4\n", ["a", "b"]),
        ("\u{feff}sep=,\r\na,b\r\n1,2\r\n3,4\r\n", ["a", "b"]),
        // As numpy.savetxt writes names.
        ("# a,b\n1,2\n3,4\n", ["a", "b"]),
        ("# x y\n1 2\n3 4\n", ["x", "y"]),
        ("#1.5,2\n1,2\n3,4\n", ["x0", "x1"]),
        ("#,b\n1,2\n3,4\n", ["#", "b"]),
    ] {
        let data = read(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(numbers(&data), [1.0, 2.0, 3.0, 4.0], "{text:?}");
        assert_eq!(data.columns, columns, "{text:?}");
    }
    assert_eq!(refused("# one\n# two\na\n1\nx\n"), "t.csv: line 5, column 'a': 'x' is not a number");
    let data = read("# one\n# two\na\n1\n").unwrap();
    assert!(data.notes.iter().any(|note| note == "the first 2 lines begin with # and are passed over"));
    assert_eq!(refused("# nothing else\n"), "t.csv: the file has no lines with text");
}

#[test]
fn lines_may_end_in_carriage_returns_alone() {
    let data = read("a,b\r1,2\r3,4\r").unwrap();
    assert_eq!((numbers(&data), data.columns.join("")), (vec![1.0, 2.0, 3.0, 4.0], "ab".into()));
    assert!(data.notes.iter().any(|note| note.starts_with("lines end in a carriage return alone")));
    assert_eq!(refused("a,b\r1,2\r3,x\r"), "t.csv: line 3, column 'b': 'x' is not a number");
}

#[test]
fn names_that_are_numbers_are_told_from_rows() {
    let data = read("0,1,2\n1.5,2.25,7\n0.5,1.0,2\n").unwrap();
    assert_eq!((data.columns.join(" "), data.rows()), ("0 1 2".into(), 2));
    assert!(
        data.notes.iter().any(|note| note.contains("(0, 1, 2) is taken for the names")),
        "{:?}",
        data.notes
    );
    let header = crate::data::Header::No;
    let options = ReadOptions { header, ..Default::default() };
    let data = read_named("t.csv", b"0,1,2\n1.5,2.25,7\n", &options).unwrap();
    assert_eq!((data.columns.join(" "), data.rows()), ("x0 x1 x2".into(), 2));
    let options = ReadOptions { header: crate::data::Header::Yes, ..Default::default() };
    assert_eq!(read_named("t.csv", b"1,2\n3,4\n", &options).unwrap().columns, ["1", "2"]);
    // A model that was trained on such names finds them in a table of two rows of whole numbers.
    let expected = Expected { columns: vec!["2".into(), "0".into()], layout: Layout::Table };
    let options = ReadOptions { expected: Some(expected), ..Default::default() };
    assert_eq!(numbers(&read_named("t.csv", b"0,1,2\n7,8,9\n", &options).unwrap()), [9.0, 7.0]);
}

#[test]
fn points_part_thousands_where_commas_part_decimals() {
    let data = read("a;b\n87.393;1,5\n1.234.567;2,25\n").unwrap();
    assert_eq!(numbers(&data), [87393.0, 1.5, 1234567.0, 2.25]);
    assert!(data.notes.iter().any(|note| note.contains("'87.393' is read as 87393")), "{:?}", data.notes);
    assert_eq!(numbers(&read("a;b\n87.393;1.5\n").unwrap()), [87.393, 1.5]);
    let error = read("a;b\n12.5;3\n1,5;2\n").unwrap_err();
    assert!(error.message.starts_with("t.csv: line 3, column 'a': '1,5' and '12.5' cannot both"), "{error}");
    // Columns that are not learned from say nothing about the others.
    let options = ReadOptions { exclude: vec!["date".into()], ..Default::default() };
    let data = read_named("t.csv", b"date;b\n1.5.2020;1.5\n1,5;2\n", &options).unwrap();
    assert_eq!(numbers(&data), [1.5, 2.0]);
}

#[test]
fn columns_of_words_are_left_out_by_one_flag() {
    let text = b"name,a,city,b\nAnna,1,Rome,2\nBen,NA,Oslo,4\nCleo,5,7,6\n";
    let options = ReadOptions { only_numbers: true, missing: Missing::Drop, ..Default::default() };
    let data = read_named("t.csv", text, &options).unwrap();
    assert_eq!((data.columns.join(" "), numbers(&data)), ("a b".into(), vec![1.0, 2.0, 5.0, 6.0]));
    assert!(
        data.notes.iter().any(|note| note.ends_with("hold no numbers: 'name', 'city'")),
        "{:?}",
        data.notes
    );
    let options = ReadOptions { label: Some("city".into()), ..options };
    assert_eq!(read_named("t.csv", text, &options).unwrap().labels.unwrap().of_row.len(), 2);
    // One wrong cell is a wrong cell.
    let options = ReadOptions { only_numbers: true, ..Default::default() };
    let error = read_named("t.csv", b"a\n1\n2\nthree\n4\n", &options).unwrap_err();
    assert!(error.message.contains("'three' is not a number"), "{error}");
}

#[test]
fn what_is_left_out_need_not_be_sound() {
    let options = ReadOptions { exclude: vec!["a".into()], ..Default::default() };
    let data = read_named("t.csv", b"a,b,a\nx,1,\xff\ny,2,3\n", &options).unwrap();
    assert_eq!((data.columns.join(""), numbers(&data)), ("b".into(), vec![1.0, 2.0]));
}

#[test]
fn a_column_that_counts_the_rows_is_named() {
    let named =
        |text: &str| read(text).unwrap().notes.iter().filter(|note| note.contains("counts the rows")).count();
    assert_eq!(named("id,a\n1,5\n2,5\n3,1\n4,9\n"), 1);
    assert_eq!(named(",a\n0,5\n1,5\n2,1\n3,9\n"), 1);
    assert_eq!(named("id,a\n1,5\n2,5\n4,1\n5,9\n"), 0);
    let options = ReadOptions { missing: Missing::Drop, ..Default::default() };
    let data = read_named("t.csv", b"id,a\n1,5\n2,\n3,1\n4,9\n5,2\n", &options).unwrap();
    assert!(
        data.notes.iter().any(|note| note.starts_with("column 'id' counts the rows")),
        "{:?}",
        data.notes
    );
}
