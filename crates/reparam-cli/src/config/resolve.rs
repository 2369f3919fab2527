//! Choices that wait for the data: made here once, and written into the run's configuration.

use super::{Binarize, Config, HeldOut, Likelihood};
use crate::error::{Error, Result};

/// What must be known of the data to settle every open choice.
#[derive(Clone, Copy, Debug)]
pub struct DataFacts {
    /// Rows in all, the source's own test set included.
    pub rows: usize,
    /// Rows of the source's own test set, where it has one.
    pub test_rows: Option<usize>,
    /// Numbers per row.
    pub columns: usize,
    /// Whether every number is 0 or 1.
    pub binary: bool,
    /// Whether rows are pictures, scaled to grey levels between 0 and 1.
    pub image: bool,
}

/// Training looks at about this many rows in all where the number of epochs is left open.
const ROWS_SEEN: usize = 1_200_000;
/// Beyond this many passes a small data set has nothing more to teach.
const MOST_EPOCHS: usize = 400;
/// The part of the rows that is held out where the source has no test set.
const HELD_OUT: f64 = 0.1;
/// Rows of at least this many numbers get the wider hidden layer.
const WIDE: usize = 256;

/// The number of epochs for `rows` training rows where none is asked for.
///
/// round(1,200,000 / rows), at least 1 and at most 400: the work grows with the data only up to a point, as in
/// scvi-tools' heuristic. The 60,000 rows of MNIST get 20 epochs, 1,617 of the digits get 400.
pub(super) fn default_epochs(rows: usize) -> usize {
    let rows = rows.max(1);
    ((ROWS_SEEN + rows / 2) / rows).clamp(1, MOST_EPOCHS)
}

impl Config {
    /// Settles what was left to the data: held-out rows, epochs, hidden layers, likelihood, threads.
    ///
    /// Resolving twice changes nothing.
    ///
    /// # Errors
    ///
    /// Where two settings, or a setting and the data, contradict each other.
    pub fn resolve(&mut self, facts: &DataFacts) -> Result<()> {
        self.data.held_out = match (self.data.held_out, facts.test_rows) {
            (HeldOut::Auto | HeldOut::TestSet, Some(_)) => HeldOut::TestSet,
            (HeldOut::Auto, None) => HeldOut::Fraction(HELD_OUT),
            (HeldOut::TestSet, None) => {
                return Err(Error::usage(
                    "data.held_out is test, and this source has no test set of its own",
                )
                .help("give the part of the rows to hold out: --held-out 0.1"));
            }
            (fraction, _) => fraction,
        };
        let held_out = self.held_out_rows(facts);
        self.train.epochs.settle(|| default_epochs(facts.rows - held_out));
        self.model.hidden.settle(|| vec![if facts.columns >= WIDE { 400 } else { 128 }]);
        let bernoulli = facts.image || facts.binary;
        self.model.likelihood.settle(|| if bernoulli { Likelihood::Bernoulli } else { Likelihood::Gaussian });
        let threads = || std::thread::available_parallelism().map_or(1, usize::from);
        self.train.threads.settle(threads);

        if self.data.binarize != Binarize::None && *self.model.likelihood.get() == Likelihood::Gaussian {
            return Err(Error::usage("data.binarize turns grey levels into zeros and ones, which the Gaussian likelihood does not model")
                .help("use --likelihood bernoulli, or --binarize none"));
        }
        Ok(())
    }

    /// How many rows are held out, once [`Config::resolve`] has run: never all of them, and at least two where
    /// a part was asked for and there are rows enough, since a standard error needs two.
    pub fn held_out_rows(&self, facts: &DataFacts) -> usize {
        match self.data.held_out {
            HeldOut::TestSet | HeldOut::Auto => facts.test_rows.unwrap_or(0),
            HeldOut::Fraction(0.0) => 0,
            HeldOut::Fraction(part) => {
                let rows = (part * facts.rows as f64).round() as usize;
                rows.max(2).min(facts.rows / 2)
            }
        }
    }
}
