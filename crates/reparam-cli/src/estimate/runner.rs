//! An estimator of the library, chosen when the command runs.

use burn::tensor::Tensor;
use reparam::{Estimator, LeaveOneOut, MovingAverage, NoBaseline, Pathwise, Rng, ScoreFunction};

use super::joint::Joint;

/// One estimator for some variables.
pub enum Runner {
    Pathwise(Pathwise),
    Score(ScoreFunction<NoBaseline>),
    ScoreAverage(ScoreFunction<MovingAverage>),
    ScoreLeaveOneOut(ScoreFunction<LeaveOneOut>),
}

impl Runner {
    /// The surrogate of the expectation over these variables.
    pub fn expectation(
        &mut self,
        q: &Joint,
        f: &dyn Fn(&Joint, Tensor<2>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        match self {
            Self::Pathwise(estimator) => estimator.expectation(q, f, rng),
            Self::Score(estimator) => estimator.expectation(q, f, rng),
            Self::ScoreAverage(estimator) => estimator.expectation(q, f, rng),
            Self::ScoreLeaveOneOut(estimator) => estimator.expectation(q, f, rng),
        }
    }
}
