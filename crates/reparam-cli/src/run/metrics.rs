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

#[cfg(test)]
pub mod tests {
    use std::fs;

    use super::*;

    /// An epoch whose numbers have short decimal forms.
    pub fn epoch(epoch: usize) -> EpochMetrics {
        let held_out = HeldOutMetrics { elbo: -25.5, elbo_se: 0.125, reconstruction: -21.0, kl: 4.5 };
        EpochMetrics {
            epoch,
            steps: 13 * epoch as u64,
            beta: 1.0,
            elbo: -24.25,
            reconstruction: -20.0,
            kl: 4.25,
            held_out: Some(held_out),
            active_units: 1,
            kl_per_dim: vec![4.25, 0.0],
            seconds: 0.5,
        }
    }

    #[test]
    fn a_resumed_file_equals_an_uninterrupted_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.jsonl");
        let write = |after: usize, until: usize| {
            let mut file = MetricsFile::open_after(&path, after).unwrap();
            (after + 1..=until).for_each(|n| file.append(&epoch(n)).unwrap());
            file.sync().unwrap();
        };
        write(0, 5);
        let whole = fs::read(&path).unwrap();
        assert_eq!(read(&path).unwrap(), (1..=5).map(epoch).collect::<Vec<_>>());
        // Killed in the fourth line, with the third checkpoint on the disk; then with lines ahead of it.
        let third = whole.len() / 5 * 3;
        fs::write(&path, &whole[..third + 20]).unwrap();
        assert_eq!(read(&path).unwrap().len(), 3);
        write(3, 5);
        assert_eq!(fs::read(&path).unwrap(), whole);
        write(1, 5);
        assert_eq!(fs::read(&path).unwrap(), whole);
        write(0, 0);
        assert_eq!(fs::read(&path).unwrap(), b"");
        assert!(read(&folder.path().join("none")).unwrap().is_empty());
    }

    #[test]
    fn the_order_of_the_keys_is_fixed() {
        let line = serde_json::to_string(&epoch(2)).unwrap();
        let expected = r#"{"epoch":2,"steps":26,"beta":1.0,"elbo":-24.25,"reconstruction":-20.0,"kl":4.25,"#;
        assert!(line.starts_with(expected) && line.ends_with(r#""seconds":0.5}"#), "{line}");
    }
}
