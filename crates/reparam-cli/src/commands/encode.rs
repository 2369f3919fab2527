//! `reparam encode`: the latent distribution of each row.

use std::path::PathBuf;

use clap::Args;

use crate::args::{DataArgs, RunArgs};

/// Write the mean and standard deviation of q(z|x) for each row, or draws from it
///
/// Examples:
///   reparam encode last -o latent.csv
///   reparam encode last other.csv -o latent.parquet --draws 10
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct EncodeArgs {
    #[command(flatten)]
    pub run: RunArgs,
    #[command(flatten)]
    pub data: DataArgs,
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Draws per row instead of the mean and standard deviation
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub draws: Option<u32>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
}
