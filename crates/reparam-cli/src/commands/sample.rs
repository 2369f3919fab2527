//! `reparam sample`: draws from a distribution.

use std::io;
use std::time::Instant;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use reparam::Rng;

use super::dist::Called;
use crate::args::output_target;
use crate::catalog::{Form, Law, stream};
use crate::console::Console;
use crate::error::{self, Error};
use crate::interrupt::{Interrupt, UNFINISHED};
use crate::memory;
use crate::output::{OutputTarget, Precision, Shape, write_stream};
use crate::wording::thousands;

/// Draw from a distribution
///
/// Examples:
///   reparam sample 'Gamma(2.5, rate=1.2)' -n 5
///   reparam sample 'Dirichlet([0.1, 1, 3])' -n 1000000 -o draws.npy --seed 1
///   reparam sample 'Gamma(0.001, 1)' -n 1e6 -o logs.npy --coordinate
///
/// Vectors of parameters make a batch, one column each. Equal seeds give equal
/// draws of one distribution, on any number of threads; the first draws of many
/// are those of few. Other distributions, or other parameters, have other random
/// numbers, so that columns from several runs are independent.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct SampleArgs {
    /// The distribution, such as 'Gamma(2.5, rate=1.2)'
    #[arg(value_name = "DISTRIBUTION")]
    distribution: String,
    /// How many draws; 1e6 is a million
    #[arg(short = 'n', long = "number", value_name = "N", default_value = "10", value_parser = count)]
    number: u64,
    /// The file to write: .npy, .csv, .tsv, .parquet or .jsonl; plain text on standard output without it
    #[arg(short, long, value_name = "FILE", value_parser = output_target())]
    output: Option<OutputTarget>,
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// Write ln z or logit z where draws are carried so: exact where z would underflow or round to 1
    #[arg(long)]
    coordinate: bool,
    /// How numbers are stored
    #[arg(long, value_enum, default_value = "f64", value_name = "TYPE")]
    dtype: Precision,
}

/// Numbers made at once.
const CHUNK: usize = 1 << 16;

impl SampleArgs {
    /// Writes the draws.
    pub fn run(self, console: &Console) -> error::Result<()> {
        let called = Called::read(&self.distribution)?;
        let laws = called.laws()?;
        let name = called.all[0].signature.name;
        let event = match laws.as_slice() {
            [law] => law.event(),
            batch if batch[0].event().is_empty() => vec![batch.len()],
            _ => {
                return Err(Error::usage(format!("{name}: a batch of vectors cannot be drawn as rows"))
                    .help("draw from one distribution at a time"));
            }
        };
        if self.coordinate && laws[0].coordinate().is_none() {
            return Err(Error::usage(format!(
                "draws of {name} are carried as they are: there is no other coordinate"
            ))
            .help("leave --coordinate out"));
        }
        let shape = Shape { rows: self.number, event, precision: self.dtype };
        let width = shape.width();
        let interrupt = Interrupt::install(UNFINISHED)?;
        let bar = if self.output.is_some() {
            progress(console, self.number, "draws")
        } else {
            ProgressBar::hidden()
        };
        let started = Instant::now();
        let form = match (self.coordinate, self.dtype) {
            (true, _) => Form::Coordinate,
            (false, Precision::F32) => Form::Single,
            (false, Precision::F64) => Form::Double,
        };
        if laws.len() == 1 {
            memory::ask(format!("a draw of {name}"), laws[0].bytes_of_a_draw())?;
        }
        let mut source = Source::new(laws, &called, self.seed, form, &shape);
        let written = write_stream(self.output.as_ref(), &shape, |values| {
            if interrupt.requested() {
                return Err(io::Error::other("interrupted"));
            }
            source.next(values).map_err(io::Error::other)?;
            bar.inc((values.len() / width) as u64);
            Ok(())
        });
        bar.finish_and_clear();
        match written {
            Err(_) if interrupt.requested() => interrupt.check(),
            Ok(()) if matches!(self.output, Some(OutputTarget::File(_))) => {
                let seconds = started.elapsed().as_secs_f64();
                let draws = thousands(self.number as usize);
                // A moment says more about the clock than about the speed.
                let rate = self.number as f64 / seconds / 1e6;
                let rate =
                    if seconds < 0.05 { String::new() } else { format!(", {rate:.1} million a second") };
                console.note(&format!("{draws} draws of {name} in {seconds:.2} s{rate}"));
                Ok(())
            }
            written => written,
        }
    }
}

/// Draws of one law, or of a batch side by side.
struct Source {
    /// Each with its own stream.
    laws: Vec<(Box<dyn Law>, Rng)>,
    form: Form,
    width: usize,
    left: u64,
    column: Vec<f64>,
}

impl Source {
    /// Each law has the stream of itself, and of its place in a batch.
    fn new(laws: Vec<Box<dyn Law>>, called: &Called, seed: u64, form: Form, shape: &Shape) -> Self {
        let own = |place: usize| stream(seed, &called.all[place]).split(place as u64);
        let laws = laws.into_iter().enumerate().map(|(place, law)| (law, own(place))).collect();
        Self { laws, form, width: shape.width(), left: shape.rows, column: Vec::new() }
    }

    /// The next rows; none at the end.
    fn next(&mut self, values: &mut Vec<f64>) -> Result<(), String> {
        let width = self.width;
        let block = self.laws[0].0.block();
        let most = (CHUNK / width).next_multiple_of(block).max(block);
        let rows = usize::try_from(self.left).map_or(most, |left| left.min(most));
        values.clear();
        if rows == 0 {
            return Ok(());
        }
        self.left -= rows as u64;
        if let [(law, rng)] = self.laws.as_mut_slice() {
            values.resize(rows * width, 0.0);
            law.fill(rng, self.form, values)?;
        } else {
            values.resize(rows * width, 0.0);
            self.column.resize(rows, 0.0);
            for (place, (law, rng)) in self.laws.iter_mut().enumerate() {
                law.fill(rng, self.form, &mut self.column)?;
                for (row, draw) in values.chunks_exact_mut(width).zip(&self.column) {
                    row[place] = *draw;
                }
            }
        }
        Ok(())
    }
}

/// A bar for so many of these, where standard error is a terminal.
pub fn progress(console: &Console, count: u64, what: &str) -> ProgressBar {
    if !console.live() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::stderr());
    let template = format!("{{wide_bar}} {{human_pos}}/{{human_len}} {what}, {{per_sec}}, {{eta}} left");
    bar.set_style(ProgressStyle::with_template(&template).expect("a constant template"));
    bar
}

/// A whole number, also as `1e6`.
pub fn count(text: &str) -> Result<u64, String> {
    let whole = |x: &f64| x.fract() == 0.0 && (0.0..=1e15).contains(x);
    text.parse().or_else(|_| {
        let number = text.parse().ok().filter(whole).map(|x: f64| x as u64);
        number.ok_or_else(|| "expected a whole number, such as 1000 or 1e6".to_owned())
    })
}
