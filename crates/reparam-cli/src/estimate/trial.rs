//! Trials of growing size, and what they say about the cost of a whole run.

use std::cell::Cell;
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
}

/// What a run will cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The variance of the gradient in one draw.
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

impl Trials<'_> {
    /// The cost of these methods, with the variance of the gradient in one variable's parameters; none where the first
    /// trial lasts too long, or would begin after `until`.
    ///
    /// # Errors
    /// A draw at which the expression is not finite, or whatever `step` says.
    pub fn of(
        &self,
        methods: &[&'static Method],
        place: usize,
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
        let slopes: Vec<Slope> = slopes(self.sites).into_iter().filter(|slope| slope.site == place).collect();
        let mut size = FIRST.max(REPETITIONS * particles);
        let mut cost = None;
        loop {
            let mut fastest = f64::INFINITY;
            for again in 0..TRIALS {
                if again > 0 && started.elapsed() >= self.share {
                    break;
                }
                trials += 1;
                let seed = Rng::new(self.seed).split(u64::MAX - trials).seed();
                let Some((trial, seconds)) = self.one(&mut plan, size, seed, patience, step)? else {
                    return Ok(cost);
                };
                fastest = fastest.min(seconds);
                measured.merge(&trial);
            }
            times.push((repetitions(&plan, size) * particles, fastest));
            let moments = slopes.iter().map(|slope| slope.moments(&measured));
            let variance = variance_of(moments) * particles as f64;
            let so_far = Cost { variance, seconds: seconds(&times, draws) };
            cost = Some(so_far);
            let is_hopeless = best.is_some_and(|best| so_far.product() > HOPELESS * best.product());
            let next = (GROWTH * size).min(self.samples / PART);
            if is_hopeless || next <= size || started.elapsed() >= self.share {
                return Ok(cost);
            }
            size = next;
        }
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

/// How long so many draws take, after some that took `times`: what they cost at the start is paid once.
fn seconds(times: &[(u64, f64)], draws: u64) -> f64 {
    match *times {
        [.., (few, short), (many, long)] if many > few => {
            let each = ((long - short) / (many - few) as f64).max(0.0);
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
        assert_eq!(seconds(&[(256, 9.0), (1024, 10.0)], 1024 + 7680), 20.0);
        // A larger trial that happened to be faster says that draws cost nothing, not that they save time.
        assert_eq!(seconds(&[(256, 2.0), (1024, 1.5)], 1 << 20), 1.5);
        // An exact plan makes as many draws in a trial of any size.
        assert_eq!(seconds(&[(2, 1.0), (2, 1.0)], 2), 1.0);
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
