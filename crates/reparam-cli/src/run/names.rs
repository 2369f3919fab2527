//! Names of runs.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Context, Error, Result};

/// The word that stands for the newest run, and hence can name none.
pub(super) const LAST: &str = "last";
const LONGEST: usize = 100;

/// Makes the folder that holds the runs; its parent must exist, so that a slip in a long path makes no tree.
pub(super) fn make_runs_folder(runs: &Path) -> Result<()> {
    match fs::create_dir(runs) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && !runs.is_dir() => {
            Err(Error::failed(format!("{} is a file, and cannot hold runs", runs.display()))
                .help("give a folder with --runs-dir"))
        }
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(error).context(format!("cannot create the folder {}", runs.display()))
        }
        _ => Ok(()),
    }
}

/// Refuses what cannot name a run on every shell and file system.
pub(super) fn check(name: &str) -> Result<()> {
    let fit = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    let reserved = [LAST, ".", ".."].contains(&name) || name.starts_with('-');
    if name.is_empty() || name.len() > LONGEST || reserved || !name.chars().all(fit) {
        return Err(Error::usage(format!("--name {name:?} cannot name a run")).help(
            "use 1 to 100 letters, digits, dots, hyphens and underscores; `last` stands for the newest run",
        ));
    }
    Ok(())
}

/// The folder of the run `name`, which may exist already.
pub(super) fn named(runs: &Path, name: &str) -> Result<PathBuf> {
    let path = runs.join(name);
    match fs::create_dir(&path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(path),
        made => made.context(format!("cannot create the folder {}", path.display())).map(|()| path),
    }
}

/// A new folder `<data>-<n>` with the smallest number above all that are taken.
pub(super) fn numbered(runs: &Path, data: &str) -> Result<PathBuf> {
    let stem = stem(data);
    let taken = fs::read_dir(runs).context(format!("cannot list the folder {}", runs.display()))?;
    let number = |name: &str| name.strip_prefix(&stem)?.strip_prefix('-')?.parse::<u64>().ok();
    let last = taken.filter_map(|entry| number(entry.ok()?.file_name().to_str()?)).max().unwrap_or(0);
    // Creating the folder is what reserves the number: two processes that start together get different ones.
    for number in last.saturating_add(1).. {
        let path = runs.join(format!("{stem}-{number}"));
        match fs::create_dir(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => {
                return made.context(format!("cannot create the folder {}", path.display())).map(|()| path);
            }
        }
    }
    Err(Error::failed(format!("no number is left for a run of {stem} in {}", runs.display())))
}

/// The data set's name in the letters that every shell and file system takes.
fn stem(data: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' };
    let stem: String = data.chars().map(plain).take(40).collect();
    match stem.trim_matches('-') {
        "" => "run".into(),
        stem => stem.into(),
    }
}
