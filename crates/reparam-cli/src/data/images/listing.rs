//! Finds the pictures of a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Context, Error, Result};

/// The pictures of a folder, sorted by the bytes of their paths.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) files: Vec<PathBuf>,
    /// The name of the subfolder of each file, where there are subfolders with pictures.
    pub(super) classes: Option<Vec<String>>,
    /// Files that are no pictures by their extension.
    pub(super) skipped: usize,
}

impl Listing {
    /// Lists `folder`; what begins with a dot is hidden, and links that lead back to a folder above are not followed.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let mut skipped = 0;
        let mut above = Vec::new();
        let mut found = Vec::new();
        collect(folder, &mut above, &mut found, &mut skipped)?;
        let class = |path: &PathBuf| {
            let inside = path.strip_prefix(folder).ok()?;
            let mut parts = inside.components();
            let first = parts.next()?.as_os_str().to_string_lossy().into_owned();
            parts.next().is_some().then_some(first)
        };
        let classes: Vec<Option<String>> = found.iter().map(class).collect();
        let outside = classes.iter().position(Option::is_none);
        let inside = classes.iter().position(Option::is_some);
        match (outside, inside) {
            (None, None) => Err(Error::failed(format!(
                "'{}' holds no pictures (PNG, JPEG, WebP, BMP, GIF, TIFF)",
                folder.display()
            ))
            .help("DATA is a folder of pictures, or a folder of subfolders of pictures, one per class")),
            (Some(outside), Some(inside)) => Err(Error::failed(format!(
                "'{}' has no class, but '{}' has: pictures lie both beside and inside subfolders",
                found[outside].display(),
                found[inside].display()
            ))
            .help("move all pictures into the subfolders of their classes, or all into one folder")),
            (_, inside) => {
                let classes = inside.is_some().then(|| classes.into_iter().flatten().collect());
                Ok(Self { files: found, classes, skipped })
            }
        }
    }
}

fn collect(
    folder: &Path,
    above: &mut Vec<PathBuf>,
    found: &mut Vec<PathBuf>,
    skipped: &mut usize,
) -> Result<()> {
    let doing = || format!("cannot list the folder '{}'", folder.display());
    let here = folder.canonicalize().context(doing())?;
    if above.contains(&here) {
        return Ok(());
    }
    above.push(here);
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).context(doing())? {
        names.insert(entry.context(doing())?.file_name());
    }
    for name in names {
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = folder.join(name);
        if path.is_dir() {
            collect(&path, above, found, skipped)?;
        } else if is_picture(&path) {
            found.push(path);
        } else {
            *skipped += 1;
        }
    }
    above.pop();
    Ok(())
}

fn is_picture(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("png" | "jpg" | "jpeg" | "webp" | "bmp" | "gif" | "tif" | "tiff"))
}
