//! The pictures of the book: drawn here, held against the files in `book/src/pictures`.
//!
//! With the variable `UPDATE_BOOK` what differs is written.

mod curves;
mod diagram;
mod graphs;

use std::fs;
use std::path::Path;

/// Compares a picture with its file; both are the same to the byte.
fn assert_drawn(name: &str, svg: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/src/pictures").join(name);
    if std::env::var_os("UPDATE_BOOK").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, svg).unwrap();
    }
    let drawn = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(drawn == svg, "{name} is not what is drawn today; UPDATE_BOOK=1 writes it");
}
