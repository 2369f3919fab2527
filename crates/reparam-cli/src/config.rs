//! The configuration of a training run: every choice that shapes its result, in one file.
//!
//! A run folder holds the resolved configuration; `reparam train --config` on that file repeats the run.

mod choices;
mod keys;
mod layers;
mod resolve;
#[cfg(test)]
mod tests;

pub use crate::data::{Header, Missing};
pub use choices::{Activation, Auto, Binarize, HeldOut, ImageSize, Likelihood, Optimizer, Start};
pub use layers::Setting;
pub use resolve::{DataFacts, WIDEST_MIXED};

use std::path::PathBuf;
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::paths;

/// The version of the file's layout; a file of a later version is refused.
pub const FORMAT_VERSION: u32 = 1;

/// A training run, layer upon layer: defaults, `--config` file, `--set`, flags and `REPARAM_*`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Config {
    /// [`FORMAT_VERSION`] of the program that wrote the file.
    pub format_version: u32,
    /// What is learned from.
    pub data: Data,
    /// The networks and distributions.
    pub model: Model,
    /// The quantity that is maximised.
    pub objective: Objective,
    /// How it is maximised.
    pub train: Train,
}

/// What is learned from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::struct_field_names, reason = "`data_dir` is the key and flag that users know")]
pub struct Data {
    /// A built-in data set (`digits`, `mnist`), a file or a folder of images.
    pub source: String,
    /// The column kept aside as the class of a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Columns left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Whether columns that hold no numbers are left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_numbers: bool,
    /// Whether the first line of a table of text names its columns.
    #[serde(skip_serializing_if = "Header::is_auto")]
    pub header: Header,
    /// The array of an NPZ archive that holds the rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub array: Option<String>,
    /// What to do with rows that hold an empty, NaN or infinite cell.
    pub missing: Missing,
    /// Where named data sets are looked for before they are fetched.
    #[serde(serialize_with = "path", skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// The pictures of a folder are resized to this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_size: Option<ImageSize>,
    /// The rows that are never trained on.
    pub held_out: HeldOut,
    /// How grey levels become the zeros and ones of a Bernoulli likelihood.
    pub binarize: Binarize,
}

/// The networks and distributions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Model {
    /// Dimensions of the latent vector; computed from the number of columns where not given.
    pub latent_dim: Auto<usize>,
    /// Widths of the encoder's hidden layers; the decoder mirrors them.
    pub hidden: Auto<Vec<usize>>,
    /// The function between layers.
    pub activation: Activation,
    /// The distribution of a row given its latent vector.
    pub likelihood: Auto<Likelihood>,
    /// Where the weights start.
    pub start: Auto<Start>,
    /// Normals that the law of the code mixes; 1 is the standard normal. Computed from the rows where not given.
    pub components: Auto<usize>,
    /// The smallest standard deviation the Gaussian likelihood may learn, in units of each column's own.
    ///
    /// Without a floor the density of a column with repeated values grows without bound.
    pub scale_floor: f64,
}

/// The quantity that is maximised: E\[log p(x|z)\] − β·KL(q(z|x) ‖ p(z)), in nats per row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Objective {
    /// The weight of the divergence; 1 is the evidence lower bound itself.
    pub beta: f64,
    /// Epochs over which β grows from 0.
    ///
    /// 0 by default: from the first epoch on, the logged objective is then the bound itself, curves of two
    /// runs compare, and a run may be lengthened without changing its beginning.
    pub kl_warmup: usize,
    /// Nats per latent dimension that the divergence does not count.
    pub free_bits: f64,
    /// Draws of z per row and step.
    pub samples: usize,
    /// The part of the rows that is not to be learned from, the least likely ones column by column: so much of them
    /// may be what the model is to find.
    pub contamination: f64,
}

/// How the objective is maximised.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Train {
    /// The update rule.
    pub optimizer: Optimizer,
    /// The step length.
    pub learning_rate: f64,
    /// Rows per step; computed from the number of training rows where not given.
    pub batch_size: Auto<usize>,
    /// Epochs at most; computed from the number of training rows where not given.
    pub epochs: Auto<usize>,
    /// Passes over the training rows that make one epoch: one where the number of epochs is given, else so many that
    /// an epoch has some steps to learn in.
    pub passes: Auto<usize>,
    /// Stops after this many epochs without a better held-out bound; 0 never does.
    pub patience: Auto<usize>,
    /// How often, instead of stopping so, the run goes back to its best weights with a fifth of the step length.
    pub anneal: Auto<usize>,
    /// The seed of every random number of the run.
    #[serde(serialize_with = "seed")]
    pub seed: u64,
    /// Worker threads; they change the speed, never the result.
    pub threads: Auto<usize>,
    /// Stops cleanly after this much time.
    #[serde(serialize_with = "duration", skip_serializing_if = "Option::is_none")]
    pub max_time: Option<Duration>,
    /// Minutes between checkpoints inside a long epoch; one is also written after every epoch.
    pub checkpoint_every: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            format_version: FORMAT_VERSION,
            data: Data {
                source: "digits".into(),
                label: None,
                exclude: Vec::new(),
                only_numbers: false,
                header: Header::Auto,
                array: None,
                missing: Missing::Error,
                data_dir: None,
                image_size: None,
                held_out: HeldOut::Auto,
                binarize: Binarize::None,
            },
            model: Model {
                latent_dim: Auto::Auto,
                hidden: Auto::Auto,
                activation: Activation::Relu,
                likelihood: Auto::Auto,
                start: Auto::Auto,
                components: Auto::Auto,
                scale_floor: 0.01,
            },
            objective: Objective { beta: 1.0, kl_warmup: 0, free_bits: 0.0, samples: 1, contamination: 0.0 },
            train: Train {
                optimizer: Optimizer::Adam,
                learning_rate: 1e-3,
                batch_size: Auto::Auto,
                epochs: Auto::Auto,
                passes: Auto::Auto,
                patience: Auto::Auto,
                anneal: Auto::Auto,
                seed: 0,
                threads: Auto::Auto,
                max_time: None,
                checkpoint_every: 5.0,
            },
        }
    }
}

impl Config {
    /// The file's text: every key with its value, [`Config::from_toml`]'s inverse.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("every value of a configuration has a TOML form")
    }

    /// The same choices, without those that change how fast a run gets on and never what it comes to.
    pub fn without_pace(mut self) -> Self {
        let Train { threads, max_time, checkpoint_every, .. } = Self::default().train;
        self.train = Train { threads, max_time, checkpoint_every, ..self.train };
        self
    }
}

/// TOML integers end at 2^63 − 1; a larger seed is written as text.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn seed<S: Serializer>(seed: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    match i64::try_from(*seed) {
        Ok(seed) => serializer.serialize_i64(seed),
        Err(_) => serializer.collect_str(seed),
    }
}

/// A path as text, whatever its bytes.
#[expect(clippy::ref_option, reason = "the signature serde asks for")]
fn path<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    match path {
        Some(path) => serializer.collect_str(&paths::write(path.as_os_str())),
        None => serializer.serialize_none(),
    }
}

/// `10m`, `1h 30m`.
#[expect(clippy::ref_option, reason = "the signature serde asks for")]
fn duration<S: Serializer>(time: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => serializer.collect_str(&humantime::format_duration(*time)),
        None => serializer.serialize_none(),
    }
}
