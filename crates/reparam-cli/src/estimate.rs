//! The gradient of an expectation of an expression: what is exact, what estimators give, and which to choose.

mod auto;
mod exact;
mod factors;
mod integrand;
mod joint;
mod looks;
mod method;
mod page;
mod picture;
mod plan;
mod rao_blackwell;
mod remark;
mod run;
mod runner;
mod site;
mod stream;
mod trial;
mod typed;
mod work;
mod wrong;

use std::rc::Rc;

pub use auto::{MOST_EVALUATIONS, choose, general};
pub use exact::{Exact, exact};
pub use integrand::Integrand;
pub use joint::Joint;
pub use looks::{Looker, Seen};
pub use method::{LeftOut, METHODS, Method, Refusal, Weakness};
pub use page::{Slope, digits, figure, seconds, slopes};
pub use picture::{Trail, picture, variances};
pub use plan::Plan;
pub use run::{Outcome, run, run_fast};
pub use site::{Parameter, Site};
pub use wrong::{Wrong, near, wrong};

/// What one estimator gave.
pub struct Row {
    /// The estimator, and what it left to others.
    pub name: String,
    /// Whether it estimates the gradient of another function.
    pub biased: bool,
    /// What it gave.
    pub outcome: Outcome,
    /// The first slope on the way.
    pub trail: Trail,
    /// What may make it the worst of all.
    pub weakness: Weakness,
    /// Where it is called unbiased and is not.
    pub wrong: Option<Wrong>,
}

/// All that is said about an expression.
pub struct Estimated<'a> {
    /// Its text.
    pub expression: &'a str,
    /// Its variables.
    pub sites: &'a [Rc<Site>],
    /// Draws for each estimator.
    pub samples: u64,
    /// The seed of the draws.
    pub seed: u64,
    /// The exact answer, or why there is none.
    pub exact: Result<Exact, String>,
    /// What each estimator gave.
    pub rows: Vec<Row>,
    /// Estimators that would be wrong here.
    pub left_out: Vec<LeftOut>,
    /// Why the worst is worst, or why an estimator was chosen.
    pub remark: Option<String>,
}
