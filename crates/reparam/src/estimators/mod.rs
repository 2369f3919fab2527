//! The gradient estimators, one file each.

mod antithetic;
mod auto;
mod baselines;
mod delta_method;
mod measure_valued;
mod optimal_coefficient;
mod pathwise;
mod quasi_random;
mod score_function;

pub use antithetic::Antithetic;
pub use auto::Auto;
pub use baselines::{LeaveOneOut, MovingAverage, NoBaseline};
pub use delta_method::DeltaMethod;
pub use measure_valued::MeasureValued;
pub use optimal_coefficient::OptimalCoefficient;
pub use pathwise::Pathwise;
pub use quasi_random::QuasiRandom;
pub use score_function::{ScoreFunction, assert_scores};
