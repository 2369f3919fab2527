//! The run folder: everything one training run reads and writes, `runs/<name>/`.
//!
//! `config.toml`, `model.safetensors`, `metrics.jsonl`, `log.txt`, `report.html`, `checkpoint/` and `lock`. Files that
//! are replaced are replaced whole, so a reader needs no lock; the one process that writes holds `lock`.

pub mod checkpoint;
pub mod container;
mod find;
mod lock;
pub mod log;
pub mod metrics;
mod names;
#[cfg(test)]
mod tests;

pub use find::{Found, find};

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::atomic;
use crate::config::Config;
use crate::error::{Context, Error, Result};
use checkpoint::Checkpoints;
use lock::Lock;

use crate::wording::shell_word;

/// A run's folder; where this process writes to it, with the lock held until the value is dropped.
#[derive(Debug)]
pub struct RunFolder {
    path: PathBuf,
    lock: Option<Arc<Mutex<Lock>>>,
}

impl RunFolder {
    /// Makes and locks a new folder under `runs`: `name`, or the data set's name and the next free number.
    ///
    /// # Errors
    ///
    /// Where the name is unfit, the folder holds something and `force` is not given, another process writes to it, or
    /// it cannot be made.
    pub fn create(runs: &Path, name: Option<&str>, data: &str, force: bool) -> Result<Self> {
        name.map_or(Ok(()), names::check)?;
        names::make_runs_folder(runs)?;
        let path = match name {
            Some(name) => names::named(runs, name)?,
            None => names::numbered(runs, data)?,
        };
        let folder = Self::locked(path)?;
        folder.clear(force)?;
        // From here on a run without this folder has lost it.
        let checkpoints = folder.file("checkpoint");
        fs::create_dir_all(&checkpoints)
            .context(format!("cannot create the folder {}", checkpoints.display()))?;
        Ok(folder)
    }

    /// Locks an existing run to continue it, and removes what an interrupted write left behind.
    ///
    /// # Errors
    ///
    /// Where there is no such run, or another process writes to it.
    pub fn resume(run: &Path, runs: &Path) -> Result<Self> {
        let path = match find(run, runs)? {
            Found::Run(folder) => folder.path,
            Found::Model(model) => {
                return Err(Error::usage(format!("{} is a model without its run folder", model.display()))
                    .help("only a run can be continued: give the run's folder or name"));
            }
        };
        let folder = Self::locked(path)?;
        remove_temporaries(&folder.path)?;
        remove_temporaries(&folder.file("checkpoint"))?;
        folder.refuse_lost_checkpoints()?;
        Ok(folder)
    }

    fn locked(path: PathBuf) -> Result<Self> {
        Ok(Self { lock: Some(Arc::new(Mutex::new(Lock::take(&path)?))), path })
    }

    /// A run that has learned something had a checkpoint before: to begin anew would throw away what it learned.
    fn refuse_lost_checkpoints(&self) -> Result<()> {
        let checkpoints = self.checkpoints();
        let (shown, config) = (checkpoints.folder().display(), self.file("config.toml"));
        let what = match checkpoints.is_empty()? {
            None => format!("the folder {shown} is missing"),
            Some(true) if !metrics::history(&self.metrics())?.epochs.is_empty() => {
                format!("there is no checkpoint in {shown}, though the run has learned")
            }
            Some(_) => return Ok(()),
        };
        Err(Error::failed(format!("{what}: there is nothing to continue from"))
            .help(format!("put it back, or repeat the run: reparam train --config {}", shell_word(&config))))
    }

    /// Who writes to the run now; `None` where nobody does.
    pub fn writer(&self) -> Option<String> {
        lock::writer(&self.path)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// `model.safetensors`.
    pub fn model(&self) -> PathBuf {
        self.file("model.safetensors")
    }

    /// `report.html`.
    pub fn report(&self) -> PathBuf {
        self.file("report.html")
    }

    /// `metrics.jsonl`.
    pub fn metrics(&self) -> PathBuf {
        self.file("metrics.jsonl")
    }

    /// `log.txt`.
    pub fn log(&self) -> PathBuf {
        self.file("log.txt")
    }

    /// `checkpoint/`.
    pub fn checkpoints(&self) -> Checkpoints {
        Checkpoints::new(self.file("checkpoint"), self.lock.clone())
    }

    /// The files of the folder that results could be written over.
    pub fn files(&self) -> Vec<PathBuf> {
        vec![self.file("config.toml"), self.model(), self.report(), self.metrics(), self.log()]
    }

    /// The stored configuration.
    ///
    /// # Errors
    ///
    /// Where the file is missing or damaged.
    pub fn config(&self) -> Result<Config> {
        Config::read(&self.file("config.toml"))
    }

    /// Writes the resolved configuration.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write_config(&self, config: &Config) -> Result<()> {
        let path = self.file("config.toml");
        let text =
            format!("# Repeat this run: reparam train --config {}\n{}", path.display(), config.to_toml());
        atomic::write(&path, |file| file.write_all(text.as_bytes()))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Empties the folder of an earlier run, never of anything else.
    fn clear(&self, force: bool) -> Result<()> {
        let doing = || format!("cannot empty {}", self.path.display());
        let mut others = fs::read_dir(&self.path).context(doing())?.filter_map(std::result::Result::ok);
        let nothing = |path: &Path| {
            path.file_name().is_some_and(|name| name == lock::FILE)
                || is_temporary(path)
                || (*path == self.file("checkpoint") && is_empty_folder(path))
        };
        if others.all(|entry| nothing(&entry.path())) {
            // A run that was killed before its configuration was whole.
            return remove_temporaries(&self.path);
        }
        let path = self.path.display();
        if !force {
            return Err(Error::failed(format!("the folder {path} is not empty")).help(format!(
                "continue it with --resume {path}, overwrite it with --force, or give another --name"
            )));
        }
        if !self.file("config.toml").is_file() {
            return Err(Error::failed(format!(
                "the folder {path} holds other files than a run's; nothing was removed"
            ))
            .help("give another --name"));
        }
        let remove = |file: PathBuf| match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error).context(doing()),
            _ => Ok(()),
        };
        [self.model(), self.report(), self.metrics(), self.log()].into_iter().try_for_each(remove)?;
        self.checkpoints().remove_all()?;
        remove_temporaries(&self.path)?;
        // Last, since it is what marks the folder as a run's.
        remove(self.file("config.toml"))
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Removes what an interrupted write left behind; call with the lock held.
fn remove_temporaries(folder: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_temporary(path)) {
        fs::remove_file(&path).context(format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Whether the name is one that [`atomic`] gives to a file being written.
fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b".") && name.ends_with(b".tmp")
}
