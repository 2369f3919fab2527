//! `reparam reconstruct`: each row as the model sees it.

use burn::tensor::Device;
use clap::Args;

use crate::args::{DataArgs, RunArgs};
use crate::console::Console;
use crate::error::Result;
use crate::measure::singles;
use crate::opened::{Opened, write_rows};
use crate::output::OutputTarget;
use crate::seeds::{Site, stream};

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
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE", value_parser = OutputTarget::argument)]
    pub output: OutputTarget,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Rows worked on at once.
const ROWS: usize = 512;

impl ReconstructArgs {
    /// Writes the table or the pictures.
    pub fn run(self, console: &Console) -> Result<()> {
        let opened = Opened::new(&self.run, &self.data, console)?;
        self.output.check(opened.model.preprocess.layout)?;
        // A dynamic binarisation draws the pixels that are encoded.
        let site = stream(opened.model.config.train.seed, Site::Use);
        let mut outputs = Vec::new();
        for chunk in opened.all().chunks(ROWS) {
            let x = opened.rows().keyed(chunk, &site).tensor(&Device::flex());
            outputs.extend(singles(opened.model.net.reconstruct(x)));
        }
        let values = opened.model.preprocess.restore(&outputs);
        write_rows(&self.output, opened.table(1), &opened.model, &values)
    }
}
