//! Where rows come from and how they are read.

use std::ffi::OsString;

use clap::Args;

use super::settings::{given, one_of};
use crate::config::{Header, Missing, Setting};
use crate::paths;

/// The source of rows, shared by every subcommand that reads data.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// digits, mnist, a file (CSV, TSV, JSONL, NPY, NPZ, Parquet), or a folder of images
    #[arg(value_name = "DATA", help_heading = None::<&str>)]
    pub data: Option<OsString>,
    /// The column kept aside as the class of a row
    #[arg(long, value_name = "COLUMN")]
    pub label: Option<String>,
    /// Columns to leave out, such as id,date
    #[arg(long, value_name = "COLUMNS")]
    pub exclude: Option<String>,
    /// Leave out every column that holds no numbers
    #[arg(long)]
    pub only_numbers: bool,
    /// Whether the first line of a table of text names its columns [default: auto]
    #[arg(long, value_name = "WHETHER", value_parser = one_of::<Header>(&[]))]
    pub header: Option<String>,
    /// The array of an NPZ archive that holds the rows
    #[arg(long, value_name = "NAME")]
    pub array: Option<String>,
    /// What to do with empty, NaN and infinite cells
    #[arg(long, value_name = "WHAT", value_parser = one_of::<Missing>(&[]))]
    pub missing: Option<String>,
    /// Where named data sets are looked for before they are fetched
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<OsString>,
    /// Resize the pictures of a folder to this size
    #[arg(long, value_name = "HxW")]
    pub image_size: Option<String>,
}

impl DataArgs {
    /// The flags given, each for its key.
    pub fn settings(&self) -> Vec<Setting> {
        let data_dir = self.data_dir.as_deref().map(paths::write);
        let flags = given(&[
            ("data.label", &self.label),
            ("data.exclude", &self.exclude),
            ("data.header", &self.header),
            ("data.array", &self.array),
            ("data.missing", &self.missing),
            ("data.data_dir", &data_dir),
            ("data.image_size", &self.image_size),
        ]);
        let numbers = self.only_numbers.then(|| Setting::flag("data.only_numbers", "true"));
        self.data
            .iter()
            .map(|data| Setting::argument("DATA", "data.source", &paths::write(data)))
            .chain(flags)
            .chain(numbers)
            .collect()
    }
}
