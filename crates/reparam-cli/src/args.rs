//! The command line: one struct per subcommand, all parsed in one place.

mod data;
mod global;
mod settings;
#[cfg(test)]
mod tests;
mod tree;
mod variables;

pub use data::DataArgs;
pub use global::{Color, GlobalArgs, RunArgs, output_target};
pub use settings::{ModelArgs, ObjectiveArgs, OptimizationArgs};
pub use tree::{command, environment_name, parse};

use clap::{Parser, Subcommand};

use crate::commands::audit::AuditArgs;
use crate::commands::completions::CompletionsArgs;
use crate::commands::dist::DistArgs;
use crate::commands::encode::EncodeArgs;
use crate::commands::estimate::EstimateArgs;
use crate::commands::evaluate::EvaluateArgs;
use crate::commands::generate::GenerateArgs;
use crate::commands::info::InfoArgs;
use crate::commands::man::ManArgs;
use crate::commands::reconstruct::ReconstructArgs;
use crate::commands::sample::SampleArgs;
use crate::commands::score::ScoreArgs;
use crate::commands::train::TrainArgs;
use crate::console::{self, Console};
use crate::error::Result;
use crate::memory;
use crate::threads;
use crate::train;

/// Train a variational autoencoder on your own data, and use it; look into distributions
///
/// Examples:
///   reparam train                            learn the built-in digits
///   reparam train wine.csv --label kind      learn a table, a column aside
///   reparam generate last -n 1000 -o new.csv
///   reparam score last other.csv -o scores.csv
///   reparam dist 'Gamma(2.5, rate=1.2)'      moments, quantiles, densities
///   reparam sample 'Gamma(2.5, rate=1.2)' -n 1000 -o draws.npy
///   reparam estimate 'sin(z)' --z 'Normal(0.7, 1.2)'   a gradient
///   reparam audit 'sin(z)' --z 'Normal(0.7, 1.2)'      whether it is right
///
/// Data go to standard output, everything else to standard error.
/// Every flag can also be given as an environment variable:
/// --batch-size is `REPARAM_BATCH_SIZE`.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage or configuration,
/// 3 a requested check did not hold, 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "reparam", version, verbatim_doc_comment)]
pub struct Cli {
    /// What to do; a short introduction without it.
    #[command(subcommand)]
    command: Option<Command>,
    /// Flags that every subcommand takes.
    #[command(flatten)]
    pub global: GlobalArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    Train(Box<TrainArgs>),
    Evaluate(EvaluateArgs),
    Encode(EncodeArgs),
    Reconstruct(ReconstructArgs),
    Generate(GenerateArgs),
    Score(ScoreArgs),
    Info(InfoArgs),
    Dist(DistArgs),
    Sample(SampleArgs),
    Estimate(EstimateArgs),
    Audit(AuditArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// What `reparam` alone prints.
const INTRODUCTION: &str = "\
Train a variational autoencoder on your own data and use it; look into distributions.

  reparam train wine.csv --label kind          learn a table (without a file: handwritten digits)
  reparam generate last -n 1000 -o new.csv     draw new rows from the newest run
  reparam score last other.csv -o scores.csv   how unusual is each row, and which columns do it
  reparam dist 'Gamma(2.5, rate=1.2)'          what it is (reparam sample draws from it)

More: reparam --help, reparam train --help
";

impl Cli {
    /// Runs the subcommand.
    ///
    /// # Errors
    ///
    /// Whatever ends the subcommand early.
    pub fn run(self, console: &Console) -> Result<()> {
        self.global.memory_limit.into_iter().for_each(memory::limit);
        threads::limit_as_asked(self.global.threads.as_deref())?;
        match self.command {
            None => console::output(INTRODUCTION.as_bytes()),
            Some(Command::Train(args)) => train::run(&args, &self.global, console),
            Some(Command::Evaluate(args)) => args.run(console),
            Some(Command::Encode(args)) => args.run(console),
            Some(Command::Reconstruct(args)) => args.run(console),
            Some(Command::Generate(args)) => args.run(),
            Some(Command::Score(args)) => args.run(console),
            Some(Command::Info(args)) => args.run(console),
            Some(Command::Dist(args)) => args.run(console),
            Some(Command::Sample(args)) => args.run(console),
            Some(Command::Estimate(args)) => args.run(console),
            Some(Command::Audit(args)) => args.run(console),
            Some(Command::Completions(args)) => args.run(),
            Some(Command::Man(args)) => args.run(console),
        }
    }
}
