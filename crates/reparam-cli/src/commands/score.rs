//! `reparam score`: how unusual each row is.

use std::path::PathBuf;

use clap::Args;

use crate::args::{DataArgs, RunArgs};

/// Write for each row −log p(x), its p-value against the held-out rows, and the columns that contribute most
///
/// Examples:
///   reparam score last other.csv -o scores.csv
///   reparam score last other.csv -o - --importance 1000
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct ScoreArgs {
    #[command(flatten)]
    pub run: RunArgs,
    #[command(flatten)]
    pub data: DataArgs,
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Draws per row of the importance-weighted estimate of log p(x)
    #[arg(long, value_name = "K", default_value_t = 128, value_parser = clap::value_parser!(u32).range(1..))]
    pub importance: u32,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
}
