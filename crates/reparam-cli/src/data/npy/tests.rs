use std::path::Path;

use super::{read_array, read_labels};
use crate::data::{Layout, ReadOptions, Source, Values, load};

/// An NPY file of version 1.
fn npy(descr: &str, fortran: bool, shape: &str, body: &[u8]) -> Vec<u8> {
    let order = if fortran { "True" } else { "False" };
    let header = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}");
    [b"\x93NUMPY\x01\x00", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), body].concat()
}

fn numbers(values: &Values) -> Vec<f64> {
    (0..values.len()).map(|index| values.at(index)).collect()
}

#[test]
fn files_written_by_numpy_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let read = |name: &str| {
        let path = folder.join(name);
        load(&Source::Path(path), &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    // All hold 0, 1, … 11 as 4 rows of 3 columns.
    for name in ["v1_f8_c.npy", "v1_f4_fortran.npy", "v2_i8_be.npy", "v3_u2.npy", "v1_f2_be.npy", "v1_i1.npy"]
    {
        let data = read(name);
        assert_eq!(data.columns, ["x0", "x1", "x2"], "{name}");
        assert_eq!(numbers(&data.values), (0..12).map(f64::from).collect::<Vec<_>>(), "{name}");
    }
    let images = read("v1_u1_images.npy");
    assert_eq!(images.layout, Layout::Image { height: 3, width: 2, channels: 1, maximum: 255 });
}

#[test]
fn what_is_no_array_of_numbers_is_named() {
    for (bytes, expected) in [
        (npy("|O", false, "(3,)", b"\x80\x04"), "Python objects (a pickle) (type '|O')"),
        (npy("<f8", false, "(3,)", &[0; 20]), "needs 24 bytes, but the file holds only 20"),
        (npy("<f8", false, "(2,)", &[0; 20]), "holds more"),
        (npy("<f8", false, "(18446744073709551615, 4)", &[]), "too large"),
        (npy("<f8", false, "(4294967296, 1048576)", &[]), "shape [4294967296, 1048576]"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec(), "claims 4294967295 bytes"),
        (b"\x93NUMPY\x09\x00\x10\x00".to_vec(), "NPY version 9"),
        (b"\x93NUMPY\x01\x00\x10\x00{'de".to_vec(), "ends within"),
        (b"\x93NUMPY\x01\x00\x02\x00\xff\xfe".to_vec(), "no text"),
    ] {
        let error = read_array("a.npy", &mut &bytes[..]).unwrap_err();
        assert!(error.message.starts_with("a.npy: ") && error.message.contains(expected), "{error}");
    }
}

#[test]
fn labels_are_numbers_or_text() {
    let bytes = npy("<i4", false, "(3,)", &[7, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0]);
    let labels = read_labels("y", &mut &bytes[..]).unwrap();
    assert_eq!((labels.classes, labels.of_row), (vec!["5".to_owned(), "7".to_owned()], vec![1, 0, 1]));
    let text: Vec<u8> = "ab\0é\0\0".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    let bytes = npy(">U3", false, "(2,)", &text);
    assert_eq!(read_labels("y", &mut &bytes[..]).unwrap().classes, ["ab", "é"]);
    let bytes = npy("|S2", false, "(2,)", b"abc\0");
    assert_eq!(read_labels("y", &mut &bytes[..]).unwrap().classes, ["ab", "c"]);
    let bytes = npy("|S0", false, "(9999999999999,)", b"");
    assert!(read_labels("y", &mut &bytes[..]).is_err());
}
