//! `reparam evaluate`: how good a model is on rows that it was not trained on.

use clap::Args;

use crate::args::{DataArgs, RunArgs};

/// Measure a model: held-out bound, its two terms, active units, log p(x), each with its standard error
///
/// Examples:
///   reparam evaluate last
///   reparam evaluate runs/wine-1 other.csv --importance 1000 --json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct EvaluateArgs {
    #[command(flatten)]
    pub run: RunArgs,
    #[command(flatten)]
    pub data: DataArgs,
    /// Draws per row of the importance-weighted estimate of log p(x)
    #[arg(long, value_name = "K", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..))]
    pub importance: u32,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    /// Print one JSON object instead of a table
    #[arg(long)]
    pub json: bool,
}
