//! `reparam score`: how unusual each row is.

use clap::Args;

use crate::args::{DataArgs, RunArgs, output_target};
use crate::console::Console;
use crate::data::Layout;
use crate::error::{Error, Exit, Result};
use crate::model::Calibration;
use crate::opened::Opened;
use crate::output::{ColumnData, OutputTarget, Table, write_table};
use crate::seeds::{Site, stream};
use crate::wording::counted;

/// Say how unusual each row is, and which columns make it so
///
/// For each row: −log p(x) in nats, its p-value against the held-out rows, and
/// the three columns that are more surprising than on the held-out rows, with
/// what was seen and expected there.
///
/// A model tells odd rows best that has learned from ordinary ones only. Where
/// the odd ones stand among the rows to learn from, train with
/// `--contamination P`, P about their part.
///
/// Examples:
///   reparam score last other.csv -o scores.csv
///   reparam score last other.csv -o scores.parquet --missing drop
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct ScoreArgs {
    #[command(flatten)]
    pub run: RunArgs,
    /// The file to write; its extension gives the format, `-` is standard output as CSV
    #[arg(short, long, value_name = "FILE", value_parser = output_target())]
    pub output: OutputTarget,
    /// Draws per row of the importance-weighted estimate of log p(x)
    #[arg(long, value_name = "K", default_value_t = Calibration::PARTICLES, value_parser = clap::value_parser!(u32).range(1..))]
    pub importance: u32,
    /// Exit with 3 when a row's p-value is P or less; P above 0, at most 1
    #[arg(long, value_name = "P", value_parser = level)]
    pub fail_if_anomalous: Option<f64>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    pub seed: u64,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    pub data: DataArgs,
}

/// Columns named per row.
const NAMED: usize = 3;

impl ScoreArgs {
    /// Writes the table.
    pub fn run(self, console: &Console) -> Result<()> {
        self.output.check(Layout::Table)?;
        let opened = Opened::new(&self.run, &self.data, console)?;
        opened.spares(&self.output)?;
        let calibration = opened.model.calibration.as_ref().ok_or_else(|| {
            Error::failed("the model has no scores of held-out rows to compare with").help(
                "finish the run with `reparam train --resume`; a run with --held-out 0 has none: train with some",
            )
        })?;
        if let Some(limit) = self.fail_if_anomalous {
            within_reach(limit, calibration)?;
        }
        if self.importance != Calibration::PARTICLES {
            console.warn(&format!(
                "p-values compare {} per row with {} for the held-out rows: they are a little too {}",
                counted(self.importance as usize, "draw"),
                Calibration::PARTICLES,
                if self.importance > Calibration::PARTICLES { "large" } else { "small" }
            ));
        }
        let all = opened.all();
        let site = stream(self.seed, Site::Use);
        let evidence = opened.rows().evidence(&opened.model.net, &all, self.importance as usize, &site);
        let scores: Vec<f64> = evidence.log_p.iter().map(|log_p| -log_p).collect();
        let p_values: Vec<f64> = scores.iter().map(|&score| calibration.p_value(score)).collect();
        let alarms = self.fail_if_anomalous.map(|limit| p_values.iter().filter(|&&p| p <= limit).count());
        let table =
            opened.table(1).with("score", ColumnData::F64(scores)).with("p_value", ColumnData::F64(p_values));
        write_table(&self.output, None, &with_columns(table, &opened, calibration, &all, &site))?;
        match (alarms, self.fail_if_anomalous) {
            (Some(alarms @ 1..), Some(limit)) => Err(Error {
                exit: Exit::CheckFailed,
                message: format!(
                    "{} of {} with a p-value of {limit} or less",
                    alarms,
                    counted(all.len(), "row")
                ),
                help: None,
            }),
            _ => Ok(()),
        }
    }
}

/// A level of p-values.
fn level(text: &str) -> std::result::Result<f64, String> {
    let level: f64 = text.parse().map_err(|_| "expected a number above 0, at most 1".to_owned())?;
    if level > 0.0 && level <= 1.0 {
        Ok(level)
    } else {
        Err("a p-value lies above 0 and is at most 1".into())
    }
}

/// Refuses a level that no row can come down to.
fn within_reach(level: f64, calibration: &Calibration) -> Result<()> {
    let least = calibration.least_p_value();
    if level >= least {
        return Ok(());
    }
    let rows = calibration.scores.len();
    let needed = (1.0 / level).ceil() - 1.0;
    Err(Error::usage(format!(
        "--fail-if-anomalous {level} would never fail: with {} no p-value lies below {least:.4}",
        counted(rows, "held-out row")
    ))
    .help(format!(
        "give {} or more, or train with more rows and a larger --held-out: {level} needs {needed} held-out rows",
        (least * 1e4).ceil() / 1e4
    )))
}

/// For each of the columns that contribute most: its name, what was seen, what was expected, and by how many nats it
/// is more surprising than on the held-out rows.
fn with_columns(
    mut table: Table,
    opened: &Opened,
    calibration: &Calibration,
    all: &[u32],
    site: &reparam::Rng,
) -> Table {
    let preprocess = &opened.model.preprocess;
    let columns = opened.rows().columns(&opened.model.net, all, site);
    let expected = preprocess.restore(&columns.expected);
    let seen: Vec<usize> = preprocess.seen().map(|(place, _)| place).collect();
    let width = preprocess.columns.len();
    let ranked: Vec<Vec<(f32, usize)>> = columns
        .scores
        .chunks_exact(seen.len())
        .map(|scores| {
            let excess = scores.iter().zip(&calibration.column_means).map(|(score, mean)| score - mean);
            let mut ranked: Vec<(f32, usize)> = excess.zip(seen.iter().copied()).collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
            ranked.truncate(NAMED);
            ranked
        })
        .collect();
    for rank in 0..NAMED.min(seen.len()) {
        let number = rank + 1;
        let places = || ranked.iter().enumerate().map(move |(row, ranked)| (row, ranked[rank].1));
        let names = places().map(|(_, place)| preprocess.columns[place].name.clone()).collect();
        let actual = places().map(|(row, place)| opened.dataset.values.at(row * width + place)).collect();
        let expected = places().map(|(row, place)| expected[row * width + place]).collect();
        let excess = ranked.iter().map(|ranked| ranked[rank].0).collect();
        table = table
            .with(format!("column_{number}"), ColumnData::Text(names))
            .with(format!("seen_{number}"), ColumnData::F64(actual))
            .with(format!("expected_{number}"), ColumnData::F64(expected))
            .with(format!("excess_{number}"), ColumnData::F32(excess));
    }
    table
}
