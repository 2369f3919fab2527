//! `reparam train`: learn a variational autoencoder.

use std::path::PathBuf;

use clap::Args;

use crate::args::{DataArgs, GlobalArgs, ModelArgs, ObjectiveArgs, OptimizationArgs};
use crate::config::Setting;
use crate::error::Result;

/// Learn a variational autoencoder from a data set
///
/// Examples:
///   reparam train
///   reparam train mnist --hidden 400 --latent-dim 20 --epochs 10
///   reparam train wine.csv --label kind --missing drop
///   reparam train --config runs/digits-1/config.toml
///   reparam train --resume last --epochs 50
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct TrainArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub model: ModelArgs,
    #[command(flatten)]
    pub objective: ObjectiveArgs,
    #[command(flatten)]
    pub optimization: OptimizationArgs,

    /// Read the configuration from this file; other flags are laid over it
    #[arg(long, short, value_name = "FILE.toml", help_heading = "Configuration", conflicts_with = "resume")]
    pub config: Option<PathBuf>,
    /// Set one key of the configuration, such as objective.beta=4; may be repeated
    #[arg(long, value_name = "KEY=VALUE", help_heading = "Configuration")]
    pub set: Vec<String>,
    /// Print the resolved configuration and stop
    #[arg(long, help_heading = "Configuration")]
    pub print_config: bool,

    /// The name of the run [default: the data set's and a number]
    #[arg(long, value_name = "NAME", help_heading = "Run", conflicts_with = "resume")]
    pub name: Option<String>,
    /// The folder that holds the runs
    #[arg(long, value_name = "DIR", default_value = "runs", help_heading = "Run")]
    pub runs_dir: PathBuf,
    /// Continue this run: a folder, a name, or `last`
    #[arg(long, value_name = "RUN", help_heading = "Run")]
    pub resume: Option<PathBuf>,
    /// Overwrite the run of this name
    #[arg(long, help_heading = "Run", conflicts_with = "resume", requires = "name")]
    pub force: bool,
    /// Read the data, say what would be done, and stop
    #[arg(long, help_heading = "Run")]
    pub dry_run: bool,
    /// Print one JSON object per epoch on standard output
    #[arg(long, help_heading = "Run")]
    pub json: bool,
}

impl TrainArgs {
    /// The settings of `--set` and of the flags, the later ones stronger.
    ///
    /// # Errors
    ///
    /// Where a `--set` is no assignment.
    pub fn settings(&self, global: &GlobalArgs) -> Result<Vec<Setting>> {
        let mut settings: Vec<Setting> =
            self.set.iter().map(|set| Setting::assignment(set)).collect::<Result<_>>()?;
        settings.extend(self.data.settings());
        settings.extend(self.model.settings());
        settings.extend(self.objective.settings());
        settings.extend(self.optimization.settings());
        settings.extend(global.threads.iter().map(|threads| Setting::flag("train.threads", threads)));
        Ok(settings)
    }
}
