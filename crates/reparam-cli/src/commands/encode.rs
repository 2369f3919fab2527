//! `reparam encode`: the latent distribution of each row.

use std::ops::Range;

use burn::tensor::Device;
use clap::Args;
use reparam::prelude::*;
use reparam::{Params, Rng};

use super::sample::count;
use crate::args::{DataArgs, RunArgs, output_target};
use crate::console::Console;
use crate::data::Layout;
use crate::error::Result;
use crate::interrupt::{Interrupt, UNFINISHED};
use crate::measure::singles;
use crate::opened::Opened;
use crate::output::{ColumnData, OutputTarget, Table, write_blocks};
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
    #[arg(short, long, value_name = "FILE", value_parser = output_target())]
    pub output: OutputTarget,
    /// Draws per row instead of the mean and standard deviation; 1e3 is a thousand
    #[arg(long, value_name = "N", value_parser = draws)]
    pub draws: Option<u64>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Rows encoded, or drawn, at once.
const ROWS: usize = 512;

/// At least one draw.
fn draws(text: &str) -> std::result::Result<u64, String> {
    count(text).and_then(|draws| if draws == 0 { Err("expected 1 or more".into()) } else { Ok(draws) })
}

impl EncodeArgs {
    /// Writes the table.
    pub fn run(self, console: &Console) -> Result<()> {
        self.output.check(Layout::Table)?;
        let opened = Opened::new(&self.run, &self.data, console)?;
        opened.spares(&self.output)?;
        let interrupt = Interrupt::install(UNFINISHED)?;
        let site = stream(self.seed, Site::Use);
        let rows = opened.dataset.rows() as u64;
        match self.draws {
            None => {
                let all = opened.all();
                let mut chunks = all.chunks(ROWS);
                write_blocks(&self.output, rows, || {
                    interrupt.check()?;
                    Ok(chunks.next().map(|chunk| summary(&opened, chunk, &site)))
                })
            }
            Some(draws) => {
                let mut portions = Portions { rows: rows as usize, draws: draws as usize, row: 0, draw: 0 };
                write_blocks(&self.output, rows * draws, || {
                    interrupt.check()?;
                    Ok(portions.next().map(|(rows, draws)| drawn(&opened, &rows, draws, &site)))
                })
            }
        }
    }
}

/// `z0_mean, …, z0_sd, …`, a row per row.
fn summary(opened: &Opened, rows: &[u32], site: &Rng) -> Table {
    let q = opened.model.net.posterior(opened.rows().keyed(rows, site).tensor(&Device::flex()));
    let latent = *opened.model.config.model.latent_dim.get();
    let table = with_columns(opened.block(rows, 1), &singles(q.loc()), latent, "_mean");
    with_columns(table, &singles(q.scale()), latent, "_sd")
}

/// Rows and draws in portions of about [`ROWS`] draws: several rows with all of theirs, or a part of one row's.
struct Portions {
    rows: usize,
    draws: usize,
    row: usize,
    draw: usize,
}

impl Iterator for Portions {
    type Item = (Vec<u32>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.row == self.rows {
            return None;
        }
        let rows = (ROWS / self.draws).clamp(1, self.rows - self.row);
        let draws = self.draw..(self.draw + ROWS).min(self.draws);
        let portion = ((self.row as u32..(self.row + rows) as u32).collect(), draws.clone());
        self.draw = if draws.end == self.draws { 0 } else { draws.end };
        self.row += if self.draw == 0 { rows } else { 0 };
        Some(portion)
    }
}

/// `draw, z0, …`, as many rows per row as there are `draws`.
fn drawn(opened: &Opened, rows: &[u32], draws: Range<usize>, site: &Rng) -> Table {
    let latent = *opened.model.config.model.latent_dim.get();
    let mut keyed = opened.rows().keyed(rows, site);
    let q = opened.model.net.posterior(keyed.tensor(&Device::flex()));
    keyed.skip(draws.start, latent);
    let noise = keyed.noise(draws.len(), latent, &Device::flex());
    let z = singles(q.repeated(draws.len()).path(noise));
    // Particles come outermost; a table is read row by row.
    let place = |row: usize, draw: usize| (draw * rows.len() + row) * latent;
    let mut all = Vec::with_capacity(z.len());
    for (row, draw) in (0..rows.len()).flat_map(|row| (0..draws.len()).map(move |draw| (row, draw))) {
        all.extend_from_slice(&z[place(row, draw)..][..latent]);
    }
    let numbers = rows.iter().flat_map(|_| draws.clone().map(|draw| draw as i64)).collect();
    let table = opened.block(rows, draws.len()).with("draw", ColumnData::I64(numbers));
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
