//! Trials of growing size, and what they say about the cost of a whole run. What is decided follows from counted work and the
//! variances of draws alone, never from a clock.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

use reparam::{Measurement, Rng};

use super::integrand::Integrand;
use super::joint::Joint;
use super::method::Method;
use super::page::{Slope, slopes};
use super::plan::Plan;
use super::run::{LESSON, LESSONS, learn, repetitions, run_fast, variance_of};
use super::site::Site;
use crate::error::Result;

/// Draws of the first trials, and at least so many repetitions.
const FIRST: u64 = 256;
const REPETITIONS: u64 = 4;
/// How many times as large the next trials are, and what part of the run they are at most.
const GROWTH: u64 = 4;
const PART: u64 = 4;
/// Variance × work, in that of the best so far, beyond which no more is asked.
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
    /// No trial is made beyond so much work of one plan, but for a first one of at most `most`.
    pub share: f64,
    /// The most work of a first trial with its lessons.
    pub most: f64,
    /// The variance of the gradient in one draw of the first plan that was tried, for each variable's parameters: variances
    /// are told in that, so that every variable counts.
    pub reference: OnceCell<Vec<f64>>,
}

/// What a run will cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The variance of the gradient in one draw: the sum over the variables, each in that of the reference.
    pub variance: f64,
    /// The work of all draws, lessons included.
    pub work: f64,
}

impl Cost {
    /// Variance × work.
    pub fn product(&self) -> f64 {
        self.variance * self.work
    }

    /// The lesser product first; without noise, the lesser work.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.product().total_cmp(&other.product()).then(self.work.total_cmp(&other.work))
    }
}

/// A method for each variable.
pub type Methods = Vec<&'static Method>;

impl Trials<'_> {
    /// The costs of those plans whose trials are not too much work, the best first, with their places.
    ///
    /// # Errors
    /// A draw at which the expression is not finite, or whatever `step` says.
    pub fn ranked(
        &self,
        plans: &[Methods],
        step: &mut impl FnMut() -> Result<()>,
    ) -> Result<Vec<(usize, Cost)>> {
        let mut found: Vec<(usize, Cost)> = Vec::new();
        for (plan, methods) in plans.iter().enumerate() {
            let best = found.first().map(|(_, cost)| *cost);
            if let Some(cost) = self.of(methods, best, step)? {
                found.push((plan, cost));
                found.sort_by(|a, b| a.1.compare(&b.1));
            }
        }
        Ok(found)
    }

    /// The cost of these methods; none where the first trial is too much work.
    fn of(
        &self,
        methods: &[&'static Method],
        best: Option<Cost>,
        step: &mut impl FnMut() -> Result<()>,
    ) -> Result<Option<Cost>> {
        let mut plan = Plan::new(methods);
        let particles = plan.particles() as u64;
        let lessons = if plan.has_to_learn() { (LESSONS * LESSON) as f64 } else { 0.0 };
        let foreseen = plan.work(self.sites, self.integrand, plan.evaluations(self.sites));
        let mut size = FIRST.max(REPETITIONS * particles);
        if foreseen * (lessons + repetitions(&plan, size) as f64) > self.most {
            return Ok(None);
        }
        let slopes = slopes(self.sites);
        let (mut measured, mut done, mut trials) = (Measurement::default(), 0.0, 0);
        loop {
            trials += 1;
            let seed = Rng::new(self.seed).split(u64::MAX - trials).seed();
            learn(&mut plan, self.joint, self.integrand, &Rng::new(seed), &mut *step)?;
            let outcome = run_fast(&mut plan, self.joint, self.integrand, size, seed, |_| step())?;
            measured.merge(&outcome.measurement);
            let each = plan.work(self.sites, self.integrand, measured.evaluations_each());
            done += each * repetitions(&plan, size) as f64;
            let variances = self.variances(&slopes, &measured, particles);
            let variance = relative(&variances, self.reference.get().unwrap_or(&variances));
            let work = each * (lessons + repetitions(&plan, self.samples) as f64);
            let cost = Cost { variance, work };
            let is_hopeless = best.is_some_and(|best| cost.product() > HOPELESS * best.product());
            let next = (GROWTH * size).min(self.samples / PART);
            if is_hopeless || next <= size || done * GROWTH as f64 > self.share {
                self.reference.get_or_init(|| variances);
                return Ok(Some(cost));
            }
            size = next;
        }
    }

    /// The variance of the gradient in one draw, for each variable's parameters.
    fn variances(&self, slopes: &[Slope], measured: &Measurement, particles: u64) -> Vec<f64> {
        let of_site = |site: usize| {
            let own = slopes.iter().filter(|slope| slope.site == site);
            variance_of(own.map(|slope| slope.moments(measured))) * particles as f64
        };
        (0..self.sites.len()).map(of_site).collect()
    }
}

/// The sum of some variances, each in its reference.
fn relative(variances: &[f64], reference: &[f64]) -> f64 {
    let each = variances.iter().zip(reference);
    each.map(|(own, reference)| if *own == 0.0 { 0.0 } else { own / reference }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_counts() {
        assert_eq!(relative(&[3.0, 1e-9, 0.0], &[1.0, 1e-9, 0.0]), 4.0);
        assert_eq!(relative(&[1.0, 1e-9], &[1.0, 0.0]), f64::INFINITY);
    }

    #[test]
    fn without_noise_work_decides() {
        let [slow, fast, noisy] =
            [(0.0, 2.0), (0.0, 1.0), (1.0, 0.1)].map(|(variance, work)| Cost { variance, work });
        assert_eq!(fast.compare(&slow), Ordering::Less);
        assert_eq!(slow.compare(&noisy), Ordering::Less);
        assert_eq!(noisy.compare(&fast), Ordering::Greater);
    }
}
