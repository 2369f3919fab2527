//! Trials of growing size, and what they say about the cost of a whole run.

use std::cell::{Cell, OnceCell};
use std::cmp::Ordering;
use std::rc::Rc;
use std::time::{Duration, Instant};

use reparam::{Measurement, Rng};

use super::integrand::Integrand;
use super::joint::Joint;
use super::method::Method;
use super::page::{Slope, slopes};
use super::plan::Plan;
use super::run::{learn, repetitions, run_fast, variance_of};
use super::site::Site;
use crate::error::{Error, Result};

/// Draws of the first trials, and at least so many repetitions.
const FIRST: u64 = 256;
const REPETITIONS: u64 = 4;
/// How many times as large the next trials are, and what part of the run they are at most.
const GROWTH: u64 = 4;
const PART: u64 = 4;
/// Trials of each size: the fastest counts, for others may use the processor too.
const TRIALS: usize = 2;
/// The least part of what the draws of a trial cost that another draw costs.
const MARGINAL: f64 = 0.25;
/// How long the lessons and one trial may last.
const PATIENCE: Duration = Duration::from_millis(400);
/// Variance × time, in that of the best so far, beyond which no more is asked.
const HOPELESS: f64 = 100.0;

/// The run that is foreseen.
pub struct Trials<'a> {
    /// The variables.
    pub sites: &'a [Rc<Site>],
    /// The same as one distribution.
    pub joint: &'a Joint,
    /// The expression.
    pub integrand: &'a Rc<Integrand<'a>>,
    /// Draws of the run.
    pub samples: u64,
    /// Its seed: the trials have draws of their own.
    pub seed: u64,
    /// After so long no larger trial is made.
    pub share: Duration,
    /// The variance of the gradient in one draw of the first plan that was tried, for each variable's parameters: variances
    /// are told in that, so that every variable counts.
    pub reference: OnceCell<Vec<f64>>,
}

/// What a run will cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The variance of the gradient in one draw: the sum over the variables, each in that of the reference.
    pub variance: f64,
    /// The time of all draws.
    pub seconds: f64,
}

impl Cost {
    /// Variance × time.
    pub fn product(&self) -> f64 {
        self.variance * self.seconds
    }

    /// The lesser product first; without noise, the lesser time.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.product().total_cmp(&other.product()).then(self.seconds.total_cmp(&other.seconds))
    }
}

/// A method for each variable.
pub type Methods = Vec<&'static Method>;

impl Trials<'_> {
    /// The costs of those plans whose trials do not take too long, the best first, with their places.
    ///
    /// # Errors
    /// A draw at which the expression is not finite, or whatever `step` says.
    pub fn ranked(
        &self,
        plans: &[Methods],
        until: Instant,
        step: &mut impl FnMut() -> Result<()>,
    ) -> Result<Vec<(usize, Cost)>> {
        let mut found: Vec<(usize, Cost)> = Vec::new();
        for (plan, methods) in plans.iter().enumerate() {
            let best = found.first().map(|(_, cost)| *cost);
            if let Some(cost) = self.of(methods, (best, until), step)? {
                found.push((plan, cost));
                found.sort_by(|a, b| a.1.compare(&b.1));
            }
        }
        Ok(found)
    }

    /// The cost of these methods; none where the first trial lasts too long, or would begin after `until`.
    fn of(
        &self,
        methods: &[&'static Method],
        (best, until): (Option<Cost>, Instant),
        step: &mut impl FnMut() -> Result<()>,
    ) -> Result<Option<Cost>> {
        if Instant::now() >= until {
            return Ok(None);
        }
        // What has no noise is beaten by nothing but the same in less time.
        let without_noise = best.filter(|best| best.variance == 0.0);
        let patience =
            without_noise.map_or(PATIENCE, |best| Duration::from_secs_f64(best.seconds).min(PATIENCE));
        let mut plan = Plan::new(methods);
        let particles = plan.particles() as u64;
        let draws = repetitions(&plan, self.samples) * particles;
        let (mut measured, mut times) = (Measurement::default(), Vec::new());
        let (started, mut trials) = (Instant::now(), 0);
        let slopes = slopes(self.sites);
        let mut size = FIRST.max(REPETITIONS * particles);
        let mut cost: Option<Cost> = None;
        let mut variances = Vec::new();
        'larger: loop {
            let mut fastest = f64::INFINITY;
            for again in 0..TRIALS {
                if again > 0 && started.elapsed() >= self.share {
                    break;
                }
                trials += 1;
                let seed = Rng::new(self.seed).split(u64::MAX - trials).seed();
                let Some((trial, seconds)) = self.one(&mut plan, size, seed, patience, step)? else {
                    break 'larger;
                };
                fastest = fastest.min(seconds);
                measured.merge(&trial);
            }
            times.push((repetitions(&plan, size) * particles, fastest));
            variances = self.variances(&slopes, &measured, particles);
            let variance = relative(&variances, self.reference.get().unwrap_or(&variances));
            let so_far = Cost { variance, seconds: seconds(&times, draws) };
            cost = Some(so_far);
            let is_hopeless = best.is_some_and(|best| so_far.product() > HOPELESS * best.product());
            let next = (GROWTH * size).min(self.samples / PART);
            if is_hopeless || next <= size || started.elapsed() >= self.share {
                break;
            }
            size = next;
        }
        if cost.is_some() {
            self.reference.get_or_init(|| variances);
        }
        Ok(cost)
    }

    /// The variance of the gradient in one draw, for each variable's parameters.
    fn variances(&self, slopes: &[Slope], measured: &Measurement, particles: u64) -> Vec<f64> {
        let of_site = |site: usize| {
            let own = slopes.iter().filter(|slope| slope.site == site);
            variance_of(own.map(|slope| slope.moments(measured))) * particles as f64
        };
        (0..self.sites.len()).map(of_site).collect()
    }

    /// One trial and how long it lasted without lessons; none where that is too long.
    fn one(
        &self,
        plan: &mut Plan,
        draws: u64,
        seed: u64,
        patience: Duration,
        step: &mut impl FnMut() -> Result<()>,
    ) -> Result<Option<(Measurement, f64)>> {
        let (started, too_long) = (Instant::now(), Cell::new(false));
        let mut step = || {
            step()?;
            too_long.set(started.elapsed() > patience);
            if too_long.get() { Err(Error::failed("a trial lasts too long")) } else { Ok(()) }
        };
        let mut timed = || {
            learn(plan, self.joint, self.integrand, &Rng::new(seed), &mut step)?;
            let started = Instant::now();
            let outcome = run_fast(plan, self.joint, self.integrand, draws, seed, |_| step())?;
            Ok((outcome.measurement, started.elapsed().as_secs_f64()))
        };
        match timed() {
            Err(_) if too_long.get() => Ok(None),
            found => found.map(Some),
        }
    }
}

/// The sum of some variances, each in its reference.
fn relative(variances: &[f64], reference: &[f64]) -> f64 {
    let each = variances.iter().zip(reference);
    each.map(|(own, reference)| if *own == 0.0 { 0.0 } else { own / reference }).sum()
}

/// How long so many draws take, after some that took `times`: what they cost at the start is paid once.
fn seconds(times: &[(u64, f64)], draws: u64) -> f64 {
    match *times {
        [.., (few, short), (many, long)] if many > few => {
            // A larger trial that happened to be faster does not say that draws cost nothing.
            let each = ((long - short) / (many - few) as f64).max(MARGINAL * long / many as f64);
            long + each * (draws as f64 - many as f64)
        }
        [.., (few, short)] => short * draws as f64 / few as f64,
        [] => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_costs_at_its_start_is_paid_once() {
        assert_eq!(seconds(&[(256, 1.0)], 1024), 4.0);
        assert_eq!(seconds(&[(256, 9.0), (1024, 12.0)], 1024 + 7680), 42.0);
        assert_eq!(seconds(&[(256, 3.0), (1024, 2.0)], 2048), 2.5);
        // An exact plan makes as many draws in a trial of any size.
        assert_eq!(seconds(&[(2, 1.0), (2, 1.0)], 2), 1.0);
    }

    #[test]
    fn every_variable_counts() {
        assert_eq!(relative(&[3.0, 1e-9, 0.0], &[1.0, 1e-9, 0.0]), 4.0);
        assert_eq!(relative(&[1.0, 1e-9], &[1.0, 0.0]), f64::INFINITY);
    }

    #[test]
    fn without_noise_time_decides() {
        let [slow, fast, noisy] =
            [(0.0, 2.0), (0.0, 1.0), (1.0, 0.1)].map(|(variance, seconds)| Cost { variance, seconds });
        assert_eq!(fast.compare(&slow), Ordering::Less);
        assert_eq!(slow.compare(&noisy), Ordering::Less);
        assert_eq!(noisy.compare(&fast), Ordering::Greater);
    }
}
