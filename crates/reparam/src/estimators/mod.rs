//! The gradient estimators, one file each.

mod antithetic;
mod arm;
mod baselines;
mod control;
mod disarm;
mod enumerate;
mod gumbel_softmax;
mod network_baseline;
mod pathwise;
mod rebar;
mod relax;
mod score_function;
mod straight_through;
mod sum_and_sample;

pub use arm::Arm;
pub use baselines::{LeaveOneOut, MovingAverage, NoBaseline};
pub use disarm::DisArm;
pub use enumerate::Enumerate;
pub use gumbel_softmax::GumbelSoftmax;
pub use network_baseline::NetworkBaseline;
pub use pathwise::Pathwise;
pub use rebar::Rebar;
pub use relax::Relax;
pub use score_function::ScoreFunction;
pub use straight_through::StraightThrough;
pub use sum_and_sample::SumAndSample;
