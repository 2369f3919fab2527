//! Runs a plan for many draws, in pieces that can be interrupted.

use std::rc::Rc;

use reparam::{Distribution, Measurement, Rng, measure_surrogate};
use reparam_testing::Moments;

use super::integrand::Integrand;
use super::joint::Joint;
use super::plan::Plan;
use super::stream;
use crate::error::Result;

/// Draws that an estimator learns from before it is measured, in so many steps.
pub const LESSONS: usize = 400;
pub const LESSON: usize = 64;
/// Draws before the first look at the interrupt and the values found, and between two later ones at most.
const FIRST: u64 = 128;
const PIECE: u64 = 1 << 16;
/// Numbers drawn between two looks at most.
const NUMBERS: u64 = 1 << 22;

/// A variance below this, relative to the square of the mean, is rounding.
const ROUNDING: f64 = 1e-26;

/// Estimates of one plan.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What its repetitions gave.
    pub measurement: Measurement,
    /// Draws in one repetition.
    pub particles: usize,
}

/// How often a plan is repeated for so many draws: at least twice, and no more where there is no noise.
pub fn repetitions(plan: &Plan, samples: u64) -> u64 {
    if plan.is_exact() { 2 } else { samples.div_ceil(plan.particles() as u64).max(2) }
}

/// Makes about so many draws, at least two repetitions; `step` is told how many more were made, and what was found so far.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says after each piece of so many draws.
pub fn run(
    plan: &mut Plan,
    joint: &Joint,
    integrand: &Rc<Integrand<'_>>,
    samples: u64,
    rng: &mut Rng,
    mut step: impl FnMut(u64, &Measurement) -> Result<()>,
) -> Result<Outcome> {
    let particles = plan.particles();
    let repetitions = repetitions(plan, samples);
    learn(plan, joint, integrand, rng, || step(0, &Measurement::default()))?;
    let width = joint.dims()[1].max(1) as u64;
    let most = (PIECE.min(NUMBERS / width) / particles as u64).max(1);
    let mut measurement = Measurement::default();
    let mut left = repetitions;
    while left > 0 {
        // Pieces grow, so that the first draws can be followed too.
        let done = repetitions - left;
        let now = left.min(most).min(done.max(FIRST / particles as u64).max(2));
        measurement.merge(&repeat(plan, joint, integrand, now as usize, rng));
        integrand.check()?;
        left -= now;
        step(now * particles as u64, &measurement)?;
    }
    Ok(Outcome { measurement, particles })
}

/// The lessons of a plan, if it has not had them.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says after each lesson.
pub fn learn(
    plan: &mut Plan,
    joint: &Joint,
    integrand: &Integrand<'_>,
    rng: &Rng,
    mut step: impl FnMut() -> Result<()>,
) -> Result<()> {
    if plan.has_to_learn() {
        let mut lessons = rng.split(LESSONS as u64);
        for _ in 0..LESSONS {
            repeat(plan, joint, integrand, LESSON, &mut lessons);
            step()?;
        }
        integrand.check()?;
        plan.has_learned();
    }
    Ok(())
}

fn repeat(
    plan: &Plan,
    joint: &Joint,
    integrand: &Integrand<'_>,
    repetitions: usize,
    rng: &mut Rng,
) -> Measurement {
    let surrogate = |q: &Joint| {
        let before = integrand.evaluations();
        (plan.surrogate(q, integrand, rng), integrand.evaluations() - before)
    };
    measure_surrogate(joint, surrogate, repetitions)
}

/// The same; where every gradient goes through its draw, at the speed of the processor, and with other draws.
///
/// # Errors
/// As [`run`].
pub fn run_fast(
    plan: &mut Plan,
    joint: &Joint,
    integrand: &Rc<Integrand<'_>>,
    samples: u64,
    seed: u64,
    mut step: impl FnMut(u64) -> Result<()>,
) -> Result<Outcome> {
    if let Some(points) = plan.points()
        && let Some(outcome) = stream::measure(integrand, &joint.sites(), (samples, points), seed, &mut step)?
    {
        return Ok(outcome);
    }
    run(plan, joint, integrand, samples, &mut Rng::new(seed), |draws, _| step(draws))
}

/// The variances of some numbers together; 0 where that is rounding.
pub fn variance_of<'a>(all: impl Iterator<Item = &'a Moments>) -> f64 {
    let (variance, size) = all.fold((0.0, 0.0), |(variance, size), moments| {
        (variance + moments.variance(), size + moments.mean().powi(2))
    });
    if variance <= ROUNDING * size { 0.0 } else { variance }
}

impl Outcome {
    /// The variance of the gradient in one draw, summed over all its numbers; 0 where it is rounding.
    pub fn variance(&self) -> f64 {
        self.total_variance() * self.particles as f64
    }

    fn total_variance(&self) -> f64 {
        variance_of(self.measurement.elements())
    }

    /// The same for one evaluation of the expression.
    pub fn variance_by_evaluation(&self) -> f64 {
        self.total_variance() * self.measurement.evaluations_each()
    }

    /// Variance × time: what one digit more costs.
    pub fn cost(&self) -> f64 {
        self.total_variance() * self.measurement.seconds_each()
    }
}
