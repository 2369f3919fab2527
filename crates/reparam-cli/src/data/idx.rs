//! IDX files, the array format of MNIST.
//!
//! Two zero bytes, a type code, the number of dimensions, each dimension as a big-endian u32, then the numbers,
//! big-endian, last axis fastest (<http://yann.lecun.com/exdb/mnist/>).

use std::io::Read;
use std::path::{Path, PathBuf};

use super::array::{Array, fill};
use super::draft::Draft;
use super::element::{Class, Element};
use super::file::refuse_label;
use super::input::{Input, read_error};
use super::kind::{Kind, quoted_start};
use super::{Labels, ReadOptions};
use crate::error::{Error, Result};

/// Reads an array, and the labels beside it where the names follow MNIST's convention.
pub(super) fn read(mut input: Input, options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "an IDX file")?;
    let array = read_array(&input.name, &mut input.reader)?;
    let rows = array.shape[0];
    let draft = array.into_draft(&input.name, input.stem(), options)?;
    let Some(path) = input.path.as_deref().and_then(labels_beside) else { return Ok(draft) };
    let labels = read_labels(&path, rows)?;
    Ok(draft.with_labels(labels).note(format!("labels from '{}'", path.display())))
}

/// Reads the labels of `rows` rows.
pub(super) fn read_labels(path: &Path, rows: usize) -> Result<Labels> {
    let mut input = Input::open(path)?;
    if Kind::of(&input)?.0 != Kind::Idx {
        return Err(Error::failed(format!("{}: the labels are no IDX file", input.name)));
    }
    let labels = read_array(&input.name, &mut input.reader)?.into_labels(&input.name)?;
    if labels.of_row.len() == rows {
        Ok(labels)
    } else {
        let found = labels.of_row.len();
        Err(Error::failed(format!("{}: holds {found} labels for {rows} rows", input.name)))
    }
}

/// Reads header and numbers.
pub(super) fn read_array(name: &str, reader: &mut dyn Read) -> Result<Array> {
    let mut take = |bytes: &mut [u8]| match fill(reader, bytes) {
        Ok(got) if got == bytes.len() => Ok(()),
        Ok(_) => Err(Error::failed(format!("{name}: ends within its IDX header"))),
        Err(error) => Err(read_error(name, &error)),
    };
    let mut magic = [0; 4];
    take(&mut magic)?;
    let (class, size) = match magic {
        [0, 0, 0x08, 1..=4] => (Class::Unsigned, 1),
        [0, 0, 0x09, 1..=4] => (Class::Signed, 1),
        [0, 0, 0x0b, 1..=4] => (Class::Signed, 2),
        [0, 0, 0x0c, 1..=4] => (Class::Signed, 4),
        [0, 0, 0x0d, 1..=4] => (Class::Float, 4),
        [0, 0, 0x0e, 1..=4] => (Class::Float, 8),
        _ => {
            return Err(Error::failed(format!(
                "{name}: no IDX header of 1 to 4 dimensions: begins with {}",
                quoted_start(&magic)
            )));
        }
    };
    let mut shape = Vec::new();
    for _ in 0..magic[3] {
        let mut size = [0; 4];
        take(&mut size)?;
        shape.push(u32::from_be_bytes(size) as usize);
    }
    let element = Element::new(class, size, true).expect("all IDX types are known");
    Array::read(name, reader, element, shape, false)
}

/// The labels file that belongs to a file of images by its name, if it is there.
fn labels_beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    if !name.contains("images") {
        return None;
    }
    let labels = name.replace("images", "labels").replace("idx3", "idx1");
    let plain = labels.strip_suffix(".gz").unwrap_or(&labels);
    [labels.clone(), plain.to_owned(), format!("{plain}.gz")]
        .into_iter()
        .map(|name| path.with_file_name(name))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use crate::data::{Layout, ReadOptions, Source, Values, load};

    #[test]
    fn images_find_their_labels() {
        let folder = tempfile::tempdir().unwrap();
        let images = folder.path().join("t10k-images.idx3-ubyte");
        let header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2];
        std::fs::write(&images, [&header[..], &[0, 255, 7, 8]].concat()).unwrap();
        let labels = folder.path().join("t10k-labels.idx1-ubyte");
        std::fs::write(&labels, [0, 0, 8, 1, 0, 0, 0, 2, 9, 3]).unwrap();
        let source = Source::Path(images);
        let dataset = load(&source, &ReadOptions::default()).unwrap();
        assert_eq!(dataset.layout, Layout::Image { height: 1, width: 2, channels: 1, maximum: 255 });
        assert!(matches!(&dataset.values, Values::U8(v) if v[..] == [0, 255, 7, 8]));
        assert_eq!(dataset.labels.unwrap().classes, ["3", "9"]);
        std::fs::write(&labels, [0, 0, 8, 1, 0, 0, 0, 1, 9]).unwrap();
        let error = load(&source, &ReadOptions::default()).unwrap_err();
        assert!(error.message.contains("holds 1 labels for 2 rows"), "{error}");
    }

    #[test]
    fn damaged_headers_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.idx");
        for (bytes, expected) in [
            (&[0, 0, 8, 2, 0, 0][..], "ends within its IDX header"),
            (&[0, 0, 7, 1, 0, 0, 0, 1, 5][..], "does not begin like one"),
            (&[0, 0, 0x0d, 1, 0, 0, 0, 1, 5][..], "needs 4 bytes"),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let error = load(&Source::Path(path.clone()), &ReadOptions::default()).unwrap_err();
            assert!(error.message.contains(expected), "{error}");
        }
    }
}
