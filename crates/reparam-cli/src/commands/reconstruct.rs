//! `reparam reconstruct`: each row as the model sees it.

use burn::tensor::Device;
use clap::Args;

use crate::args::{DataArgs, RunArgs, output_target};
use crate::console::Console;
use crate::error::Result;
use crate::interrupt::{Interrupt, UNFINISHED};
use crate::measure::singles;
use crate::opened::{Cells, Opened, write_rows};
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
    #[arg(short, long, value_name = "FILE", value_parser = output_target())]
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
        opened.spares(&self.output)?;
        // A dynamic binarisation draws the pixels that are encoded.
        let site = stream(opened.model.config.train.seed, Site::Use);
        let interrupt = Interrupt::install(UNFINISHED)?;
        let all = opened.all();
        let mut chunks = all.chunks(ROWS);
        write_rows(&self.output, &opened.model, Cells::Means, all.len() as u64, || {
            interrupt.check()?;
            let Some(chunk) = chunks.next() else { return Ok(None) };
            let x = opened.rows().keyed(chunk, &site).tensor(&Device::flex());
            Ok(Some((opened.block(chunk, 1), singles(opened.model.net.reconstruct(x)))))
        })
    }
}
