//! Checkpoints as bytes on the disk: written whole, checked when read, the last two kept.
//!
//! A file is `magic · step · SHA-256(step · payload) · payload`, the step as eight bytes, least significant first.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::lock::Lock;
use crate::atomic;
use crate::error::{Context, Error, Result};

const MAGIC: &[u8; 8] = b"RPCKPT\x00\x01";
const HEADER: usize = 8 + 8 + 32;
/// Two, so that one survives whatever happens to the other.
const KEPT: usize = 2;

/// The checkpoints of a run.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    folder: PathBuf,
    /// Asked before each write whether the run is still ours.
    lock: Option<Arc<Mutex<Lock>>>,
}

/// A checkpoint whose checksum held.
#[derive(Debug)]
pub struct Loaded {
    /// Optimizer steps taken.
    pub step: u64,
    /// What was saved.
    pub payload: Vec<u8>,
    /// Later checkpoints that were found damaged, a line each.
    pub warnings: Vec<String>,
}

impl Checkpoints {
    pub(super) fn new(folder: PathBuf, lock: Option<Arc<Mutex<Lock>>>) -> Self {
        Self { folder, lock }
    }

    /// Where they lie.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether there is none; `None` where there is not even a folder for them.
    pub(super) fn is_empty(&self) -> Result<Option<bool>> {
        if self.folder.is_dir() { Ok(Some(self.list()?.is_empty())) } else { Ok(None) }
    }

    /// Saves the state after `step` steps, then drops all but the newest two.
    ///
    /// # Errors
    ///
    /// Where it cannot be written in full, and the earlier ones are then untouched; where the run's folder was removed,
    /// or taken over by another process.
    pub fn save(&self, step: u64, payload: &[u8]) -> Result<()> {
        if let Some(lock) = &self.lock {
            lock.lock().unwrap_or_else(PoisonError::into_inner).check()?;
        }
        let path = self.folder.join(format!("step-{step:012}.ckpt"));
        let header = [&MAGIC[..], &step.to_le_bytes(), &digest(step, payload)].concat();
        atomic::write(&path, |file| file.write_all(&header).and_then(|()| file.write_all(payload)))?;
        self.drop_superseded(step)
    }

    /// Keeps the checkpoint of `step` and the one before, and whatever is newer.
    fn drop_superseded(&self, step: u64) -> Result<()> {
        let superseded = self.list()?.into_iter().filter(|(other, _)| *other <= step).skip(KEPT);
        for (_, path) in superseded {
            fs::remove_file(&path).context(format!("cannot remove {}", path.display()))?;
        }
        Ok(())
    }

    /// The newest checkpoint that is whole; `None` where none was written. Drops what it supersedes, which a run
    /// killed within [`Checkpoints::save`] left behind; call with the run's lock held.
    ///
    /// # Errors
    ///
    /// Where there are checkpoints and every one is damaged.
    pub fn load_latest(&self) -> Result<Option<Loaded>> {
        let mut warnings = Vec::new();
        for (step, path) in self.list()? {
            match read(step, &path) {
                Ok(payload) => {
                    self.drop_superseded(step)?;
                    return Ok(Some(Loaded { step, payload, warnings }));
                }
                Err(fault) => warnings.push(format!("the checkpoint {} is damaged: {fault}", path.display())),
            }
        }
        if warnings.is_empty() {
            return Ok(None);
        }
        Err(Error::failed(warnings.join("; "))
            .help("no whole checkpoint is left: start the run anew with --force"))
    }

    /// Removes the checkpoints of an earlier run, and nothing else.
    pub(super) fn remove_all(&self) -> Result<()> {
        super::remove_temporaries(&self.folder)?;
        for (_, path) in self.list()? {
            fs::remove_file(&path).context(format!("cannot remove {}", path.display()))?;
        }
        Ok(())
    }

    /// The checkpoints, newest first.
    fn list(&self) -> Result<Vec<(u64, PathBuf)>> {
        if !self.folder.exists() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(&self.folder).context(format!("cannot list {}", self.folder.display()))?;
        let step = |path: &Path| {
            path.file_name()?.to_str()?.strip_prefix("step-")?.strip_suffix(".ckpt")?.parse().ok()
        };
        let mut found: Vec<(u64, PathBuf)> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                Some((step(&path)?, path))
            })
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found)
    }
}

fn digest(step: u64, payload: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(step.to_le_bytes()).chain_update(payload).finalize().into()
}

/// The payload, or what is wrong with the file.
fn read(step: u64, path: &Path) -> std::result::Result<Vec<u8>, String> {
    let mut bytes = fs::read(path).map_err(|error| error.to_string())?;
    if bytes.len() < HEADER {
        return Err(format!("{} bytes long, shorter than its header", bytes.len()));
    }
    if bytes[..8] != MAGIC[..] {
        return Err("its first bytes are not a checkpoint's of this version".into());
    }
    if bytes[8..16] != step.to_le_bytes() {
        return Err("it belongs to another step than its name says".into());
    }
    if bytes[16..HEADER] != digest(step, &bytes[HEADER..]) {
        return Err("its checksum does not hold".into());
    }
    bytes.drain(..HEADER);
    Ok(bytes)
}
