//! Where rows come from and how they are read.

use clap::Args;

use super::settings::{given, one_of};
use crate::config::{Missing, Setting};

/// The source of rows, shared by every subcommand that reads data.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// digits, mnist, a CSV, TSV, NPY, NPZ or Parquet file, or a folder of images
    #[arg(value_name = "DATA", help_heading = None::<&str>)]
    pub data: Option<String>,
    /// The column kept aside as the class of a row
    #[arg(long, value_name = "COLUMN")]
    pub label: Option<String>,
    /// Columns to leave out, such as id,date
    #[arg(long, value_name = "COLUMNS")]
    pub exclude: Option<String>,
    /// What to do with empty, NaN and infinite cells
    #[arg(long, value_name = "WHAT", value_parser = one_of::<Missing>(&[]))]
    pub missing: Option<String>,
    /// Where named data sets are looked for before they are fetched
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<String>,
    /// Resize the pictures of a folder to this size
    #[arg(long, value_name = "HxW")]
    pub image_size: Option<String>,
}

impl DataArgs {
    /// The flags given, each for its key.
    pub fn settings(&self) -> Vec<Setting> {
        let flags = given(&[
            ("data.label", &self.label),
            ("data.exclude", &self.exclude),
            ("data.missing", &self.missing),
            ("data.data_dir", &self.data_dir),
            ("data.image_size", &self.image_size),
        ]);
        self.data.iter().map(|data| Setting::argument("DATA", "data.source", data)).chain(flags).collect()
    }
}
