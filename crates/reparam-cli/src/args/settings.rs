//! Flags that stand for keys of the configuration. Their values pass on as text: the configuration checks them.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::config::{Activation, Binarize, Likelihood, Optimizer, Setting, Start};

/// A parser of the names of `T`, and of `more`, that suggests the nearest and lists them in the help.
pub(super) fn one_of<T: ValueEnum>(more: &[&'static str]) -> PossibleValuesParser {
    let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(more.iter().map(Into::into).chain(names))
}

/// The settings of the flags that were given.
pub(super) fn given(flags: &[(&str, &Option<String>)]) -> Vec<Setting> {
    flags.iter().filter_map(|(path, text)| Some(Setting::flag(path, text.as_deref()?))).collect()
}

/// The networks and distributions.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Model")]
pub struct ModelArgs {
    /// Dimensions of the latent vector [default: a real table's columns, at most 64; else 8]
    #[arg(long, value_name = "N")]
    latent_dim: Option<String>,
    /// Widths of the encoder's hidden layers, such as 400,200 [default: from the number of columns]
    #[arg(long, value_name = "WIDTHS")]
    hidden: Option<String>,
    /// The function between layers [default: relu]
    #[arg(long, value_name = "NAME", value_parser = one_of::<Activation>(&[]))]
    activation: Option<String>,
    /// The distribution of a row given its latent vector [default: auto]
    #[arg(long, value_name = "NAME", value_parser = one_of::<Likelihood>(&["auto"]))]
    likelihood: Option<String>,
    /// Where the weights start: drawn, or at the linear model of the table [default: linear for tables of real numbers]
    #[arg(long, value_name = "NAME", value_parser = one_of::<Start>(&["auto"]))]
    start: Option<String>,
    /// Normals that the law of the code mixes, 1 for a standard normal [default: as many as the rows of a table call for]
    #[arg(long, value_name = "K")]
    components: Option<String>,
    /// The smallest standard deviation the Gaussian likelihood may learn, in units of each column's own [default: 0.01]
    #[arg(long, value_name = "SD")]
    scale_floor: Option<String>,
}

impl ModelArgs {
    /// The flags given, each for its key.
    pub fn settings(&self) -> Vec<Setting> {
        given(&[
            ("model.latent_dim", &self.latent_dim),
            ("model.hidden", &self.hidden),
            ("model.activation", &self.activation),
            ("model.likelihood", &self.likelihood),
            ("model.start", &self.start),
            ("model.components", &self.components),
            ("model.scale_floor", &self.scale_floor),
        ])
    }
}

/// The quantity that is maximised.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Objective")]
pub struct ObjectiveArgs {
    /// The weight of the divergence from the prior [default: 1]
    #[arg(long, value_name = "WEIGHT", allow_hyphen_values = true)]
    beta: Option<String>,
    /// Epochs over which beta grows from 0 [default: 0]
    #[arg(long, value_name = "EPOCHS")]
    kl_warmup: Option<String>,
    /// Nats per latent dimension that the divergence does not count [default: 0]
    #[arg(long, value_name = "NATS", allow_hyphen_values = true)]
    free_bits: Option<String>,
    /// Draws of the latent vector per row and step [default: 1]
    #[arg(long, value_name = "L")]
    samples: Option<String>,
    /// Do not learn from this part of the rows, the least likely ones: for data that hold what is to be found [default: 0]
    #[arg(long, value_name = "PART")]
    contamination: Option<String>,
    /// How grey levels become the zeros and ones of a Bernoulli likelihood [default: none]
    #[arg(long, value_name = "HOW", value_parser = one_of::<Binarize>(&[]))]
    binarize: Option<String>,
}

impl ObjectiveArgs {
    /// The flags given, each for its key.
    pub fn settings(&self) -> Vec<Setting> {
        given(&[
            ("objective.beta", &self.beta),
            ("objective.kl_warmup", &self.kl_warmup),
            ("objective.free_bits", &self.free_bits),
            ("objective.samples", &self.samples),
            ("objective.contamination", &self.contamination),
            ("data.binarize", &self.binarize),
        ])
    }
}

/// How the objective is maximised.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Training")]
pub struct OptimizationArgs {
    /// The update rule [default: adam]
    #[arg(long, value_name = "NAME", value_parser = one_of::<Optimizer>(&[]))]
    optimizer: Option<String>,
    /// The step length [default: 0.001]
    #[arg(long, value_name = "STEP", allow_hyphen_values = true)]
    learning_rate: Option<String>,
    /// Rows per step [default: from the number of rows, at most 128]
    #[arg(long, value_name = "ROWS")]
    batch_size: Option<String>,
    /// Epochs at most, each one pass over the training rows; 0 writes the initial model [default: from the number of rows]
    #[arg(long, value_name = "N")]
    epochs: Option<String>,
    /// Passes over the training rows that make one epoch [default: 1 with --epochs, else enough for 64 steps]
    #[arg(long, value_name = "N")]
    passes: Option<String>,
    /// Stop after this many epochs without a better held-out bound; 0 never does [default: 20, and --anneal]
    #[arg(long, value_name = "EPOCHS")]
    patience: Option<String>,
    /// Instead of stopping so, go on from the best weights with a fifth of the step, this often [default: 2, or 0 with --epochs or --patience]
    #[arg(long, value_name = "TIMES")]
    anneal: Option<String>,
    /// The part of the rows that is never trained on, or `test` for the source's own test set [default: test, else 0.1]
    #[arg(long, value_name = "PART")]
    held_out: Option<String>,
    /// The seed of every random number of the run [default: 0]
    #[arg(long, value_name = "SEED", allow_hyphen_values = true)]
    seed: Option<String>,
    /// Stop cleanly after this much time, such as 90s, 10m or 1h
    #[arg(long, value_name = "TIME")]
    max_time: Option<String>,
    /// Minutes between checkpoints inside a long epoch; one is also written after every epoch [default: 5]
    #[arg(long, value_name = "MINUTES")]
    checkpoint_every: Option<String>,
}

impl OptimizationArgs {
    /// The flags given, each for its key.
    pub fn settings(&self) -> Vec<Setting> {
        given(&[
            ("train.optimizer", &self.optimizer),
            ("train.learning_rate", &self.learning_rate),
            ("train.batch_size", &self.batch_size),
            ("train.epochs", &self.epochs),
            ("train.passes", &self.passes),
            ("train.patience", &self.patience),
            ("train.anneal", &self.anneal),
            ("data.held_out", &self.held_out),
            ("train.seed", &self.seed),
            ("train.max_time", &self.max_time),
            ("train.checkpoint_every", &self.checkpoint_every),
        ])
    }
}
