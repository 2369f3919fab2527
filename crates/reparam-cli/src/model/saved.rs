//! The model file: weights, preprocessing and configuration, enough to use the model without anything else.

use std::collections::BTreeMap;
use std::path::Path;

use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use super::{Net, build, parameters, sound, with_parameters};
use crate::config::Config;
use crate::error::{Context, Error, Result};
use crate::measure::Estimate;
use crate::preprocess::Preprocess;
use crate::run::container::{Container, Tensor};
use crate::seeds::{Site, stream};

const CONFIG: &str = "config";
const PREPROCESS: &str = "preprocess";
const TRAINING: &str = "training";
const WEIGHTS: &str = "model.";
const SCORES: &str = "calibration.scores";
const COLUMN_MEANS: &str = "calibration.column_means";

/// Whether a tensor of the file belongs to the calibration rather than to the network.
pub fn is_calibration(tensor: &str) -> bool {
    [SCORES, COLUMN_MEANS].contains(&tensor)
}

/// A trained network and what it takes to use it.
#[derive(Clone, Debug)]
pub struct SavedModel {
    /// The network, without autodiff.
    pub net: Net,
    /// What it was trained with.
    pub config: Config,
    /// From rows to inputs and back.
    pub preprocess: Preprocess,
    /// How it came to be.
    pub training: Training,
    /// What the held-out rows score; absent until training has ended, or where no rows were held out.
    pub calibration: Option<Calibration>,
}

/// How the weights came to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// The epoch that the weights are from, counted from 1; 0 for the first weights.
    pub epoch: usize,
    /// The bound on the held-out rows at that epoch, nats per row.
    pub held_out_elbo: Option<f64>,
    /// [`Dataset::fingerprint`](crate::data::Dataset::fingerprint) of the data.
    pub data: String,
    /// Rows learned from.
    pub rows: usize,
    /// Rows held out.
    pub held_out_rows: usize,
    /// What the finished model says of the held-out rows; absent in files of a version before it was measured.
    #[serde(default)]
    pub held_out: Option<HeldOutDensity>,
}

impl Baseline {
    /// `one fitted Gaussian`, `a mixture of 3`.
    pub fn law(&self) -> String {
        match self.components {
            1 => "one fitted Gaussian".to_owned(),
            several => format!("a mixture of {several}"),
        }
    }

    /// `behind by 0.40 ± 0.10`: where the model is.
    pub fn distance(&self) -> String {
        let side = if self.ahead.mean < 0.0 { "behind" } else { "ahead" };
        let distance = plus_minus(Estimate { mean: self.ahead.mean.abs(), ..self.ahead });
        format!("{side} by {distance}")
    }
}

/// log p(x) of the held-out rows, in nats per row, and what simpler laws give them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldOutDensity {
    /// How many of them were measured.
    pub rows: usize,
    /// log p(x) under the model.
    pub log_p: Estimate,
    /// Under normals fitted to the training rows: one with a full covariance, and the mixture that BIC chooses, where it
    /// chooses one. Of tables of real numbers only, and only where they have a density.
    pub baselines: Vec<Baseline>,
}

/// What a mixture of normals gives the held-out rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// How many normals it has.
    pub components: usize,
    /// log p(x) under it.
    pub log_p: Estimate,
    /// How far the model is ahead of it, row by row: the standard error is that of the difference.
    pub ahead: Estimate,
}

impl HeldOutDensity {
    /// From log p(x) of each row under the model, and under mixtures of so many normals.
    pub fn of(log_p: &[f64], others: &[(usize, Vec<f64>)]) -> Self {
        let baseline = |(components, other): &(usize, Vec<f64>)| {
            let ahead: Vec<f64> = log_p.iter().zip(other).map(|(own, other)| own - other).collect();
            Baseline { components: *components, log_p: Estimate::of(other), ahead: Estimate::of(&ahead) }
        };
        Self {
            rows: log_p.len(),
            log_p: Estimate::of(log_p),
            baselines: others.iter().map(baseline).collect(),
        }
    }

    /// `-1.93 ± 0.11 nats per row; one fitted Gaussian has -1.95: ahead by 0.02 ± 0.03; a mixture of 2 has …`.
    pub fn in_words(&self) -> String {
        let own = format!("{} nats per row", plus_minus(self.log_p));
        let other =
            |other: &Baseline| format!("; {} has {:.2}: {}", other.law(), other.log_p.mean, other.distance());
        self.baselines.iter().fold(own, |words, baseline| words + &other(baseline))
    }
}

/// `-1.93 ± 0.11`.
pub fn plus_minus(Estimate { mean, se }: Estimate) -> String {
    se.map_or_else(|| format!("{mean:.2}"), |se| format!("{mean:.2} ± {se:.2}"))
}

/// Scores of the held-out rows, from which the p-value of a new row is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// −log p(x) of held-out rows, rising.
    pub scores: Vec<f32>,
    /// The mean of −log p(x_j|z) over them, one per column the network sees.
    pub column_means: Vec<f32>,
}

impl Calibration {
    /// Importance-weighted draws per held-out row, and per new row unless asked otherwise: scores with more draws are
    /// lower on average, and would not compare.
    pub const PARTICLES: u32 = 128;

    /// The smallest p-value that any row can have: that of one less likely than every held-out row.
    pub fn least_p_value(&self) -> f64 {
        1.0 / (1.0 + self.scores.len() as f64)
    }

    /// The part of held-out rows that score at least as high, this one counted: (1 + #{s ≥ score}) / (1 + n).
    ///
    /// Uniform for rows of the same law, whatever the model. A score that is not a number is higher than all.
    pub fn p_value(&self, score: f64) -> f64 {
        let score = if score.is_nan() { f64::INFINITY } else { score };
        let below = self.scores.partition_point(|&s| f64::from(s) < score);
        let above = self.scores.len() - below;
        (1.0 + above as f64) / (1.0 + self.scores.len() as f64)
    }
}

impl SavedModel {
    /// The file's content.
    pub fn to_container(&self) -> Container {
        let json = |value: serde_json::Result<String>| value.expect("plain data have a JSON form");
        let metadata = BTreeMap::from([
            // Equal runs leave equal files, whatever the machine.
            (CONFIG.to_owned(), self.config.clone().without_pace().to_toml()),
            (PREPROCESS.to_owned(), json(serde_json::to_string(&self.preprocess))),
            (TRAINING.to_owned(), json(serde_json::to_string(&self.training))),
        ]);
        let weights =
            parameters(&self.net).into_iter().map(|(name, tensor)| (format!("{WEIGHTS}{name}"), tensor));
        let row = |values: &Vec<f32>| Tensor { shape: vec![values.len()], values: values.clone() };
        let calibration = self.calibration.iter().flat_map(|calibration| {
            [(SCORES, row(&calibration.scores)), (COLUMN_MEANS, row(&calibration.column_means))]
        });
        let calibration = calibration.map(|(name, tensor)| (name.to_owned(), tensor));
        Container { metadata, tensors: weights.chain(calibration).collect() }
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        self.to_container().write(path)
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Where it is not a whole model of a version this program reads.
    pub fn read(path: &Path) -> Result<Self> {
        let container = Container::read(path)?;
        Self::from_container(container).map_err(|error| Error {
            message: format!("cannot read the model {}: {}", path.display(), error.message),
            ..error
        })
    }

    fn from_container(mut container: Container) -> Result<Self> {
        let text = |key: &str| {
            container.metadata.get(key).ok_or_else(|| Error::failed(format!("its metadata lack `{key}`")))
        };
        let config = Config::from_toml(text(CONFIG)?, "its configuration")?;
        let preprocess: Preprocess =
            serde_json::from_str(text(PREPROCESS)?).context(format!("its `{PREPROCESS}`"))?;
        let training = serde_json::from_str(text(TRAINING)?).context(format!("its `{TRAINING}`"))?;
        sound::preprocess(&preprocess)?;

        let mut take = |name: &str| container.tensors.remove(name).map(|tensor| tensor.values);
        let calibration = match (take(SCORES), take(COLUMN_MEANS)) {
            (Some(scores), Some(column_means)) => Some(Calibration { scores, column_means }),
            (None, None) => None,
            _ => {
                return Err(Error::failed(format!(
                    "it has one of `{SCORES}` and `{COLUMN_MEANS}`, not both"
                )));
            }
        };
        calibration.iter().try_for_each(|known| sound::calibration(known, preprocess.width()))?;
        sound::network(&config, preprocess.width(), container.tensors.values())?;
        let weights = container.tensors.into_iter();
        let weights =
            weights.map(|(name, tensor)| (name.trim_start_matches(WEIGHTS).to_owned(), tensor)).collect();
        let fresh = build(
            &config.model,
            preprocess.width(),
            &Device::flex(),
            &mut stream(config.train.seed, Site::Weights),
        );
        let net = with_parameters(fresh, &weights)?;
        Ok(Self { net, config, preprocess, training, calibration })
    }
}
