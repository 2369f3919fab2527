//! Which data the user means.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::paths;

/// Where data come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The 1,797 digits inside the binary.
    Digits,
    /// The 70,000 digits of MNIST.
    Mnist,
    /// Standard input.
    Stdin,
    /// A file or a folder of pictures.
    Path(PathBuf),
}

impl Source {
    /// Reads the DATA argument: nothing means the embedded digits; an existing path wins over a name.
    pub fn parse(text: Option<&str>) -> Result<Self> {
        let Some(text) = text else { return Ok(Self::Digits) };
        if matches!(text, "-" | "/dev/stdin") {
            return Ok(Self::Stdin);
        }
        let path = paths::read(text);
        if path.exists() {
            return Ok(Self::Path(path));
        }
        match text {
            "digits" => Ok(Self::Digits),
            "mnist" => Ok(Self::Mnist),
            "" => Err(Error::usage("DATA is an empty text").help("leave DATA out for the embedded digits")),
            _ => Err(not_found(&path, &path.display().to_string())),
        }
    }
}

/// The error for a text that is neither a file nor a name, with the nearest thing that is.
fn not_found(path: &Path, text: &str) -> Error {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if !folder.exists() {
        return Error::failed(format!("'{text}' does not exist: there is no folder '{}'", folder.display()));
    }
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut candidates = Vec::new();
    if wanted == text {
        candidates.extend(["digits", "mnist"].map(|name| (name.to_owned(), name.to_owned())));
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        candidates.push((path.with_file_name(&name).display().to_string(), name));
    }
    let nearest = nearest(&wanted, candidates.iter().map(|(_, name)| name.as_str()));
    let help = match nearest.and_then(|near| candidates.iter().find(|(_, name)| name == near)) {
        Some((whole, _)) => format!("did you mean '{whole}'?"),
        None => "DATA is a CSV, TSV, NPY, NPZ, Parquet or IDX file, a folder of images, `digits`, `mnist`, \
                 or `-` for standard input"
            .to_owned(),
    };
    Error::failed(format!("'{text}' is neither a file nor the name of a data set")).help(help)
}

/// The candidate most like `wanted`, if one is near enough to be a slip of the fingers.
pub(super) fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let slips = |name: &str| {
        let longer = wanted.chars().count().max(name.chars().count());
        let distance = strsim::damerau_levenshtein(&wanted.to_lowercase(), &name.to_lowercase());
        // Two slips at most, and only where enough of the word is left to recognise it.
        (distance <= longer.div_ceil(3).min(2) && distance < longer).then_some(distance)
    };
    let near = candidates.into_iter().filter_map(|name| Some((slips(name)?, name)));
    near.min().map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn names_are_recognised() {
        assert_eq!(Source::parse(None).unwrap(), Source::Digits);
        assert_eq!(Source::parse(Some("digits")).unwrap(), Source::Digits);
        assert_eq!(Source::parse(Some("mnist")).unwrap(), Source::Mnist);
        assert_eq!(Source::parse(Some("-")).unwrap(), Source::Stdin);
        assert_eq!(Source::parse(Some("/dev/stdin")).unwrap(), Source::Stdin);
    }

    #[test]
    fn a_slip_in_a_name_gets_a_suggestion() {
        let error = Source::parse(Some("mnits")).unwrap_err();
        assert!(error.help.unwrap().contains("'mnist'"));
    }

    #[test]
    fn a_slip_in_a_path_gets_its_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("people.csv"), "a\n1\n").unwrap();
        let wrong = folder.path().join("poeple.csv");
        let error = Source::parse(wrong.to_str()).unwrap_err();
        assert!(error.help.unwrap().contains("people.csv"));
        let nowhere = folder.path().join("none").join("people.csv");
        let error = Source::parse(nowhere.to_str()).unwrap_err();
        assert!(error.message.contains("there is no folder"), "{error}");
    }
}
