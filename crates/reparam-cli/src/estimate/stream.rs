//! The pathwise estimator at the speed of the processor: draws are made, used and forgotten in blocks.
//!
//! For variables that are independent numbers with a path; from scrambled Sobol points, for those that are a location and a
//! scale times noise. An expression is taken apart into terms that share no inputs;
//! of each term as many draws as the cache holds are made, evaluated and differentiated at once, and only sums are kept:
//! memory does not grow with the number of draws. Draw i of input j is a function of the seed, i and j alone, and sums are
//! added in the order of the draws, so the numbers are the same for any number of threads.
//!
//! Draws are made in single precision where a pilot run finds that good enough. It makes the first draws in both
//! precisions, from the same noise, and compares all sums: the means must differ by at most a thousandth of the standard
//! error that the whole run will have, and the variances by at most a thousandth of themselves. Otherwise, and where a sum
//! overflows in single precision later on, all draws are made in double precision.

mod layout;
mod precision;
mod sums;
#[cfg(test)]
mod tests;
mod worker;

use std::time::{Duration, Instant};

use rayon::prelude::*;
use reparam_kernels::{Rng, sobol};
use reparam_lang::{Program, Term};

use super::integrand::Integrand;
use super::run::Outcome;
use super::site::Site;
use crate::error::Result;
use layout::Layout;
use precision::{Noise, Precision};
use sums::Sums;
use worker::Worker;

/// The largest error of a mean in its standard error, and of a variance in itself, that single precision may make.
const TOLERANCE: f64 = 1e-3;
/// Draws of the pilot run: as many for each of the whole run, but no fewer and no more.
const PILOT: (u64, u64, u64) = (128, 256, 4096);
/// Draws times inputs that a thread works on before it asks for more.
const BLOCK: usize = 1 << 20;
/// Columns of a program that are worth an input.
const COLUMNS: usize = 16;
/// Numbers that a thread holds at once.
const CACHE: usize = 1 << 15;
/// The least number of draws that it makes at once.
const LEAST: usize = 128;
/// The most.
const MOST: usize = 1024;
/// Repetitions whose Sobol points are made side by side.
const LANES: usize = 16;
/// How long the blocks between two looks at the interrupt last, about.
const ASKED: Duration = Duration::from_millis(100);
/// Sums that wait for being added.
const WAITING: usize = 1 << 21;

/// All that does not change during a run.
struct Task<'a> {
    layout: &'a Layout,
    terms: &'a [Term],
    /// The program of each term; equal ones are one.
    programs: Vec<&'a Program>,
    /// Draws in one repetition: Sobol points, where there are several.
    points: usize,
    /// Draws made at once.
    chunk: usize,
    /// The seed of all, and that of each input.
    seed: u64,
    seeds: Vec<u64>,
}

/// The pathwise estimate from so many draws, at least two repetitions of so many points each; none where it is not for these
/// variables.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says after so many more draws.
pub fn measure(
    integrand: &Integrand<'_>,
    sites: &[impl AsRef<Site>],
    (samples, points): (u64, usize),
    seed: u64,
    mut step: impl FnMut(u64) -> Result<()>,
) -> Result<Option<Outcome>> {
    let started = Instant::now();
    let sites: Vec<&Site> = sites.iter().map(AsRef::as_ref).collect();
    let Some(layout) = Layout::new(&sites) else { return Ok(None) };
    let repetitions = samples.div_ceil(points as u64).max(2);
    if points > 1 && !(has_points(&layout) && repetitions <= sobol::MOST_ROWS) {
        return Ok(None);
    }
    let terms = integrand.program().independent_terms(0);
    let task = Task::new(&layout, &terms, points, seed);
    let samples = repetitions * points as u64;
    let shifts = task.pilot_means(samples);
    let mut sums = Err((0, samples));
    if task.single_is_enough(samples, &shifts) {
        sums = task.all::<f32>(samples, &shifts, &mut step)?;
    }
    if sums.is_err() {
        sums = task.all::<f64>(samples, &shifts, &mut step)?;
    }
    let sums = match sums {
        Ok(sums) => sums,
        Err(draws) => {
            task.name_the_draw(integrand, draws, &shifts)?;
            // No draw is at fault, but the sum of their squares overflows.
            return Ok(None);
        }
    };
    let measurement = layout.measurement(&sums, &shifts, (repetitions, points), started.elapsed());
    Ok(Some(Outcome { measurement, particles: points }))
}

/// Whether so many points a repetition of these variables can be made here.
pub fn streams(sites: &[&Site], points: usize) -> bool {
    Layout::new(sites).is_some_and(|layout| points == 1 || has_points(&layout))
}

fn has_points(layout: &Layout) -> bool {
    layout.is_location_scale() && layout.elements.len() <= sobol::DIMENSIONS
}

impl<'a> Task<'a> {
    fn new(layout: &'a Layout, terms: &'a [Term], points: usize, seed: u64) -> Self {
        let mut programs: Vec<&Program> = Vec::with_capacity(terms.len());
        for term in terms {
            let last = programs.last().filter(|last| ***last == term.program);
            programs.push(last.copied().unwrap_or(&term.program));
        }
        let columns = terms.iter().map(|term| 3 * term.program.columns() + 3 * term.inputs.len()).max();
        // Whole repetitions, and as many of them side by side as there are lanes.
        let least = if points == 1 { LEAST } else { LANES * points };
        let chunk = (CACHE / columns.unwrap_or(1).max(1)).clamp(least, MOST.max(least)) / least * least;
        let rng = Rng::new(seed);
        let seeds = (0..layout.elements.len()).map(|input| rng.split(input as u64).seed()).collect();
        Self { layout, terms, programs, points, chunk, seed, seeds }
    }

    /// The draws that a thread makes before it asks for more.
    fn block(&self) -> u64 {
        // A long expression is so much more work for each draw.
        let columns = self.terms.iter().map(|term| term.program.columns()).sum::<usize>() / COLUMNS;
        let draws = BLOCK / self.layout.elements.len().max(columns).max(1);
        (draws / self.chunk).max(1) as u64 * self.chunk as u64
    }

    /// The sums of the draws from `first` to before `end`.
    fn sums<T: Precision>(&self, worker: &mut Worker<'_, T>, first: u64, end: u64, shifts: &[f32]) -> Sums {
        let mut sums = Sums::zeros(shifts.len());
        let mut at = first;
        while at < end {
            let draws = (end - at).min(self.chunk as u64);
            worker.add(at, draws as usize, shifts, &mut sums);
            at += draws;
        }
        sums
    }

    /// The same on all threads, added in order.
    fn on_all_threads<T: Precision>(&self, noise: Noise, blocks: &[(u64, u64)], shifts: &[f32]) -> Vec<Sums> {
        let worker = || Worker::<T>::new(self, noise);
        let one = |worker: &mut Worker<'_, T>, (first, end)| self.sums(worker, first, end, shifts);
        blocks.par_iter().map_init(worker, |worker, block| one(worker, *block)).collect()
    }

    /// The sums of all draws, or the draws among which a sum is not finite.
    fn all<T: Precision>(
        &self,
        samples: u64,
        shifts: &[f32],
        step: &mut impl FnMut(u64) -> Result<()>,
    ) -> Result<std::result::Result<Sums, (u64, u64)>> {
        let mut total = Sums::zeros(shifts.len());
        let block = self.block();
        let most = (WAITING / shifts.len()).clamp(2, 256) as u64;
        let (mut together, mut first) = (2, 0);
        while first < samples {
            let started = Instant::now();
            let end = samples.min(first + together * block);
            let blocks: Vec<_> = cut(first, end, block).collect();
            for sums in self.on_all_threads::<T>(Noise::Own, &blocks, shifts) {
                total.add(&sums);
            }
            if !total.is_finite() {
                return Ok(Err((first, end)));
            }
            step(end - first)?;
            first = end;
            // Sums are added in the order of the draws however many wait for it: this is about who asks to stop.
            together =
                if started.elapsed() < ASKED { (2 * together).min(most) } else { (together / 2).max(2) };
        }
        Ok(Ok(total))
    }

    /// The draws of the pilot run: whole repetitions.
    fn pilot_draws(&self, samples: u64) -> u64 {
        (samples / PILOT.0).clamp(PILOT.1, PILOT.2).next_multiple_of((LANES * self.points) as u64)
    }

    /// The sums of the pilot run.
    fn pilot<T: Precision>(&self, samples: u64, shifts: &[f32]) -> Sums {
        let blocks: Vec<_> = cut(0, self.pilot_draws(samples), self.chunk as u64).collect();
        let mut total = Sums::zeros(shifts.len());
        self.on_all_threads::<T>(Noise::Single, &blocks, shifts).iter().for_each(|sums| total.add(sums));
        total
    }

    /// Numbers near the means; nothing where there are none.
    fn pilot_means(&self, samples: u64) -> Vec<f32> {
        let zeros = vec![0.0; self.layout.numbers() + 1];
        let sums = self.pilot::<f32>(samples, &zeros);
        let count = (self.pilot_draws(samples) / self.points as u64) as f64;
        let mean = |sum: &[f64; 2]| (sum[0] / count) as f32;
        sums.each.iter().map(mean).map(|mean| if mean.is_finite() { mean } else { 0.0 }).collect()
    }

    /// Whether the sums of the pilot run are as good in single precision.
    fn single_is_enough(&self, samples: u64, shifts: &[f32]) -> bool {
        let [single, double] = [self.pilot::<f32>(samples, shifts), self.pilot::<f64>(samples, shifts)];
        let [count, repetitions] =
            [self.pilot_draws(samples), samples].map(|draws| (draws / self.points as u64) as f64);
        single.each.iter().zip(&double.each).all(|(single, double)| {
            let variance = ((double[1] - double[0] * double[0] / count) / count).max(0.0);
            let mean_error = (single[0] - double[0]).abs() / count;
            mean_error <= TOLERANCE * (variance / repetitions).sqrt()
                && (single[1] - double[1]).abs() <= TOLERANCE * double[1]
        })
    }

    /// Looks for the draw at which the expression is not finite.
    fn name_the_draw(
        &self,
        integrand: &Integrand<'_>,
        (first, end): (u64, u64),
        shifts: &[f32],
    ) -> Result<()> {
        let mut worker = Worker::<f64>::new(self, Noise::Own);
        let broken = cut(first, end, self.chunk as u64)
            .find(|(first, end)| !self.sums(&mut worker, *first, *end, shifts).is_finite());
        let Some((first, end)) = broken else { return Ok(()) };
        for draw in first..end {
            integrand.check_at(worker.inputs(draw))?;
        }
        Ok(())
    }
}

/// From `first` to before `end` in steps.
fn cut(first: u64, end: u64, step: u64) -> impl Iterator<Item = (u64, u64)> {
    (first..end).step_by(step as usize).map(move |at| (at, end.min(at + step)))
}
