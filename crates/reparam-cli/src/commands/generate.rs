//! `reparam generate`: new rows from the model.

use clap::Args;
use reparam::prelude::*;

use super::sample::count;
use crate::args::{RunArgs, output_target};
use crate::data::Layout;
use crate::error::Result;
use crate::interrupt::{Interrupt, UNFINISHED};
use crate::measure::singles;
use crate::opened::{self, Cells, write_rows};
use crate::output::{OutputTarget, Table};
use crate::seeds::{Site, stream};

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
    /// How many rows; 1e6 is a million
    #[arg(short = 'n', long = "number", value_name = "N", default_value = "64", value_parser = count)]
    pub number: u64,
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE", value_parser = output_target())]
    pub output: OutputTarget,
    /// Draw the pixels of a picture too, instead of showing their means; rows of a table are always drawn
    #[arg(long)]
    pub noise: bool,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
}

/// Rows drawn at once.
const ROWS: usize = 512;

impl GenerateArgs {
    /// Writes the table or the pictures.
    pub fn run(self) -> Result<()> {
        let model = opened::model(&self.run)?;
        self.output.check(model.preprocess.layout)?;
        self.output.spare(&opened::read_files(&self.run, None)?)?;
        let picture = model.preprocess.layout != Layout::Table;
        let rng = &mut stream(self.seed, Site::Use);
        let interrupt = Interrupt::install(UNFINISHED)?;
        let mut begun = false;
        let mut starts = (0..self.number).step_by(ROWS);
        write_rows(&self.output, &model, Cells::Drawn, self.number, || {
            interrupt.check()?;
            let Some(start) = starts.next() else {
                // Of no rows the columns are still to be written.
                let columns =
                    (self.number == 0 && !std::mem::replace(&mut begun, true)).then(Default::default);
                return Ok(columns);
            };
            let rows = (self.number - start).min(ROWS as u64) as usize;
            let law = model.net.generate(rows, rng);
            // A picture is looked at, and independent noise in each pixel hides it; rows of a table are counted, and
            // means alone would vary too little.
            let outputs = singles(if picture && !self.noise { law.mean() } else { law.sample(rng) });
            Ok(Some((Table::default(), outputs)))
        })
    }
}
