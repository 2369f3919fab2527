//! The estimators by name, and which variables each is for.

use reparam::{
    Antithetic, Arm, DeltaMethod, DisArm, Enumerate, GumbelSoftmax, LeaveOneOut, MeasureValued,
    MovingAverage, NoBaseline, OptimalCoefficient, Pathwise, QuasiRandom, Rebar, Relax, ScoreFunction,
    StraightThrough, SumAndSample,
};

use super::integrand::Integrand;
use super::rao_blackwell::RaoBlackwell;
use super::runner::Runner;
use super::site::Site;
use super::typed::{Family, Weak};

/// An estimator of the gradient.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// The name that users write.
    pub name: &'static str,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// Whether it estimates the gradient of another function.
    pub biased: bool,
    /// Draws in one repetition.
    pub particles: usize,
    /// Whether each variable has an estimator of its own, or all share one.
    pub alone: bool,
    /// Whether it learns from its draws.
    pub learns: bool,
    /// Evaluations of the expression in one repetition, for one variable.
    pub evaluations: fn(&Site, usize) -> usize,
    /// Whether it is for a variable of an expression.
    suits: fn(&Site, &Integrand<'_>) -> bool,
    /// The estimator at its start, with so many particles.
    make: fn(usize) -> Runner,
}

/// The temperature of relaxations: halfway from a draw that is hard to one that says nothing.
const TEMPERATURE: f64 = 0.5;
/// The net of RELAX.
const WIDTH: usize = 10;
const LEARNING_RATE: f64 = 1e-2;

/// Writes the table; `biased`, `alone` and `learns` stand where they hold.
macro_rules! methods {
    ($($name:literal, $summary:literal, $($flag:ident)*, $particles:literal, $($evaluations:ident,)? |$site:ident, $f:ident| $suits:expr, |$count:ident| $make:expr;)+) => {
        &[$(Method {
            name: $name,
            summary: $summary,
            particles: $particles,
            suits: |$site, $f| $suits,
            make: |$count| $make,
            $($flag: true,)*
            $(evaluations: $evaluations,)?
            ..PLAIN
        }),+]
    };
}

/// What most methods have in common.
const PLAIN: Method = Method {
    name: "",
    summary: "",
    biased: false,
    particles: 1,
    alone: false,
    learns: false,
    evaluations: |_, particles| particles,
    suits: |_, _| false,
    make: |particles| Runner::Pathwise(Pathwise { particles }),
};

/// All of them, in the order in which they are shown.
#[rustfmt::skip]
pub const METHODS: &[Method] = methods! {
    "pathwise", "through the draw", , 1, |site, f| site.has_path() && !f.jumps(),
        |particles| Runner::Pathwise(Pathwise { particles });
    "antithetic", "through pairs of opposite draws", , 2, |site, f| site.has_levels() && !f.jumps(),
        |particles| Runner::Antithetic(Antithetic { pairs: particles / 2 });
    "quasi-random", "through scrambled Sobol points", , 64, |site, f| site.has_levels() && !f.jumps(),
        |particles| Runner::QuasiRandom(QuasiRandom { particles });
    "score", "score function, no baseline", , 1, |site, _f| site.has_score(),
        |particles| Runner::Score(ScoreFunction { particles, baseline: NoBaseline });
    "score-average", "score function, moving average as baseline", , 1, |site, _f| site.has_score(),
        |particles| Runner::ScoreAverage(Box::new(ScoreFunction { particles, baseline: MovingAverage::new(0.9) }));
    "score-loo", "score function, mean of the other draws as baseline", , 4, |site, _f| site.has_score(),
        |particles| Runner::ScoreLeaveOneOut(ScoreFunction { particles, baseline: LeaveOneOut });
    "score-rao-blackwell", "each number's score times only the terms that depend on it, baseline as score-loo", , 4, |site, f| site.has_score() && f.splits(),
        |particles| Runner::RaoBlackwell(RaoBlackwell { particles });
    "score-optimal", "score function, the best coefficient of the score", , 4, |site, _f| site.has_score(),
        |particles| Runner::Optimal(OptimalCoefficient { particles });
    "score-delta", "score function of what a quadratic leaves over", , 4, by_differences, |site, f| Family::of(site) == Some(Family::Normal) && !f.jumps(),
        |particles| Runner::Delta(DeltaMethod { inner: ScoreFunction { particles, baseline: NoBaseline } });
    "measure-valued", "difference of two coupled draws", alone, 1, by_branches, |site, _f| Weak::suits(site),
        |particles| Runner::Measure(MeasureValued { particles, coupled: true });
    "enumerate", "sum over all values", , 1, by_values, |site, _f| site.values().is_some(),
        |_particles| Runner::Enumerate(Enumerate);
    "sum-and-sample", "the likeliest value summed, the others drawn", , 2, |site, _f| site.values().is_some(),
        |particles| Runner::SumAndSample(SumAndSample { exact: 1, particles: particles - 1 });
    "arm", "antithetic pairs of bits", , 2, |site, _f| Family::of(site) == Some(Family::Bernoulli),
        |particles| Runner::Arm(Arm { particles: particles / 2 });
    "disarm", "antithetic pairs of bits, averaged", , 2, |site, _f| Family::of(site) == Some(Family::Bernoulli),
        |particles| Runner::DisArm(DisArm { particles: particles / 2 });
    "rebar", "score function, relaxation as control variate", alone learns, 1, threefold, |site, f| has_relaxation(site) && !f.jumps(),
        |particles| Runner::Rebar(Box::new(Rebar::new(particles, TEMPERATURE)));
    "relax", "score function, relaxation and net as control variate", alone learns, 1, threefold, |site, f| has_relaxation(site) && !f.jumps(),
        |particles| Runner::Relax(Box::new(Relax::new(particles, Some(TEMPERATURE), WIDTH, LEARNING_RATE)));
    "gumbel-softmax", "through a relaxed draw", biased alone, 1, |site, _f| has_relaxation(site),
        |particles| Runner::GumbelSoftmax(GumbelSoftmax { particles, temperature: TEMPERATURE });
    "straight-through", "a hard draw with the slope of its mean", biased alone, 1, |site, _f| has_relaxation(site),
        |particles| Runner::StraightThrough(StraightThrough { particles, temperature: None });
    "straight-through-gumbel", "a hard draw with the slope of a relaxed one", biased alone, 1, |site, _f| has_relaxation(site),
        |particles| Runner::StraightThrough(StraightThrough { particles, temperature: Some(TEMPERATURE) });
};

fn threefold(_: &Site, particles: usize) -> usize {
    3 * particles
}

fn by_differences(site: &Site, particles: usize) -> usize {
    1 + 2 * site.width() + particles
}

fn by_branches(site: &Site, particles: usize) -> usize {
    particles * (1 + 2 * site.width() * site.parameters().len())
}

fn by_values(site: &Site, _: usize) -> usize {
    site.values().map_or(1, |all| all.iter().map(Vec::len).product())
}

fn has_relaxation(site: &Site) -> bool {
    matches!(Family::of(site), Some(Family::Bernoulli | Family::OneHot))
}

impl Method {
    /// The method of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        METHODS.iter().find(|method| method.name == name)
    }

    /// Whether it is for a variable of an expression.
    pub fn suits(&self, site: &Site, integrand: &Integrand<'_>) -> bool {
        (self.suits)(site, integrand)
    }

    /// Whether it looks at the terms of the expression, for which all other variables must be known.
    pub fn is_by_terms(&self) -> bool {
        self.name == "score-rao-blackwell"
    }

    /// The estimator at its start.
    pub fn start(&self) -> Runner {
        (self.make)(self.particles)
    }
}
