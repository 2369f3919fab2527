//! `metrics.jsonl`: one JSON object per epoch.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Context, Error, Result};

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
    /// Where it cannot be read or written, or does not hold the epochs up to `epoch`: nothing is then cut away.
    pub fn open_after(path: &Path, epoch: usize) -> Result<Self> {
        let doing = || format!("cannot write {}", path.display());
        let file = File::options().read(true).append(true).create(true).open(path).context(doing())?;
        let history = lines(&file, path)?;
        let place = history.epochs.iter().position(|metrics| metrics.epoch == epoch);
        if epoch > 0 && place.is_none() {
            let held = history.epochs.last().map_or(0, |last| last.epoch);
            let damage =
                history.damage.unwrap_or_else(|| format!("{} ends after epoch {held}", path.display()));
            return Err(Error::failed(format!("{damage}, but the run's checkpoint is of epoch {epoch}"))
                .help("put the file right, or start a new run"));
        }
        file.set_len(place.map_or(0, |last| history.ends[last])).context(doing())?;
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

/// What a file holds.
#[derive(Debug, Default)]
pub struct History {
    /// The epochs, from the first to the last before any damage.
    pub epochs: Vec<EpochMetrics>,
    /// What is wrong with a line, where one is.
    pub damage: Option<String>,
    /// The offset of the end of each epoch's line.
    ends: Vec<u64>,
}

/// The epochs of a file; none where there is no file. A last line that is cut short is being written, or was when the
/// run was killed: no damage.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn history(path: &Path) -> Result<History> {
    if !path.exists() {
        return Ok(History::default());
    }
    lines(&File::open(path).context(format!("cannot read {}", path.display()))?, path)
}

/// [`history`] of a file that must be whole.
///
/// # Errors
///
/// Where it cannot be read, or a line is damaged.
pub fn read(path: &Path) -> Result<Vec<EpochMetrics>> {
    let history = history(path)?;
    match history.damage {
        Some(damage) => Err(Error::failed(damage)),
        None => Ok(history.epochs),
    }
}

fn lines(file: &File, path: &Path) -> Result<History> {
    let doing = || format!("cannot read {}", path.display());
    let mut reader = BufReader::new(file.try_clone().context(doing())?);
    let mut history = History::default();
    let mut end = 0;
    loop {
        let mut line = Vec::new();
        end += reader.read_until(b'\n', &mut line).context(doing())? as u64;
        let Some(whole) = line.strip_suffix(b"\n") else { return Ok(history) };
        let number = history.epochs.len() + 1;
        let fault = match serde_json::from_slice::<EpochMetrics>(whole) {
            Ok(metrics) if history.epochs.last().is_none_or(|last| metrics.epoch == last.epoch + 1) => {
                history.epochs.push(metrics);
                history.ends.push(end);
                continue;
            }
            Ok(metrics) => format!("it is of epoch {}", metrics.epoch),
            Err(error) => error.to_string(),
        };
        history.damage = Some(format!("{}, line {number} is damaged: {fault}", path.display()));
        return Ok(history);
    }
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
    fn damage_is_told_and_nothing_is_cut_away() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("metrics.jsonl");
        let lines: Vec<_> = (1..=4).map(|n| serde_json::to_string(&epoch(n)).unwrap()).collect();
        let with = |second: &str| format!("{}\n{second}\n{}\n{}\n", lines[0], lines[2], lines[3]);
        for (text, said) in [
            (with(&lines[1].replace(':', ";")), "metrics.jsonl, line 2 is damaged: "),
            (
                with(&lines[3]),
                "metrics.jsonl, line 2 is damaged: it is of epoch 4, but the run's checkpoint is of epoch 4",
            ),
            (
                format!("{}\n", lines[0]),
                "metrics.jsonl ends after epoch 1, but the run's checkpoint is of epoch 4",
            ),
            (String::new(), "metrics.jsonl ends after epoch 0"),
        ] {
            fs::write(&path, &text).unwrap();
            let error = MetricsFile::open_after(&path, 4).unwrap_err();
            assert!(error.message.contains(said), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        fs::write(&path, with("{}")).unwrap();
        assert!(read(&path).is_err() && history(&path).unwrap().epochs == [epoch(1)]);
        // Damage after the checkpoint's epoch is dropped with the lines there.
        assert!(MetricsFile::open_after(&path, 1).is_ok());
    }

    #[test]
    fn the_order_of_the_keys_is_fixed() {
        let line = serde_json::to_string(&epoch(2)).unwrap();
        let expected = r#"{"epoch":2,"steps":26,"beta":1.0,"elbo":-24.25,"reconstruction":-20.0,"kl":4.25,"#;
        assert!(line.starts_with(expected) && line.ends_with(r#""seconds":0.5}"#), "{line}");
    }
}
