//! An estimator of the library, chosen when the command runs.

use burn::tensor::Tensor;
use reparam::{
    Antithetic, Arm, DeltaMethod, DisArm, Enumerate, Estimator, GumbelSoftmax, LeaveOneOut, MeasureValued,
    MovingAverage, NoBaseline, OptimalCoefficient, Pathwise, QuasiRandom, Rebar, Relax, Rng, ScoreFunction,
    StraightThrough, SumAndSample,
};

use super::joint::Joint;
use super::rao_blackwell::RaoBlackwell;
use super::typed::{self, Family, Weak};

/// One estimator for some variables.
pub enum Runner {
    Pathwise(Pathwise),
    Antithetic(Antithetic),
    QuasiRandom(QuasiRandom),
    Score(ScoreFunction<NoBaseline>),
    ScoreAverage(Box<ScoreFunction<MovingAverage>>),
    ScoreLeaveOneOut(ScoreFunction<LeaveOneOut>),
    RaoBlackwell(RaoBlackwell),
    Optimal(OptimalCoefficient),
    Delta(DeltaMethod<ScoreFunction<NoBaseline>>),
    Measure(MeasureValued),
    Enumerate(Enumerate),
    SumAndSample(SumAndSample),
    Arm(Arm),
    DisArm(DisArm),
    Rebar(Box<Rebar<2>>),
    Relax(Box<Relax<2>>),
    GumbelSoftmax(GumbelSoftmax),
    StraightThrough(StraightThrough),
}

/// The expression as a function of some variables, once the others are known.
pub trait Inner {
    /// Its value in each row of draws, `[rows]`.
    fn at(&self, z: Tensor<2>) -> Tensor<1>;

    /// The same, and for each factor of the density of these variables the sum of the terms that depend on it,
    /// `[rows, factors]`, without a gradient. No variable may be left open.
    fn by_factor(&self, z: Tensor<2>) -> (Tensor<1>, Tensor<2>);
}

impl Runner {
    /// The surrogate of the expectation over these variables.
    pub fn expectation(&mut self, q: &Joint, f: &dyn Inner, rng: &mut Rng) -> Tensor<1> {
        match self {
            Self::Pathwise(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::Antithetic(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::QuasiRandom(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::Score(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::ScoreAverage(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::ScoreLeaveOneOut(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::RaoBlackwell(estimator) => estimator.expectation(q, f, rng),
            Self::Optimal(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::Delta(estimator) => estimator.expectation(&typed::normals(q), |_, z| f.at(z), rng),
            Self::Measure(estimator) => estimator.expectation(&Weak::new(q.clone()), |_, z| f.at(z), rng),
            Self::Enumerate(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::SumAndSample(estimator) => estimator.expectation(q, |_, z| f.at(z), rng),
            Self::Arm(estimator) => estimator.expectation(&typed::bits(q), |_, z| f.at(z), rng),
            Self::DisArm(estimator) => estimator.expectation(&typed::bits(q), |_, z| f.at(z), rng),
            Self::Rebar(estimator) => soften(estimator.as_mut(), q, f, rng),
            Self::Relax(estimator) => soften(estimator.as_mut(), q, f, rng),
            Self::GumbelSoftmax(estimator) => soften(estimator, q, f, rng),
            Self::StraightThrough(estimator) => soften(estimator, q, f, rng),
        }
    }
}

/// An estimator for bits and for one-hot classes.
fn soften<E>(estimator: &mut E, q: &Joint, f: &dyn Inner, rng: &mut Rng) -> Tensor<1>
where
    E: Estimator<reparam::Bernoulli<2>, 2> + Estimator<reparam::OneHotCategorical<2>, 2>,
{
    match q.parts().next().and_then(|(site, _)| Family::of(site)) {
        Some(Family::OneHot) => estimator.expectation(&typed::one_hot(q), |_, z| f.at(z), rng),
        _ => estimator.expectation(&typed::bits(q), |_, z| f.at(z), rng),
    }
}
