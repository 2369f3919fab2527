//! Is a gradient right, how well is it known, and which of the common mistakes are there?

mod gathered;
mod page;
mod posterior;
mod report;
mod standard;
mod variables;

pub use gathered::{Reference, gather};
pub use posterior::posterior;
pub use report::Report;
pub use standard::standard;
pub use variables::{is_rounded, mistakes, spread};

use reparam::checks::{Check, Mistake, Verdict};

/// Checks that rest on draws, beside the estimators: they share the rate with these.
pub const CHANCES: usize = 2;
/// How much longer the run is that stands for the truth where there is no exact answer.
pub const LONGER: u64 = 8;

/// The worst of the same check in several places, each with its name; that it does not apply where there is none.
pub fn worst(mistake: Mistake, all: Vec<(String, Check)>, otherwise: &str) -> Check {
    let several = all.len() > 1;
    let severity = |check: &Check| match check.verdict {
        Verdict::Failed => 0,
        Verdict::Passed => 1,
        Verdict::DoesNotApply => 2,
    };
    match all.into_iter().min_by_key(|(_, check)| severity(check)) {
        None => Check::does_not_apply(mistake, otherwise),
        Some((name, check)) if several => Check { detail: format!("{name}: {}", check.detail), ..check },
        Some((_, check)) => check,
    }
}
