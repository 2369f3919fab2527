//! The NPZ archives of numpy: a zip of NPY files.

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;

use super::draft::Draft;
use super::input::{Input, Stored};
use super::selection::{quoted, unknown};
use super::{ReadOptions, npy};
use crate::error::{Error, Result};

/// Names that the rows go by, in the order of preference.
const ROWS: [&str; 8] = ["X", "x", "data", "features", "images", "X_train", "x_train", "arr_0"];

/// Names that the classes go by.
const LABELS: [&str; 7] = ["y", "Y", "labels", "label", "target", "targets", "y_train"];

/// Reads the array of rows and, where there is one, the array of labels.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Draft> {
    let (name, stem) = (input.name.clone(), input.stem());
    match input.into_stored()? {
        Stored::File(file) => read_archive(&name, stem, file, options),
        Stored::Memory(bytes) => read_archive(&name, stem, Cursor::new(bytes), options),
    }
}

fn read_archive(name: &str, stem: String, bytes: impl Read + Seek, options: &ReadOptions) -> Result<Draft> {
    let mut archive = ZipArchive::new(bytes).map_err(|error| damaged(name, &error))?;
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .filter_map(|member| Some(member.strip_suffix(".npy")?.to_owned()))
        .collect();
    if names.is_empty() {
        return Err(Error::failed(format!("{name}: a zip archive without NPY arrays"))
            .help("save arrays with numpy.savez(path, X=x, y=y)"));
    }
    let label = match &options.label {
        Some(wanted) if names.contains(wanted) => Some(wanted.as_str()),
        Some(wanted) if options.expected.is_none() => {
            return Err(unknown("array", name, &names, "--label", wanted));
        }
        _ => LABELS.into_iter().find(|label| names.iter().any(|name| name == label)),
    };
    let rows = match &options.array {
        Some(wanted) if names.contains(wanted) => wanted.clone(),
        Some(wanted) if options.expected.is_none() => {
            return Err(unknown("array", name, &names, "--array", wanted));
        }
        _ => rows_among(name, &names, label)?,
    };
    let label = label.filter(|label| *label != rows);
    let place = format!("{name}, array '{rows}'");
    let array = with_member(name, &mut archive, &rows, |member| npy::read_array(&place, member))?;
    let count = array.shape.first().copied().unwrap_or(0);
    let mut draft = array.into_draft(&place, stem, options)?.note(format!("rows from array '{rows}'"));
    if let Some(label) = label {
        let place = format!("{name}, array '{label}'");
        let labels = with_member(name, &mut archive, label, |member| npy::read_labels(&place, member))?;
        let found = labels.of_row.len();
        if found != count {
            return Err(Error::failed(format!("{place}: {found} labels for the {count} rows of '{rows}'")));
        }
        draft = draft.with_labels(labels).note(format!("labels from array '{label}', kept aside"));
    }
    let others: Vec<_> = names.iter().filter(|name| **name != rows && Some(name.as_str()) != label).collect();
    Ok(if others.is_empty() {
        draft
    } else {
        draft.note(format!("other arrays are ignored: {}", quoted(others)))
    })
}

/// The array of rows: by its usual name, or the only one that is left.
fn rows_among(name: &str, names: &[String], label: Option<&str>) -> Result<String> {
    let mut left = names.iter().filter(|name| Some(name.as_str()) != label);
    if let Some(usual) = ROWS.into_iter().find(|usual| left.clone().any(|name| name == usual)) {
        return Ok(usual.to_owned());
    }
    match (left.next(), left.next()) {
        (Some(only), None) => Ok(only.clone()),
        _ => Err(Error::failed(format!("{name}: which array holds the rows? There are {}", quoted(names)))
            .help("name it with --array, or call it X: numpy.savez(path, X=x, y=y)")),
    }
}

/// Opens one array of the archive.
fn with_member<T>(
    name: &str,
    archive: &mut ZipArchive<impl Read + Seek>,
    member: &str,
    read: impl FnOnce(&mut dyn Read) -> Result<T>,
) -> Result<T> {
    let mut file = archive.by_name(&format!("{member}.npy")).map_err(|error| damaged(name, &error))?;
    read(&mut file)
}

fn damaged(name: &str, error: &zip::result::ZipError) -> Error {
    Error::failed(format!("{name}: the zip archive cannot be read: {error}"))
        .help("the file is damaged or cut short: get it again")
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use crate::data::{ReadOptions, Source, load};

    fn fixture(name: &str) -> Source {
        Source::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name))
    }

    #[test]
    fn rows_and_labels_go_by_their_usual_names() {
        let data = load(&fixture("x_and_y.npz"), &ReadOptions::default()).unwrap();
        assert_eq!(data.columns, ["x0", "x1", "x2"]);
        let numbers: Vec<_> = (0..12).map(|index| data.values.at(index)).collect();
        assert_eq!(numbers, (0..12).map(f64::from).collect::<Vec<_>>());
        let labels = data.labels.unwrap();
        assert_eq!(
            (labels.classes, labels.of_row),
            (["b", "a", "b", "c"].map(Into::into)[1..].to_vec(), vec![1, 0, 1, 2])
        );
        assert!(
            data.notes.iter().any(|note| note == "other arrays are ignored: 'other'"),
            "{:?}",
            data.notes
        );
        assert_eq!(load(&fixture("arr_0.npz"), &ReadOptions::default()).unwrap().rows(), 4);
    }

    #[test]
    fn labels_can_be_named() {
        let with = |label: &str| {
            load(&fixture("x_and_y.npz"), &ReadOptions { label: Some(label.into()), ..Default::default() })
        };
        let error = with("Y").unwrap_err();
        assert!(error.message.starts_with("--label Y: "), "{error}");
        assert!(error.message.contains("'X', 'y', 'other'"), "{error}");
        let error = with("other").unwrap_err();
        assert!(error.message.contains("2 labels for the 4 rows of 'X'"), "{error}");
    }

    #[test]
    fn the_array_of_rows_can_be_chosen() {
        let with = |array: &str| {
            load(&fixture("x_and_y.npz"), &ReadOptions { array: Some(array.into()), ..Default::default() })
        };
        let data = with("X").unwrap();
        assert_eq!((data.rows(), data.columns.len()), (4, 3));
        let error = with("Z").unwrap_err();
        assert!(
            error.message.starts_with("--array Z: ") && error.message.contains("no array of this name"),
            "{error}"
        );
        let error = with("other").unwrap_err();
        assert!(error.message.contains("4 labels for the 2 rows of 'other'"), "{error}");
        let options = ReadOptions { array: Some("X".into()), ..Default::default() };
        let error = load(&fixture("v1_i1.npy"), &options).unwrap_err();
        assert!(error.message.contains("has no named arrays"), "{error}");
    }

    #[test]
    fn columns_of_arrays_are_left_out_by_their_place() {
        let options = ReadOptions { exclude: vec!["x1".into()], ..Default::default() };
        let data = load(&fixture("x_and_y.npz"), &options).unwrap();
        assert_eq!((data.columns.join(" "), data.values.at(3)), ("x0 x2".into(), 5.0));
        let options = ReadOptions { exclude: vec!["id".into()], ..Default::default() };
        assert!(load(&fixture("v1_i1.npy"), &options).unwrap_err().message.contains("--exclude id"));
    }

    #[test]
    fn objects_are_refused_by_name() {
        let error = load(&fixture("objects.npz"), &ReadOptions::default()).unwrap_err();
        assert!(error.message.contains("array 'X': holds Python objects (a pickle)"), "{error}");
    }

    #[test]
    fn tables_of_anomaly_detection_are_read() {
        let Some(folder) = std::env::var_os("REPARAM_DATA_DIR").map(PathBuf::from) else {
            println!("skipped: REPARAM_DATA_DIR names no folder with data");
            return;
        };
        for (name, rows, columns) in [("cardio", 1831, 21), ("WBC", 223, 9), ("optdigits", 5216, 64)] {
            let path = folder.join("adbench").join(name).with_extension("npz");
            if !path.is_file() {
                println!("skipped: there is no '{}'", path.display());
                continue;
            }
            let data = load(&Source::Path(path), &ReadOptions::default()).unwrap();
            assert_eq!((data.rows(), data.columns.len(), data.name.as_str()), (rows, columns, name));
            assert_eq!(data.labels.unwrap().classes, ["0", "1"]);
        }
    }
}
