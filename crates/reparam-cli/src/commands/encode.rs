//! `reparam encode`: the latent distribution of each row.

use burn::tensor::Device;
use clap::Args;
use reparam::Params;
use reparam::prelude::*;

use crate::args::{DataArgs, RunArgs};
use crate::console::Console;
use crate::data::Layout;
use crate::error::Result;
use crate::measure::singles;
use crate::opened::Opened;
use crate::output::{ColumnData, OutputTarget, Table, write_table};
use crate::seeds::{Site, stream};

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
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE", value_parser = OutputTarget::argument)]
    pub output: OutputTarget,
    /// Draws per row instead of the mean and standard deviation
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub draws: Option<u32>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Rows encoded at once.
const ROWS: usize = 512;

impl EncodeArgs {
    /// Writes the table.
    pub fn run(self, console: &Console) -> Result<()> {
        self.output.check(Layout::Table)?;
        let opened = Opened::new(&self.run, &self.data, console)?;
        let table = match self.draws {
            None => summary(&opened, self.seed),
            Some(draws) => drawn(&opened, draws as usize, self.seed),
        };
        write_table(&self.output, None, &table)
    }
}

/// `z0_mean, …, z0_sd, …`, a row per row.
fn summary(opened: &Opened, seed: u64) -> Table {
    let site = stream(seed, Site::Use);
    let (mut means, mut deviations) = (Vec::new(), Vec::new());
    for chunk in opened.all().chunks(ROWS) {
        let q = opened.model.net.posterior(opened.rows().keyed(chunk, &site).tensor(&Device::flex()));
        means.extend(singles(q.loc()));
        deviations.extend(singles(q.scale()));
    }
    let latent = *opened.model.config.model.latent_dim.get();
    let table = with_columns(opened.table(1), &means, latent, "_mean");
    with_columns(table, &deviations, latent, "_sd")
}

/// `draw, z0, …`, `draws` rows per row.
fn drawn(opened: &Opened, draws: usize, seed: u64) -> Table {
    let site = stream(seed, Site::Use);
    let latent = *opened.model.config.model.latent_dim.get();
    let mut all = Vec::new();
    for chunk in opened.all().chunks((ROWS / draws).max(1)) {
        let mut keyed = opened.rows().keyed(chunk, &site);
        let q = opened.model.net.posterior(keyed.tensor(&Device::flex()));
        let z = singles(q.repeated(draws).path(keyed.noise(draws, latent, &Device::flex())));
        // Particles come outermost; a table is read row by row.
        let place = |row: usize, draw: usize| (draw * chunk.len() + row) * latent;
        for (row, draw) in (0..chunk.len()).flat_map(|row| (0..draws).map(move |draw| (row, draw))) {
            all.extend_from_slice(&z[place(row, draw)..][..latent]);
        }
    }
    let numbers = (0..opened.dataset.rows()).flat_map(|_| 0..draws as i64).collect();
    let table = opened.table(draws).with("draw", ColumnData::I64(numbers));
    with_columns(table, &all, latent, "")
}

/// Adds the columns of a row-major matrix as `z0`, `z1`, … with a suffix.
fn with_columns(mut table: Table, values: &[f32], width: usize, suffix: &str) -> Table {
    for place in 0..width {
        let cells = values.iter().skip(place).step_by(width).copied().collect();
        table = table.with(format!("z{place}{suffix}"), ColumnData::F32(cells));
    }
    table
}
