//! Choices that wait for the data: made here once, and written into the run's configuration.

use super::{Binarize, Config, HeldOut, Likelihood, Start};
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
    /// Columns whose number is not the same in every row.
    pub varied: usize,
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
/// Tables of more columns start at random: the eigenvectors of their covariance take longer than the training.
const WIDEST_LINEAR: usize = 256;
/// Wider tables get one normal: a mixture's covariances have more numbers than most tables have rows.
pub const WIDEST_MIXED: usize = 32;
/// A code of more dimensions is not asked for unless the user does.
const MOST_LATENT: usize = 64;
/// The code where nothing else is known.
const LATENT: usize = 8;
/// Rows of a step where there are rows enough; fewer where a pass would then have less than ten steps.
const BATCH: usize = 128;
const LEAST_BATCH: usize = 16;
const STEPS_OF_A_PASS: usize = 10;
/// Less than this many steps say little about whether learning goes on.
const STEPS_OF_AN_EPOCH: usize = 64;
/// Where every column's number is real the start is good already, and this many steps are enough to better it.
const MOST_STEPS: usize = 10_000;
/// Epochs without a better held-out bound that end a run, or take it back to its best with a smaller step.
const PATIENCE: usize = 20;
/// How often the step is made smaller.
const ANNEAL: usize = 2;

/// The number of passes over `rows` training rows where no number of epochs is asked for.
///
/// round(1,200,000 / rows), at least 1 and at most 400: the work grows with the data only up to a point, as in
/// scvi-tools' heuristic. The 60,000 rows of MNIST get 20 epochs, 1,617 of the digits get 400.
pub(super) fn default_epochs(rows: usize) -> usize {
    let rows = rows.max(1);
    ((ROWS_SEEN + rows / 2) / rows).clamp(1, MOST_EPOCHS)
}

impl Config {
    /// Settles what was left to the data: held-out rows, likelihood, layers, start, steps, threads.
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
        self.model.hidden.settle(|| vec![if facts.columns >= WIDE { 400 } else { 128 }]);
        let bernoulli = facts.image || facts.binary;
        self.model.likelihood.settle(|| if bernoulli { Likelihood::Bernoulli } else { Likelihood::Gaussian });
        let gaussian = *self.model.likelihood.get() == Likelihood::Gaussian;
        let linear = gaussian && !facts.image && (1..=WIDEST_LINEAR).contains(&facts.varied);
        self.model.start.settle(|| if linear { Start::Linear } else { Start::Random });
        if *self.model.start.get() == Start::Linear && !linear {
            return Err(Error::usage(format!(
                "model.start is linear, which a table of real numbers in at most {WIDEST_LINEAR} columns can have"
            ))
            .help("use --start random"));
        }
        let started = *self.model.start.get() == Start::Linear;
        self.model.latent_dim.settle(|| if started { facts.varied.min(MOST_LATENT) } else { LATENT });
        self.resolve_components(facts)?;
        if self.objective.contamination > 0.0 && facts.image {
            return Err(Error::usage(
                "objective.contamination looks at the columns of a table, not at pictures",
            )
            .help("leave --contamination out, and train on pictures that are as they should be"));
        }
        self.resolve_steps(facts.rows - self.held_out_rows(facts));
        let threads = || std::thread::available_parallelism().map_or(1, usize::from);
        self.train.threads.settle(threads);

        if self.data.binarize != Binarize::None && *self.model.likelihood.get() == Likelihood::Gaussian {
            return Err(Error::usage("data.binarize turns grey levels into zeros and ones, which the Gaussian likelihood does not model")
                .help("use --likelihood bernoulli, or --binarize none"));
        }
        Ok(())
    }

    /// A mixture of normals for a code stands on the linear start of a whole table; what is left open here is settled by
    /// the rows. Rows that are not trusted would get a component of their own.
    fn resolve_components(&mut self, facts: &DataFacts) -> Result<()> {
        let whole = *self.model.start.get() == Start::Linear && *self.model.latent_dim.get() == facts.varied;
        if !whole && self.model.components.fixed().is_some_and(|&count| count > 1) {
            return Err(Error::usage(format!(
                "model.components above 1 needs --start linear and a code of as many dimensions as columns vary ({})",
                facts.varied
            ))
            .help("leave --latent-dim, --start and --likelihood out, or use --components 1"));
        }
        if !whole || facts.varied > WIDEST_MIXED || self.objective.contamination > 0.0 {
            self.model.components.settle(|| 1);
        }
        Ok(())
    }

    /// The number of components, where the rows were to settle it.
    pub fn settle_components(&mut self, count: impl FnOnce() -> usize) {
        self.model.components.settle(count);
    }

    /// What a step, an epoch and the end of a run are, for `rows` training rows.
    fn resolve_steps(&mut self, rows: usize) {
        let linear = *self.model.start.get() == Start::Linear;
        let train = &mut self.train;
        let few = if linear { (rows / STEPS_OF_A_PASS).clamp(LEAST_BATCH, BATCH) } else { BATCH };
        train.batch_size.settle(|| few);
        let batches = rows.div_ceil(*train.batch_size.get()).max(1);
        // Numbers that the user gave keep the meaning that they always had.
        let given = train.epochs.fixed().is_some();
        train.anneal.settle(|| if given || train.patience.fixed().is_some() { 0 } else { ANNEAL });
        let counted = given || train.patience.fixed().is_some() || self.objective.kl_warmup > 0;
        train.passes.settle(|| if counted { 1 } else { STEPS_OF_AN_EPOCH.div_ceil(batches) });
        // A net would learn what is to be found from the rows of it that are left; a covariance hardly does.
        if linear && self.objective.contamination > 0.0 {
            train.epochs.settle(|| 0);
        }
        let passes = *train.passes.get();
        let steps = passes.saturating_mul(batches);
        train.patience.settle(|| PATIENCE.max((PATIENCE * STEPS_OF_AN_EPOCH).div_ceil(steps)));
        train.epochs.settle(|| {
            let least = if linear { MOST_STEPS.div_ceil(batches) } else { 1 };
            default_epochs(rows).max(least).div_ceil(passes)
        });
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
