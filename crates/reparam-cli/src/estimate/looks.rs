//! Is what is called unbiased beyond its bound from the truth? Where so few draws cannot tell, more are made.

use std::rc::Rc;

use reparam::{Audit, Measurement, Rng, Truth, audit};

use super::integrand::Integrand;
use super::joint::Joint;
use super::page::Slope;
use super::plan::Plan;
use super::run::run;
use super::site::Site;
use crate::error::Result;

/// How often a plan is looked at at most, and how many times as many draws each look has.
const LOOKS: u32 = 4;
const GROWTH: u64 = 16;
/// How often a class must be expected among the draws, so that it is not missing in one run of 10¹⁵.
const MEETINGS: f64 = 35.0;
/// The most work of a look.
const MOST: f64 = 2e10;

/// What is looked at: an expression and its variables.
#[derive(Clone, Copy)]
pub struct Looker<'a> {
    /// The variables.
    pub sites: &'a [Rc<Site>],
    /// The same as one distribution.
    pub joint: &'a Joint,
    /// The expression.
    pub integrand: &'a Rc<Integrand<'a>>,
    /// The numbers of the gradient.
    pub slopes: &'a [Slope],
    /// The seed of the draws.
    pub seed: u64,
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Bias, variance and cost, at the last look.
    pub audit: Audit,
    /// The draws of that look, where there were more than one.
    pub again: Option<u64>,
}

impl Looker<'_> {
    /// Holds what a plan found in so many draws against the truth, and looks again with more draws of other noise as long as
    /// a bias lies beyond its bound and the bound needs more. All looks together have a false alarm at this rate.
    ///
    /// `truth` is told how many draws of the plan it will be held against.
    ///
    /// # Errors
    /// A draw at which the expression is not finite, or whatever `step` says.
    pub fn look(
        &self,
        plan: &Plan,
        found: &Measurement,
        truth: &dyn Fn(u64) -> Result<Truth>,
        (samples, rate): (u64, f64),
        step: &dyn Fn() -> Result<()>,
    ) -> Result<Seen> {
        let mut seen = self.glance(found, truth, (samples, rate))?;
        let (mut draws, rate) = (samples, rate / f64::from(LOOKS));
        for look in 1..LOOKS {
            let each = plan.work(self.sites, self.integrand, found.evaluations_each());
            // After very many draws, whose skewness was not kept, fewer tell.
            let most = ((MOST / each) as u64).saturating_mul(plan.particles() as u64);
            let more = draws.saturating_mul(GROWTH).min(most);
            if seen.audit.passed() || seen.audit.failed() || more == draws || plan.is_exact() {
                break;
            }
            // Where the next look would not meet each class often enough either, it is not worth its time.
            if self.meetings(more) < 1.0 {
                break;
            }
            draws = more;
            let mut rng = Rng::new(self.seed).split(u64::from(look) << 32);
            let more = run(&mut plan.fresh(), self.joint, self.integrand, draws, &mut rng, |_, _| step())?;
            let audit = self.audited(&more.measurement, &truth(draws)?, draws, rate);
            seen = Seen { audit, again: Some(draws) };
        }
        Ok(seen)
    }

    /// The same without a second look.
    ///
    /// # Errors
    /// Whatever `truth` says.
    pub fn glance(
        &self,
        found: &Measurement,
        truth: &dyn Fn(u64) -> Result<Truth>,
        (samples, rate): (u64, f64),
    ) -> Result<Seen> {
        let audit = self.audited(found, &truth(samples)?, samples, rate / f64::from(LOOKS));
        Ok(Seen { audit, again: None })
    }

    /// The audit of so many draws, which tell little of classes that few of them are of: what a class that was never drawn
    /// would have added is in no variance and in no skewness.
    fn audited(&self, found: &Measurement, truth: &Truth, draws: u64, rate: f64) -> Audit {
        let mut audit = audit(&self.flat(found), truth, rate);
        if !audit.passed() {
            let seen = self.meetings(draws);
            audit.slopes.iter_mut().for_each(|slope| slope.sufficiency = slope.sufficiency.min(seen));
        }
        audit
    }

    /// How often the rarest class is expected among so many draws, for each time that it must be.
    fn meetings(&self, draws: u64) -> f64 {
        let rarest = self.sites.iter().map(|site| site.rarest_class()).fold(1.0, f64::min);
        draws as f64 * rarest / MEETINGS
    }

    /// The numbers of the gradient, as parameters of one number each.
    pub fn flat(&self, found: &Measurement) -> Measurement {
        let slope = |slope: &Slope| vec![*slope.moments(found)];
        Measurement { gradient: self.slopes.iter().map(slope).collect(), ..found.clone() }
    }
}
