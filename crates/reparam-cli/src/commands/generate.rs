//! `reparam generate`: new rows from the model.

use std::path::PathBuf;

use clap::Args;

use crate::args::RunArgs;

/// Draw new rows: z from the prior, then x given z
///
/// Examples:
///   reparam generate last -n 1000 -o new.csv
///   reparam generate last -n 64 -o grid.png --seed 7
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct GenerateArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// How many rows
    #[arg(short = 'n', long = "number", value_name = "N", default_value_t = 64)]
    pub number: usize,
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
}
