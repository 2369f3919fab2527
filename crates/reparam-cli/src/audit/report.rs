//! All that an audit found.

use reparam::checks::Check;
use reparam::{Audit, Audited};

use crate::estimate::Seen;

/// A variance below this, relative to the square of the gradient, is rounding.
const ROUNDING: f64 = 1e-20;
/// Biased rows that are named one by one.
const FEW: usize = 3;

/// The audit of a distribution, an expression or a run.
pub struct Report {
    /// What was audited: its text.
    pub target: String,
    /// `distribution`, `expression` or `run`.
    pub kind: &'static str,
    /// Draws of each estimator.
    pub samples: u64,
    /// The seed of the draws.
    pub seed: u64,
    /// The rate of false alarms of all estimators together.
    pub rate: f64,
    /// Why there is no expectation, if there is none.
    pub note: Option<String>,
    /// An expectation each.
    pub tables: Vec<Table>,
    /// The common mistakes.
    pub checks: Vec<Check>,
}

/// The estimators of one expectation.
pub struct Table {
    /// What is expected: the text of an expression.
    pub what: String,
    /// What the gradient is held against, in words.
    pub truth: String,
    /// The numbers of the gradient.
    pub labels: Vec<String>,
    /// The name of the plainest unbiased estimator.
    pub plain: String,
    /// The estimators.
    pub rows: Vec<Row>,
}

/// What one estimator was found to be.
pub struct Row {
    /// Its name.
    pub name: String,
    /// Whether it says that it estimates the gradient of another function.
    pub biased: bool,
    /// Bias, variance and cost.
    pub audit: Audit,
    /// The draws by which it was looked at again, if its own were too few to tell.
    pub again: Option<u64>,
    /// How many draws of the plainest unbiased estimator are worth what it gives in a second.
    pub effective_per_second: f64,
}

impl Row {
    /// What was seen of an estimator; `plain` is the variance of one draw of the plainest.
    pub fn new((name, biased): (String, bool), seen: Seen, plain: f64) -> Self {
        let Seen { audit, again } = seen;
        Self { name, biased, effective_per_second: plain * audit.precision_per_second(), audit, again }
    }

    /// Whether it is what it says, as far as can be told: unbiased, or biased and saying so.
    pub fn passed(&self) -> bool {
        self.biased || !self.audit.failed()
    }

    /// Whether a bias lies beyond its bound, and the draws are too few for that to say something.
    pub fn is_open(&self) -> bool {
        !self.biased && !self.audit.passed() && !self.audit.failed()
    }

    /// The number of the gradient that is furthest from the truth, by its interval.
    pub fn furthest(&self) -> Option<&Audited> {
        let distance = |slope: &Audited| match slope.bias.abs() / (slope.interval.high - slope.bias) {
            _ if slope.bias == 0.0 => 0.0,
            // A number that is not finite is further than all.
            distance if distance.is_nan() => f64::INFINITY,
            distance => distance,
        };
        self.audit.slopes.iter().max_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// ‖truth‖ / √(Σ variance) of one repetition.
    pub fn snr(&self) -> f64 {
        (self.size() / self.audit.variance).sqrt()
    }

    /// Whether what varies is rounding.
    pub fn is_still(&self) -> bool {
        self.audit.variance <= ROUNDING * self.size()
    }

    fn size(&self) -> f64 {
        self.audit.slopes.iter().map(|slope| slope.truth.powi(2)).sum()
    }
}

impl Report {
    /// The estimators that are not what they say, with the expectation.
    pub fn failed_rows(&self) -> impl Iterator<Item = (&Table, &Row)> {
        let rows = self.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
        rows.filter(|(_, row)| !row.passed())
    }

    /// The mistakes that were found.
    pub fn failed_checks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.failed())
    }

    /// Whether nothing was found.
    pub fn passed(&self) -> bool {
        self.failed_rows().next().is_none() && self.failed_checks().next().is_none()
    }

    /// What was found, in one line; nothing where all passed.
    pub fn faults(&self) -> Option<String> {
        let what = |(table, row): (&Table, &Row)| format!("{} is biased for E[{}]", row.name, table.what);
        let rows = match self.failed_rows().count() {
            0 => None,
            count if count <= FEW => Some(self.failed_rows().map(what).collect::<Vec<_>>().join("; ")),
            count => Some(format!("{count} estimators are biased")),
        };
        let checks = self.failed_checks().map(|check| check.mistake.name().to_owned());
        let faults: Vec<String> = rows.into_iter().chain(checks).collect();
        (!faults.is_empty()).then(|| faults.join("; "))
    }
}
