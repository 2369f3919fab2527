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
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row of a table: each fact holds or does not, whatever the others"
)]
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
    /// Whether it serves in general, where nothing else is asked for.
    pub serves: bool,
    /// Whether it needs nothing but draws that move, so that they can be made, used and forgotten in blocks.
    pub streams: bool,
    /// Whether it sums over all values, without noise.
    pub sums: bool,
    /// Whether it looks at the terms of the expression, for which all other variables must be known.
    pub by_terms: bool,
    /// What may make it the worst of all.
    pub weakness: Weakness,
    /// Evaluations of the expression in one repetition, for one variable.
    pub evaluations: fn(&Site, usize) -> usize,
    /// What it asks of a variable and an expression.
    asks: &'static [Ask],
    /// The estimator at its start, with so many particles.
    make: fn(usize) -> Runner,
}

/// What an estimator asks of a variable and an expression of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    /// Draws that move, along which the expression does not break.
    Path,
    /// The same, the draws quantiles.
    Levels,
    /// A density whose score averages to zero at every f, also at the ends of the support.
    Score,
    /// Terms of the expression that depend on different parts of the draws.
    Terms,
    /// A normal law, along which the expression does not break.
    Quadratic,
    /// A measure-valued derivative.
    Weak,
    /// A short list of values.
    Values,
    /// Bits.
    Bits,
    /// Draws that can be softened.
    Softens,
    /// The same, along which the expression does not break.
    Relaxation,
}

/// Why a method is not for a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is for variables of another kind.
    Kind,
    /// It would be for this one but for the terms of this expression.
    Whole,
    /// It would be for this one, but would be wrong for this expression: why.
    Wrong(String),
}

/// What makes an estimator noisy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// f itself is multiplied by the score, without a baseline.
    NoBaseline,
    /// A quadratic does not follow f far from the mean.
    Quadratic,
    /// Only values of f are seen.
    Values,
    /// Every number of every parameter costs evaluations of its own.
    Branches,
    /// The slope of f is noisier than f.
    Slopes,
    /// A control variate does not follow f.
    Control,
}

/// The temperature of relaxations: halfway from a draw that is hard to one that says nothing.
const TEMPERATURE: f64 = 0.5;
/// The net of RELAX.
const WIDTH: usize = 10;
const LEARNING_RATE: f64 = 1e-2;

/// Writes the table; the flags stand where they hold.
macro_rules! methods {
    ($($name:literal, $summary:literal, [$($flag:ident)*], [$($ask:ident)+], $weakness:ident, $particles:literal, $($evaluations:ident,)? |$count:ident| $make:expr;)+) => {
        &[$(Method {
            name: $name,
            summary: $summary,
            particles: $particles,
            asks: &[$(Ask::$ask),+],
            weakness: Weakness::$weakness,
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
    serves: false,
    streams: false,
    sums: false,
    by_terms: false,
    weakness: Weakness::Control,
    evaluations: |_, particles| particles,
    asks: &[],
    make: |particles| Runner::Pathwise(Pathwise { particles }),
};

/// All of them, in the order in which they are shown.
#[rustfmt::skip]
pub const METHODS: &[Method] = methods! {
    "pathwise", "through the draw", [serves streams], [Path], Slopes, 1,
        |particles| Runner::Pathwise(Pathwise { particles });
    "antithetic", "through pairs of opposite draws", [], [Levels], Slopes, 2,
        |particles| Runner::Antithetic(Antithetic { pairs: particles / 2 });
    "quasi-random", "through scrambled Sobol points", [streams], [Levels], Slopes, 64,
        |particles| Runner::QuasiRandom(QuasiRandom { particles });
    "score", "score function, no baseline", [], [Score], NoBaseline, 1,
        |particles| Runner::Score(ScoreFunction { particles, baseline: NoBaseline });
    "score-average", "score function, moving average as baseline", [], [Score], Values, 1,
        |particles| Runner::ScoreAverage(Box::new(ScoreFunction { particles, baseline: MovingAverage::new(0.9) }));
    "score-loo", "score function, mean of the other draws as baseline", [serves], [Score], Values, 4,
        |particles| Runner::ScoreLeaveOneOut(ScoreFunction { particles, baseline: LeaveOneOut });
    "score-rao-blackwell", "each number's score times only the terms that depend on it, baseline as score-loo", [by_terms], [Score Terms], Values, 4,
        |particles| Runner::RaoBlackwell(RaoBlackwell { particles });
    "score-optimal", "score function, the best coefficient of the score", [], [Score], Values, 4,
        |particles| Runner::Optimal(OptimalCoefficient { particles });
    "score-delta", "score function of what a quadratic leaves over", [], [Quadratic], Quadratic, 4, by_differences,
        |particles| Runner::Delta(DeltaMethod { inner: ScoreFunction { particles, baseline: NoBaseline } });
    "measure-valued", "difference of two coupled draws", [alone], [Weak], Branches, 1, by_branches,
        |particles| Runner::Measure(MeasureValued { particles, coupled: true });
    "enumerate", "sum over all values", [sums], [Values], Control, 1, by_values,
        |_particles| Runner::Enumerate(Enumerate);
    "sum-and-sample", "the likeliest value summed, the others drawn", [], [Values], Control, 2,
        |particles| Runner::SumAndSample(SumAndSample { exact: 1, particles: particles - 1 });
    "arm", "antithetic pairs of bits", [], [Bits], Control, 2,
        |particles| Runner::Arm(Arm { particles: particles / 2 });
    "disarm", "antithetic pairs of bits, averaged", [], [Bits], Control, 2,
        |particles| Runner::DisArm(DisArm { particles: particles / 2 });
    "rebar", "score function, relaxation as control variate", [alone learns], [Relaxation], Control, 1, threefold,
        |particles| Runner::Rebar(Box::new(Rebar::new(particles, TEMPERATURE)));
    "relax", "score function, relaxation and net as control variate", [alone learns], [Relaxation], Control, 1, threefold,
        |particles| Runner::Relax(Box::new(Relax::new(particles, Some(TEMPERATURE), WIDTH, LEARNING_RATE)));
    "gumbel-softmax", "through a relaxed draw", [biased alone], [Softens], Control, 1,
        |particles| Runner::GumbelSoftmax(GumbelSoftmax { particles, temperature: TEMPERATURE });
    "straight-through", "a hard draw with the slope of its mean", [biased alone], [Softens], Control, 1,
        |particles| Runner::StraightThrough(StraightThrough { particles, temperature: None });
    "straight-through-gumbel", "a hard draw with the slope of a relaxed one", [biased alone], [Softens], Control, 1,
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

impl Ask {
    /// Nothing where it is met.
    fn refusal(self, site: &Site, f: &Integrand<'_>) -> Option<Refusal> {
        let family = || Family::of(site);
        let is_soft = || matches!(family(), Some(Family::Bernoulli | Family::OneHot));
        let of_kind = |holds: bool| (!holds).then_some(Refusal::Kind);
        let unbroken = |holds: bool, broken: Option<String>| {
            of_kind(holds)
                .or_else(|| broken.map(|why| Refusal::Wrong(format!("{why}: a slope does not tell"))))
        };
        match self {
            Self::Path => unbroken(site.has_path(), f.breaks_along(site)),
            Self::Levels => unbroken(site.has_levels(), f.breaks_along(site)),
            Self::Quadratic => unbroken(family() == Some(Family::Normal), f.breaks_along(site)),
            Self::Relaxation => unbroken(is_soft(), f.breaks_softened(site)),
            Self::Score => site.moving_edge(f.sees_ends(site)).map(|parameter| {
                let what = if site.turns().any(|turn| turn.is_some()) {
                    "the expression is not known to be periodic, and the ends of the turn move"
                } else {
                    "an end of the support, where the density is not 0, moves"
                };
                Refusal::Wrong(format!("{what} with {parameter}: the score does not tell"))
            }),
            Self::Terms => (!f.splits()).then_some(Refusal::Whole),
            Self::Weak => of_kind(Weak::suits(site)),
            Self::Values => of_kind(site.values().is_some()),
            Self::Bits => of_kind(family() == Some(Family::Bernoulli)),
            Self::Softens => of_kind(is_soft()),
        }
    }
}

impl Method {
    /// The method of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        METHODS.iter().find(|method| method.name == name)
    }

    /// Why it is not for a variable of an expression; nothing where it is.
    pub fn refusal(&self, site: &Site, integrand: &Integrand<'_>) -> Option<Refusal> {
        self.asks.iter().find_map(|ask| ask.refusal(site, integrand))
    }

    /// Whether it is for a variable of an expression.
    pub fn suits(&self, site: &Site, integrand: &Integrand<'_>) -> bool {
        self.refusal(site, integrand).is_none()
    }

    /// Whether it is this one.
    pub fn is(&self, other: &Self) -> bool {
        self.name == other.name
    }

    /// The estimator at its start.
    pub fn start(&self) -> Runner {
        (self.make)(self.particles)
    }
}

/// The methods that would be wrong for a variable of an expression.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The variable.
    pub variable: String,
    /// The methods.
    pub methods: Vec<&'static str>,
    /// Why.
    pub why: String,
}

impl LeftOut {
    /// All of them, those with one reason together.
    pub fn all(sites: &[impl AsRef<Site>], integrand: &Integrand<'_>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (site, method) in sites.iter().flat_map(|site| METHODS.iter().map(move |m| (site.as_ref(), m))) {
            let Some(Refusal::Wrong(why)) = method.refusal(site, integrand) else { continue };
            match all.iter_mut().find(|own| own.variable == site.name && own.why == why) {
                Some(known) => known.methods.push(method.name),
                None => all.push(Self { variable: site.name.clone(), methods: vec![method.name], why }),
            }
        }
        all
    }
}
