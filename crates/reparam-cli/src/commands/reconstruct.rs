//! `reparam reconstruct`: each row as the model sees it.

use std::path::PathBuf;

use clap::Args;

use crate::args::{DataArgs, RunArgs};

/// Write the mean of p(x|z) at the mean of q(z|x) for each row
///
/// Examples:
///   reparam reconstruct last -o rows.csv
///   reparam reconstruct last other.npy -o pictures.png
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct ReconstructArgs {
    #[command(flatten)]
    pub run: RunArgs,
    #[command(flatten)]
    pub data: DataArgs,
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}
