//! What the user may say about how data are read.

use std::path::PathBuf;

use super::Layout;

/// How to read a source.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The column (CSV, Parquet) or array (NPZ) that holds the class of each row.
    pub label: Option<String>,
    /// Columns of a CSV or Parquet file to leave out.
    pub exclude: Vec<String>,
    /// What to do with rows that have missing cells.
    pub missing: Missing,
    /// Where named data sets lie, before `REPARAM_DATA_DIR` and the cache are searched.
    pub data_dir: Option<PathBuf>,
    /// Never use the network.
    pub offline: bool,
    /// Height and width that every picture of a folder is resized to.
    pub image_size: Option<(usize, usize)>,
    /// The columns of a trained model, when the data are for it.
    pub expected: Option<Expected>,
}

/// What to do with rows that have missing cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Missing {
    /// Stop, naming the cells
    #[default]
    Error,
    /// Leave the row out and say how many were
    Drop,
}

/// What a trained model expects of its rows.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The names of its columns, in its order.
    pub columns: Vec<String>,
    /// What its rows look like.
    pub layout: Layout,
}
