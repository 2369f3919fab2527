//! The estimators by name, and which variables each is for.

use reparam::{LeaveOneOut, MovingAverage, NoBaseline, Pathwise, ScoreFunction};

use super::runner::Runner;
use super::site::Site;

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
    /// Whether it is for a variable, in an expression that may jump or not.
    suits: fn(&Site, bool) -> bool,
    /// The estimator at its start.
    make: fn(usize) -> Runner,
}

/// All of them, in the order in which they are shown.
pub const METHODS: &[Method] = &[
    Method {
        name: "pathwise",
        summary: "through the draw",
        biased: false,
        particles: 1,
        suits: |site, jumps| site.has_path() && !jumps,
        make: |particles| Runner::Pathwise(Pathwise { particles }),
    },
    Method {
        name: "score",
        summary: "score function, no baseline",
        biased: false,
        particles: 1,
        suits: |site, _| site.has_score(),
        make: |particles| Runner::Score(ScoreFunction { particles, baseline: NoBaseline }),
    },
    Method {
        name: "score-average",
        summary: "score function, moving-average baseline",
        biased: false,
        particles: 1,
        suits: |site, _| site.has_score(),
        make: |particles| {
            Runner::ScoreAverage(ScoreFunction { particles, baseline: MovingAverage::new(0.9) })
        },
    },
    Method {
        name: "score-loo",
        summary: "score function, leave-one-out baseline",
        biased: false,
        particles: 4,
        suits: |site, _| site.has_score(),
        make: |particles| Runner::ScoreLeaveOneOut(ScoreFunction { particles, baseline: LeaveOneOut }),
    },
];

impl Method {
    /// The method of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        METHODS.iter().find(|method| method.name == name)
    }

    /// Whether it is for a variable, in an expression that may jump or not.
    pub fn suits(&self, site: &Site, jumps: bool) -> bool {
        (self.suits)(site, jumps)
    }

    /// The estimator at its start.
    pub fn start(&self, particles: usize) -> Runner {
        (self.make)(particles)
    }
}
