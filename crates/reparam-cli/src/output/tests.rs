use std::path::Path;

use super::{ColumnData, Format, OutputTarget, Table, grid_png_bytes, write_image_grid, write_table};
use crate::data::{Dataset, Layout, ReadOptions, Source, load};
use crate::error::{Exit, Result};

fn numbers() -> Table {
    Table::default()
        .with("single", ColumnData::F32(vec![0.1, 1e-30]))
        .with("double", ColumnData::F64(vec![0.1, -1e300]))
        .with("whole", ColumnData::I64(vec![-7, 1 << 53]))
}

fn written(name: &str, table: &Table) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    write_table(&OutputTarget::File(path.clone()), None, table)?;
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    Ok(std::fs::read(path).unwrap())
}

fn text(name: &str, table: &Table) -> String {
    String::from_utf8(written(name, table).unwrap()).unwrap()
}

fn read_back(path: &Path) -> Dataset {
    load(&Source::Path(path.into()), &ReadOptions::default()).unwrap()
}

#[test]
fn every_format_gives_the_same_numbers_back() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["t.csv", "t.tsv", "t.npy", "t.parquet", "t.jsonl", "t.json"] {
        let path = folder.path().join(name);
        write_table(&OutputTarget::File(path.clone()), None, &numbers()).unwrap();
        let data = read_back(&path);
        let found: Vec<_> = (0..6).map(|index| data.values.at(index)).collect();
        // As text, a single is read as the double nearest to its digits, which rounds back to it.
        let singles = vec![found[0] as f32, found[3] as f32];
        assert_eq!(singles, [0.1, 1e-30], "{name}");
        assert_eq!(
            vec![found[1], found[2], found[4], found[5]],
            [0.1, -7.0, -1e300, 9007199254740992.0],
            "{name}"
        );
    }
}

#[test]
fn text_is_escaped_and_numbers_are_short() {
    let table = Table::default()
        .with("a,b", ColumnData::F32(vec![0.1, f32::NAN, 1e10]))
        .with("say \"x\"", ColumnData::Text(["one", "two, three", "line\nend"].map(Into::into).into()));
    assert_eq!(
        text("t.csv", &table),
        "\"a,b\",\"say \"\"x\"\"\"\n0.1,one\nNaN,\"two, three\"\n10000000000.0,\"line\nend\"\n"
    );
    assert_eq!(text("t.tsv", &table).lines().nth(1), Some("0.1\tone"));
    let lines = text("t.jsonl", &table);
    assert_eq!(lines.lines().next(), Some(r#"{"a,b":0.1,"say \"x\"":"one"}"#));
    assert_eq!(lines.lines().nth(1), Some(r#"{"a,b":null,"say \"x\"":"two, three"}"#));
    let array: serde_json::Value = serde_json::from_str(&text("t.json", &table)).unwrap();
    assert_eq!(array[2]["say \"x\""], "line\nend");
    let none = Table::default().with("a", ColumnData::I64(vec![]));
    assert_eq!((text("t.csv", &none), text("t.json", &none)), ("a\n".into(), "[]\n".into()));
}

#[test]
fn npy_takes_the_narrowest_type_and_no_text() {
    let singles = Table::default().with("a", ColumnData::F32(vec![1.0, 2.0]));
    let bytes = written("t.npy", &singles).unwrap();
    assert!(bytes.windows(5).any(|part| part == b"'<f4'"));
    assert_eq!((bytes.len() - 8) % 64, 0);
    let whole = written("t.npy", &Table::default().with("a", ColumnData::I64(vec![i64::MAX]))).unwrap();
    assert_eq!(whole[whole.len() - 8..], i64::MAX.to_le_bytes());
    let error =
        written("t.npy", &singles.with("name", ColumnData::Text(vec!["x".into(), "y".into()]))).unwrap_err();
    assert!(error.message.contains("'name'"), "{error}");
}

#[test]
fn the_extension_or_the_flag_decides() {
    let file = |name: &str| OutputTarget::parse(name);
    assert_eq!(OutputTarget::parse("-"), OutputTarget::Stdout);
    assert_eq!(Format::choose(&OutputTarget::Stdout, None).unwrap(), Format::Csv);
    assert_eq!(Format::choose(&file("a.CSV"), None).unwrap(), Format::Csv);
    assert_eq!(Format::choose(&file("a.csv"), Some(Format::Jsonl)).unwrap(), Format::Jsonl);
    let error = Format::choose(&file("a.xlsx"), None).unwrap_err();
    assert!(error.exit == Exit::Usage && error.help.unwrap().contains(".parquet"));
    assert_eq!(written("t.png", &numbers()).unwrap_err().exit, Exit::Usage);
}

#[test]
fn pictures_stand_in_a_grid() {
    let layout = |channels| Layout::Image { height: 1, width: 2, channels, maximum: 255 };
    let png = grid_png_bytes(&[0.0, 1.0, 0.5, 2.0, -1.0, f32::NAN], layout(1), 2, 1).unwrap();
    let image = image::load_from_memory(&png).unwrap();
    assert_eq!((image.width(), image.height()), (7, 5));
    let grey = image.into_luma8();
    let level = |x, y| grey.get_pixel(x, y).0[0];
    assert_eq!([level(1, 1), level(2, 1), level(3, 1), level(4, 1), level(5, 1)], [0, 255, 200, 128, 255]);
    assert_eq!([level(1, 3), level(2, 3), level(4, 3)], [0, 0, 200]);
    let colour = image::load_from_memory(&grid_png_bytes(&[1.0; 6], layout(3), 9, 0).unwrap()).unwrap();
    assert_eq!((colour.width(), colour.color()), (2, image::ColorType::Rgb8));
    assert!(grid_png_bytes(&[], Layout::Table, 1, 1).is_err());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.png");
    write_image_grid(&OutputTarget::File(path.clone()), &[0.0, 1.0], layout(1), 1, 1).unwrap();
    let small = image::open(path).unwrap().into_luma8();
    assert_eq!((small.width(), small.height()), (2 * 28 + 2, 28 + 2), "two pixels of 28 by 28");
    assert_eq!([small.get_pixel(28, 28).0[0], small.get_pixel(29, 1).0[0]], [0, 255]);
    assert!(grid_png_bytes(&[], layout(1), 0, 0).is_ok());
}
