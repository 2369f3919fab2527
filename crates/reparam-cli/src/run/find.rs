//! From what a user calls a run to its folder or model file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::RunFolder;
use super::names::LAST;
use crate::error::{Error, Result};

/// What a name on the command line meant.
#[derive(Debug)]
pub enum Found {
    /// A run folder.
    Run(RunFolder),
    /// A model file that lies in no run folder.
    Model(PathBuf),
}

impl Found {
    /// The model file.
    pub fn model(&self) -> PathBuf {
        match self {
            Self::Run(folder) => folder.model(),
            Self::Model(path) => path.clone(),
        }
    }
}

/// Finds a run by its folder, its name under `runs`, the word `last` (the run written to last), or its model file.
///
/// # Errors
///
/// Where there is none, listing the runs there are.
pub fn find(run: &Path, runs: &Path) -> Result<Found> {
    let folder = |path: &Path| Found::Run(RunFolder { path: path.to_path_buf(), lock: None });
    if run == Path::new(LAST) {
        let newest = list(runs).into_iter().max();
        return newest.map(|(_, path)| folder(&path)).ok_or_else(|| missing("there is no run yet", runs));
    }
    if run.is_file() {
        let parent = run.parent().filter(|parent| run.ends_with("model.safetensors") && is_run(parent));
        return Ok(parent.map_or_else(|| Found::Model(run.to_path_buf()), folder));
    }
    match [run.to_path_buf(), runs.join(run)].iter().find(|path| is_run(path)) {
        Some(path) => Ok(folder(path)),
        None if run.is_dir() => {
            Err(missing(&format!("the folder {} holds no run: it has no config.toml", run.display()), runs))
        }
        None => Err(missing(&format!("there is no run {}", run.display()), runs)),
    }
}

fn is_run(path: &Path) -> bool {
    path.join("config.toml").is_file()
}

/// The runs of a folder, each with the time of its last write.
fn list(runs: &Path) -> Vec<(SystemTime, PathBuf)> {
    let written = |path: &Path| {
        let files = ["log.txt", "config.toml"]
            .map(|file| path.join(file).metadata().and_then(|file| file.modified()));
        files.into_iter().flatten().max()
    };
    let entries = fs::read_dir(runs).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    entries.filter(|path| is_run(path)).filter_map(|path| Some((written(&path)?, path))).collect()
}

fn missing(what: &str, runs: &Path) -> Error {
    let mut names: Vec<_> = list(runs);
    names.sort_unstable_by(|a, b| b.cmp(a));
    let names: Vec<_> =
        names.iter().filter_map(|(_, path)| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    let shown = runs.display();
    Error::failed(what).help(match names.as_slice() {
        [] => format!(
            "there are no runs in {shown}; `reparam train` makes one, --runs-dir names another folder"
        ),
        [first @ .., last] if names.len() <= 10 && !first.is_empty() => {
            format!("the runs in {shown} are {} and {last}", first.join(", "))
        }
        [only] => format!("the only run in {shown} is {only}"),
        many => format!("the newest of the {} runs in {shown} are {}", many.len(), many[..10].join(", ")),
    })
}
