//! `reparam dist`: what a distribution is, at hand and in bulk.

mod batch;
mod divergence;
mod line;
mod list;
mod sheet;
mod value;

use std::path::PathBuf;

use clap::Args;
use reparam_lang::{Bound, BoundArgument, Parsed};

use crate::catalog::{self, Fault, Given, signatures};
use crate::console::Console;
use crate::error::{Error, Result};
use crate::output::Precision;

/// Show a distribution: its moments, quantiles, densities, slopes of its draws
///
/// Examples:
///   reparam dist 'Gamma(2.5, rate=1.2)'
///   reparam dist 'Gamma(2.5, rate=1.2)' --at 0.7,3 --json
///   reparam dist 'Normal([0, 1], [1, 2])' --at 0.5
///   reparam dist 'Normal(0, 1)' --kl 'Laplace(0, 2)'
///   reparam dist --list
///   reparam dist --batch points.jsonl
///
/// Vectors make a batch, one column each. A line for --batch is an object such as
///   {"dist":"Gamma","params":{"concentration":2.5,"rate":1.2},"fn":"cdf","x":0.7}
/// and comes back with its "value", or an "error"; errors do not end the run.
/// "dist" may be a call, "Truncated(Gamma(2, 1), 0.5, 3)", without "params".
/// A divergence is {"dist":"Normal|Laplace","fn":"kl"} with the parameters of
/// the first as p_loc, …, of the second as q_loc, …; "dist":"special" has the
/// special functions. Infinities are the texts "inf" and "-inf".
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct DistArgs {
    /// The distribution, such as 'Gamma(2.5, rate=1.2)'
    #[arg(value_name = "DISTRIBUTION", required_unless_present_any = ["list", "batch"])]
    distribution: Option<String>,
    /// The points to look at, with commas between them; a draw that is a vector in brackets
    #[arg(long, value_name = "X", allow_hyphen_values = true, requires = "distribution")]
    at: Vec<String>,
    /// Show the Kullback-Leibler divergence from DISTRIBUTION to this one
    #[arg(long, value_name = "DISTRIBUTION", requires = "distribution", conflicts_with = "at")]
    kl: Option<String>,
    /// The seed of the draws where a divergence can only be estimated
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    seed: u64,
    /// Show all distributions, with their parameters and what each can compute
    #[arg(long, conflicts_with_all = ["distribution", "batch"])]
    list: bool,
    /// Evaluate each line of a JSON-lines file; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["distribution", "json"])]
    batch: Option<PathBuf>,
    /// With --batch: round parameters, x and value to this type
    #[arg(long, value_enum, default_value = "f64", value_name = "TYPE", requires = "batch")]
    dtype: Precision,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

impl DistArgs {
    /// Prints what was asked for.
    pub fn run(self, console: &Console) -> Result<()> {
        match (&self.distribution, &self.kl, &self.batch) {
            (Some(from), Some(to), _) => divergence::run(from, to, self.seed, self.json),
            (Some(text), None, _) => sheet::run(text, &self.at, self.json),
            (None, _, Some(file)) => batch::run(file, self.dtype, console),
            (None, _, None) => list::run(self.json),
        }
    }
}

/// A distribution of the command line: its text, its call, and each element of its batch.
pub struct Called {
    parsed: Parsed,
    bound: Bound<'static>,
    /// The distributions that it stands for.
    pub all: Vec<Given>,
}

impl Called {
    /// Reads a distribution.
    ///
    /// # Errors
    /// With exit code 2 and a caret, whatever is wrong with the text.
    pub fn read(text: &str) -> Result<Self> {
        let parsed = reparam_lang::parse(text).map_err(Error::usage)?;
        let bound = parsed.bind(signatures()).map_err(Error::usage)?;
        let all = Given::all(&bound);
        Ok(Self { parsed, bound, all })
    }

    /// Its distributions, checked.
    ///
    /// # Errors
    /// With exit code 2 and a caret under the argument that is outside of its domain.
    pub fn laws(&self) -> Result<Vec<Box<dyn catalog::Law>>> {
        let laws = self.all.iter().enumerate();
        laws.map(|(element, given)| catalog::law(given).map_err(|fault| self.fault(element, &fault)))
            .collect()
    }

    /// The arguments as they were given: a vector where a batch has a number for each element.
    pub fn arguments(&self) -> &[BoundArgument<'static>] {
        &self.bound.arguments
    }

    /// How many distributions were given as a batch; `None` where it is one.
    pub fn batch(&self) -> Option<usize> {
        self.bound.batch
    }

    /// An error about the whole.
    pub fn error(&self, message: &str) -> Error {
        Error::usage(self.parsed.error(self.bound.span, message))
    }

    /// An error about one element of the batch.
    pub fn fault(&self, element: usize, fault: &Fault) -> Error {
        let span = fault.argument.map_or(self.bound.span, |place| self.bound.arguments[place].span);
        let place = if self.all.len() > 1 { format!(" at index {element}") } else { String::new() };
        Error::usage(self.parsed.error(span, format!("{}{place}", fault.message)))
    }
}
