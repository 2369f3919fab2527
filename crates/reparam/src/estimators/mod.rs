//! The gradient estimators, one file each.

mod auto;
mod baselines;
mod pathwise;
mod score_function;

pub use auto::Auto;
pub use baselines::{LeaveOneOut, MovingAverage, NoBaseline};
pub use pathwise::Pathwise;
pub use score_function::{ScoreFunction, assert_scores};
