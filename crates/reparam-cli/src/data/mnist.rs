//! The 70,000 digits of MNIST, and folders of files named like its own.

use std::collections::HashSet;
use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::array::Array;
use super::draft::Draft;
use super::file::refuse_label;
use super::input::Input;
use super::{ReadOptions, fetch, idx};
use crate::error::{Error, Result};

/// One of the four files, by the name it was published under.
pub(super) struct Original {
    pub(super) name: &'static str,
    /// SHA-256 of the uncompressed bytes: compressed copies differ from mirror to mirror.
    pub(super) sha256: &'static str,
}

/// Training images and labels, then test images and labels.
///
/// The uncompressed images have the MD5 sums 6bbc9ace898e44ae57da46a324031adb (training) and
/// 2646ac647ad5339dbf082846283269ea (test).
pub(super) const ORIGINALS: [Original; 4] = [
    Original {
        name: "train-images-idx3-ubyte",
        sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    Original {
        name: "train-labels-idx1-ubyte",
        sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
    Original {
        name: "t10k-images-idx3-ubyte",
        sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    Original {
        name: "t10k-labels-idx1-ubyte",
        sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
];

/// Reads MNIST from the first folder that has it, or fetches it into the cache.
pub(super) fn read(options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "MNIST")?;
    let variable = env::var_os("REPARAM_DATA_DIR").map(PathBuf::from);
    let cache = cache_folder();
    read_first(
        &search(options.data_dir.as_deref(), variable, cache.as_deref()),
        cache.as_deref(),
        options.offline,
    )
}

fn read_first(folders: &[PathBuf], cache: Option<&Path>, offline: bool) -> Result<Draft> {
    if let Some(folder) = folders.iter().find(|folder| is_folder(folder)) {
        return read_verified(folder);
    }
    match cache {
        Some(cache) if !offline => {
            let source = fetch::fetch(cache).map_err(|error| nowhere(folders, &error.message))?;
            Ok(read_verified(cache)?.note(format!("fetched from {source}")))
        }
        Some(_) => Err(nowhere(folders, "the network is not to be used")),
        None => Err(nowhere(folders, "neither XDG_CACHE_HOME nor HOME says where a copy may be kept")),
    }
}

/// Reads files of MNIST's names with other content, such as Fashion-MNIST.
pub(super) fn read_folder(folder: &Path, options: &ReadOptions) -> Result<Draft> {
    refuse_label(options, "a folder of IDX files")?;
    let name = folder
        .canonicalize()
        .ok()
        .and_then(|path| path.file_name().map(|name| name.to_string_lossy().into()));
    read_files(folder, name.unwrap_or_else(|| "images".into()), options, |_, _, _| Ok(()))
}

/// Whether all four files are there.
pub(super) fn is_folder(folder: &Path) -> bool {
    ORIGINALS.iter().all(|original| find(folder, original.name).is_some())
}

/// A file of the given name, compressed or not.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    [name.to_owned(), format!("{name}.gz")]
        .map(|name| folder.join(name))
        .into_iter()
        .find(|path| path.is_file())
}

/// Where the files may lie, in the order of search.
fn search(data_dir: Option<&Path>, variable: Option<PathBuf>, cache: Option<&Path>) -> Vec<PathBuf> {
    let given = data_dir.map(Path::to_path_buf).into_iter().chain(variable);
    let mut folders: Vec<_> = given.flat_map(|folder| [folder.clone(), folder.join("mnist")]).collect();
    folders.extend(cache.map(Path::to_path_buf));
    let mut seen = HashSet::new();
    folders.retain(|folder| seen.insert(folder.clone()));
    folders
}

/// `$XDG_CACHE_HOME/reparam/mnist`, or the same under `~/.cache`.
fn cache_folder() -> Option<PathBuf> {
    let named = |variable| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))?;
    Some(base.join("reparam").join("mnist"))
}

/// Reads the four files and refuses what is not MNIST.
fn read_verified(folder: &Path) -> Result<Draft> {
    read_files(folder, "mnist".into(), &ReadOptions::default(), |path, original, sum| {
        if sum == original.sha256 {
            return Ok(());
        }
        let path = path.display();
        Err(Error::failed(format!(
            "{path}: is not MNIST's {}: its uncompressed SHA-256 is {sum}, not {}",
            original.name, original.sha256
        ))
        .help("delete the file and it is fetched again; for other data of this form give the folder as DATA"))
    })
}

/// Training rows first, then the test rows; `check` sees the SHA-256 of each file's uncompressed bytes.
fn read_files(
    folder: &Path,
    name: String,
    options: &ReadOptions,
    check: impl Fn(&Path, &Original, &str) -> Result<()>,
) -> Result<Draft> {
    let place = folder.display().to_string();
    let read = |original: &Original| -> Result<(String, Array)> {
        let path = find(folder, original.name)
            .ok_or_else(|| Error::failed(format!("'{place}' has no file {}[.gz]", original.name)))?;
        let input = Input::open(&path)?;
        let mut reader = Hashing { inner: input.reader, sum: Sha256::new() };
        let array = idx::read_array(&input.name, &mut reader)?;
        check(&path, original, &hexadecimal(reader.sum))?;
        Ok((input.name, array))
    };
    let joined = |[first, second]: [&Original; 2]| -> Result<(Array, usize)> {
        let (_, mut array) = read(first)?;
        let rows = array.shape[0];
        let (name, rest) = read(second)?;
        array.append(&name, rest)?;
        Ok((array, rows))
    };
    let [images, labels, test_images, test_labels] = &ORIGINALS;
    let (images, test_from) = joined([images, test_images])?;
    let (labels, _) = joined([labels, test_labels])?;
    let rows = images.shape[0];
    if labels.shape[0] != rows {
        return Err(Error::failed(format!("'{place}' holds {} labels for {rows} images", labels.shape[0])));
    }
    let mut draft = images.into_draft(&place, name, options)?.with_labels(labels.into_labels(&place)?);
    draft.dataset.test_from = Some(test_from);
    Ok(draft.note(format!("read from '{place}'")))
}

/// A reader that remembers the hash of what went through it.
struct Hashing<R> {
    inner: R,
    sum: Sha256,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(bytes)?;
        self.sum.update(&bytes[..count]);
        Ok(count)
    }
}

/// The digest in the usual spelling.
pub fn hexadecimal(sum: Sha256) -> String {
    sum.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn nowhere(folders: &[PathBuf], reason: &str) -> Error {
    let names: Vec<_> = ORIGINALS.iter().map(|original| format!("{}[.gz]", original.name)).collect();
    let searched: Vec<_> = folders.iter().map(|folder| format!("'{}'", folder.display())).collect();
    Error::failed(format!(
        "MNIST is not here and could not be fetched: {reason}; looked for {} in {}",
        names.join(", "),
        if searched.is_empty() { "no folder".to_owned() } else { searched.join(", ") }
    ))
    .help(
        "put the four files into a folder and name it with --data-dir or REPARAM_DATA_DIR, \
         or train on the embedded digits: DATA = digits",
    )
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{read_first, read_verified, search};
    use crate::data::{Layout, Missing, ReadOptions, Source, Values, load};

    #[test]
    fn given_folders_come_before_the_variable_and_the_cache() {
        let found = search(Some(Path::new("/a")), Some("/b".into()), Some(Path::new("/c")));
        assert_eq!(found, ["/a", "/a/mnist", "/b", "/b/mnist", "/c"].map(PathBuf::from));
        assert_eq!(search(Some(Path::new("/a")), Some("/a".into()), None).len(), 2);
    }

    #[test]
    fn without_the_network_the_error_says_what_is_wanted_and_where() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_path_buf()];
        let error = read_first(&folders, Some(folder.path()), true).unwrap_err();
        let name = folder.path().display().to_string();
        for part in ["train-images-idx3-ubyte[.gz]", "t10k-labels-idx1-ubyte[.gz]", name.as_str(), "network"]
        {
            assert!(error.message.contains(part), "{error}");
        }
        assert!(error.help.unwrap().contains("--data-dir"));
    }

    /// Four small files of the right names in `folder`: two training rows and a test row of 1×2 pixels.
    fn small(folder: &Path) {
        let write = |name: &str, header: &[u8], numbers: &[u8]| {
            std::fs::write(folder.join(name), [&[0, 0, 8], header, numbers].concat()).unwrap();
        };
        write("train-images-idx3-ubyte", &[3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2], &[0, 255, 7, 8]);
        write("train-labels-idx1-ubyte", &[1, 0, 0, 0, 2], &[5, 0]);
        write("t10k-images-idx3-ubyte", &[3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2], &[1, 2]);
        write("t10k-labels-idx1-ubyte", &[1, 0, 0, 0, 1], &[5]);
    }

    #[test]
    fn a_folder_of_such_files_is_a_data_set_but_not_mnist() {
        let folder = tempfile::tempdir().unwrap();
        small(folder.path());
        let data = load(&Source::Path(folder.path().into()), &ReadOptions::default()).unwrap();
        assert_eq!((data.rows(), data.test_from), (3, Some(2)));
        assert_eq!(data.labels.unwrap().of_row, [1, 0, 1]);
        let error = read_verified(folder.path()).unwrap_err();
        assert!(error.message.contains("is not MNIST's train-images-idx3-ubyte"), "{error}");
    }

    #[test]
    fn files_that_do_not_belong_together_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        small(folder.path());
        std::fs::write(folder.path().join("t10k-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 2, 5, 5]).unwrap();
        let error = load(&Source::Path(folder.path().into()), &ReadOptions::default()).unwrap_err();
        assert!(error.message.contains("holds 4 labels for 3 images"), "{error}");
    }

    #[test]
    fn mnist_itself() {
        let Some(data_dir) = std::env::var_os("REPARAM_DATA_DIR") else {
            println!("skipped: REPARAM_DATA_DIR names no folder with MNIST");
            return;
        };
        let options = ReadOptions {
            data_dir: Some(data_dir.into()),
            offline: true,
            missing: Missing::Error,
            ..Default::default()
        };
        let mnist = load(&Source::Mnist, &options).unwrap();
        assert_eq!((mnist.rows(), mnist.test_from), (70_000, Some(60_000)));
        assert_eq!(mnist.layout, Layout::Image { height: 28, width: 28, channels: 1, maximum: 255 });
        assert!(matches!(mnist.values, Values::U8(_)));
        let labels = mnist.labels.unwrap();
        assert_eq!(labels.of_row[..5], [5, 0, 4, 1, 9]);
        assert_eq!(labels.of_row[60_000..60_005], [7, 2, 1, 0, 4]);
    }
}
