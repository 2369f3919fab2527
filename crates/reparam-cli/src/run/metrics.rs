//! `metrics.jsonl`: one JSON object per epoch.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Context, Result};

/// What one epoch came to, in nats per row. All but `seconds` are equal for equal seeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EpochMetrics {
    /// Counted from 1.
    pub epoch: usize,
    /// Optimizer steps since the start of the run.
    pub steps: u64,
    /// The weight of the divergence at the end of the epoch.
    pub beta: f64,
    /// Evidence lower bound: reconstruction − kl, averaged over the epoch's training rows.
    pub elbo: f64,
    /// E\[log p(x|z)\].
    pub reconstruction: f64,
    /// KL(q(z|x) ‖ p(z)).
    pub kl: f64,
    /// The same on the rows held out, where there are any.
    pub held_out: Option<HeldOutMetrics>,
    /// Latent dimensions that carry information.
    pub active_units: usize,
    /// The divergence of each latent dimension.
    pub kl_per_dim: Vec<f64>,
    /// Time the epoch took.
    pub seconds: f64,
}

/// The bound and its terms on the rows held out, in nats per row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldOutMetrics {
    /// Evidence lower bound.
    pub elbo: f64,
    /// Its standard error over the rows.
    pub elbo_se: f64,
    /// E\[log p(x|z)\].
    pub reconstruction: f64,
    /// KL(q(z|x) ‖ p(z)).
    pub kl: f64,
}

/// The file, open for appending.
#[derive(Debug)]
pub struct MetricsFile {
    file: File,
    path: PathBuf,
}

impl MetricsFile {
    /// Opens the file and drops every line after `epoch`, as well as one that was cut short: what a resumed run then
    /// appends makes the file of a run that was never interrupted. `epoch` 0 starts anew.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or written.
    pub fn open_after(path: &Path, epoch: usize) -> Result<Self> {
        let doing = || format!("cannot write {}", path.display());
        let file = File::options().read(true).append(true).create(true).open(path).context(doing())?;
        let kept =
            lines(&file, path)?.take_while(|(_, metrics)| metrics.epoch <= epoch).map(|(end, _)| end).last();
        file.set_len(kept.unwrap_or(0)).context(doing())?;
        Ok(Self { file, path: path.into() })
    }

    /// Appends an epoch.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn append(&mut self, metrics: &EpochMetrics) -> Result<()> {
        let doing = || format!("cannot write {}", self.path.display());
        let mut line = serde_json::to_vec(metrics).context(doing())?;
        line.push(b'\n');
        self.file.write_all(&line).context(doing())
    }

    /// Brings the file to the disk; before a checkpoint, so that no checkpoint is ahead of the file.
    ///
    /// # Errors
    ///
    /// Where that fails.
    pub fn sync(&self) -> Result<()> {
        self.file.sync_data().context(format!("cannot write {}", self.path.display()))
    }
}

/// The epochs of a file, without one that was cut short; none where there is no file.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn read(path: &Path) -> Result<Vec<EpochMetrics>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = File::open(path).context(format!("cannot read {}", path.display()))?;
    Ok(lines(&file, path)?.map(|(_, metrics)| metrics).collect())
}

/// The whole lines from the start, each with the offset of its end.
fn lines(file: &File, path: &Path) -> Result<impl Iterator<Item = (u64, EpochMetrics)>> {
    let mut reader = BufReader::new(file.try_clone().context(format!("cannot read {}", path.display()))?);
    let mut end = 0;
    Ok(std::iter::from_fn(move || {
        let mut line = Vec::new();
        end += reader.read_until(b'\n', &mut line).ok()? as u64;
        Some((end, serde_json::from_slice(line.strip_suffix(b"\n")?).ok()?))
    }))
}
