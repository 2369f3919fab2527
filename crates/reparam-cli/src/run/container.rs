//! The model file: named single-precision tensors and a map of texts, in the safetensors format.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use safetensors::{Dtype, SafeTensors};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::atomic;
use crate::data::hexadecimal;
use crate::error::{Context, Error, Result};
use crate::memory;

/// The version of the model file's layout; later ones are refused. Version 1 had no checksum.
pub const FORMAT_VERSION: u32 = 2;
/// The name of the text that holds the checksum.
const CHECKSUM: &str = "checksum";

/// What a model file holds.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Container {
    /// Texts by name; `format`, `format_version` and `checksum` are written and checked here.
    pub metadata: BTreeMap<String, String>,
    /// Tensors by name.
    pub tensors: BTreeMap<String, Tensor>,
}

/// Numbers in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Sizes of the axes.
    pub shape: Vec<usize>,
    /// As many as the product of the sizes.
    pub values: Vec<f32>,
}

/// One tensor in the header.
#[derive(Serialize)]
struct Entry<'a> {
    dtype: &'static str,
    shape: &'a [usize],
    data_offsets: (usize, usize),
}

impl Container {
    /// The file's bytes: the same for the same content, names sorted.
    ///
    /// Written here, since the safetensors crate keeps the texts in an order that changes from run to run.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut metadata = self.metadata.clone();
        metadata.insert("format".into(), "reparam".into());
        metadata.insert("format_version".into(), FORMAT_VERSION.to_string());
        metadata.insert(CHECKSUM.into(), checksum(&metadata, &self.tensors));
        let mut header = BTreeMap::from([("__metadata__", serde_json::json!(metadata))]);
        let mut end = 0;
        for (name, tensor) in &self.tensors {
            debug_assert_eq!(tensor.shape.iter().product::<usize>(), tensor.values.len());
            let start = end;
            end += size_of_val(tensor.values.as_slice());
            let entry = Entry { dtype: "F32", shape: &tensor.shape, data_offsets: (start, end) };
            header.insert(name, serde_json::json!(entry));
        }
        let mut header = serde_json::to_vec(&header).expect("a map of texts has a JSON form");
        header.resize(header.len().next_multiple_of(8), b' ');

        let mut bytes = Vec::with_capacity(8 + header.len() + end);
        bytes.extend((header.len() as u64).to_le_bytes());
        bytes.extend(header);
        bytes.extend(
            self.tensors.values().flat_map(|tensor| &tensor.values).flat_map(|value| value.to_le_bytes()),
        );
        bytes
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let bytes = self.to_bytes();
        atomic::write(path, |file| file.write_all(&bytes))
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Where it is no regular file, no safetensors file, no model of this program, of a later version, damaged, or
    /// holds a number that is not finite.
    pub fn read(path: &Path) -> Result<Self> {
        let doing = || format!("cannot read the model {}", path.display());
        // A pipe or device would block or never end.
        if !fs::metadata(path).context(doing())?.is_file() {
            return Err(Error::failed(format!("{}: not a regular file", doing())));
        }
        let length = fs::metadata(path).context(doing())?.len();
        // The file's bytes, the numbers in them, and the network made of those.
        memory::ask(path.display(), length.saturating_mul(3))?;
        Self::from_bytes(&fs::read(path).context(doing())?)
            .map_err(|error| Error { message: format!("{}: {}", doing(), error.message), ..error })
    }

    /// Reads a file's bytes.
    ///
    /// # Errors
    ///
    /// As [`Container::read`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let file = SafeTensors::deserialize(bytes).map_err(|error| not_safetensors(bytes, &error))?;
        let (_, header) =
            SafeTensors::read_metadata(bytes).map_err(|error| not_safetensors(bytes, &error))?;
        let mut metadata: BTreeMap<String, String> =
            header.metadata().clone().unwrap_or_default().into_iter().collect();
        let version = check_version(&metadata)?;
        let mut tensors = BTreeMap::new();
        for (name, view) in file.iter() {
            if view.dtype() != Dtype::F32 {
                return Err(Error::failed(format!(
                    "the tensor {name} holds {:?}; expected F32",
                    view.dtype()
                )));
            }
            let numbers = view
                .data()
                .chunks_exact(4)
                .map(|word| f32::from_le_bytes([word[0], word[1], word[2], word[3]]));
            let values: Vec<f32> = numbers.collect();
            if let Some(bad) = values.iter().find(|value| !value.is_finite()) {
                return Err(Error::failed(format!(
                    "the tensor {name} holds {bad}; every weight must be finite"
                )));
            }
            tensors.insert(name.to_owned(), Tensor { shape: view.shape().to_vec(), values });
        }
        let written = metadata.remove(CHECKSUM);
        if (version > 1 || written.is_some()) && written != Some(checksum(&metadata, &tensors)) {
            return Err(Error::failed(
                "its checksum does not hold: the file is damaged, or was changed by hand",
            )
            .help("get it again, or train it again"));
        }
        Ok(Self { metadata, tensors })
    }
}

/// SHA-256 over all texts but itself, and over name, shape and numbers of each tensor.
fn checksum(metadata: &BTreeMap<String, String>, tensors: &BTreeMap<String, Tensor>) -> String {
    let mut sum = Sha256::new();
    // Each part after its length, so that no two contents give the same bytes.
    let mut text = |text: &str| {
        sum.update((text.len() as u64).to_le_bytes());
        sum.update(text);
    };
    for (name, value) in metadata {
        text(name);
        text(value);
    }
    sum.update((tensors.len() as u64).to_le_bytes());
    for (name, Tensor { shape, values }) in tensors {
        sum.update((name.len() as u64).to_le_bytes());
        sum.update(name);
        sum.update((shape.len() as u64).to_le_bytes());
        for &size in shape {
            sum.update((size as u64).to_le_bytes());
        }
        for value in values {
            sum.update(value.to_le_bytes());
        }
    }
    hexadecimal(sum)
}

/// The version of the layout, where it is one that can be read.
fn check_version(metadata: &BTreeMap<String, String>) -> Result<u32> {
    if metadata.get("format").map(String::as_str) != Some("reparam") {
        return Err(Error::failed(
            "a safetensors file, but not a model of reparam: its metadata lack `format` = `reparam`",
        )
        .help("give the model.safetensors of a run that `reparam train` made"));
    }
    let version = metadata.get("format_version").map_or("none", String::as_str);
    match version.parse::<u32>() {
        Ok(known @ 1..=FORMAT_VERSION) => Ok(known),
        Ok(later) if later > FORMAT_VERSION => {
            Err(Error::failed(format!("format version {later}; this program reads version {FORMAT_VERSION}"))
                .help("use the version of reparam that wrote it, or a later one"))
        }
        _ => Err(Error::failed(format!("format version {version:?}; expected 1 to {FORMAT_VERSION}"))),
    }
}

/// What the bytes look like instead.
fn not_safetensors(bytes: &[u8], error: &safetensors::SafeTensorError) -> Error {
    let starts =
        |magic: &[u8]| bytes.len() >= magic.len() && bytes[..magic.len()].eq_ignore_ascii_case(magic);
    let declared = bytes.first_chunk::<8>().map(|length| u64::from_le_bytes(*length));
    let looks = if bytes.is_empty() {
        "it is empty".into()
    } else if starts(b"<!doctype") || starts(b"<html") || starts(b"<?xml") {
        "it looks like a web page: the download may have gone wrong".into()
    } else if starts(b"PK\x03\x04") {
        "it looks like a ZIP archive (NPZ, or a PyTorch checkpoint)".into()
    } else if starts(b"\x80\x02") || starts(b"\x80\x03") || starts(b"\x80\x04") || starts(b"\x80\x05") {
        "it looks like a Python pickle, which is never opened: it could run any code".into()
    } else if starts(b"\x93NUMPY") {
        "it looks like a NumPy array".into()
    } else if starts(b"version https://git-lfs") {
        "it is a Git LFS pointer: fetch the file itself with `git lfs pull`".into()
    } else if bytes.get(8) == Some(&b'{') && declared.is_some_and(|n| n < 100_000_000) {
        format!("it is cut short or damaged ({error})")
    } else {
        format!("its first bytes are not a header ({error})")
    };
    Error::failed(format!("not a safetensors file: {looks}"))
}
