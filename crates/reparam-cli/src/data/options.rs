//! What the user may say about how data are read.

use std::path::PathBuf;

use super::Layout;

/// How to read a source.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The column (of a file with named ones) or array (NPZ) that holds the class of each row.
    pub label: Option<String>,
    /// Columns to leave out.
    pub exclude: Vec<String>,
    /// Whether columns that hold no numbers are left out.
    pub only_numbers: bool,
    /// Whether the first line of a table of text names its columns.
    pub header: Header,
    /// The array of an NPZ archive that holds the rows.
    pub array: Option<String>,
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

/// Whether the first line of a table of text names its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Header {
    /// Judge by the lines below it, and say what was found
    #[default]
    Auto,
    /// It does
    Yes,
    /// It is a row like the others
    No,
}

impl Header {
    /// Whether it is left to the file.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
    pub fn is_auto(&self) -> bool {
        *self == Self::Auto
    }
}

/// What a trained model expects of its rows.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The names of its columns, in its order.
    pub columns: Vec<String>,
    /// What its rows look like.
    pub layout: Layout,
}
