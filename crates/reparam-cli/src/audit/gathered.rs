//! The estimators of an expression, run and held against the truth.

use std::cell::RefCell;
use std::rc::Rc;

use reparam::{Measurement, Rng, Truth};

use super::LONGER;
use super::report::{Row, Table};
use crate::commands::estimate::plan;
use crate::error::{Error, Result};
use crate::estimate::{
    Exact, Integrand, Joint, Looker, METHODS, Outcome, Plan, Site, Slope, exact, near, run, slopes,
};
use crate::wording::thousands;

/// What an expression's gradient is held against, and what its estimators are compared with.
pub struct Reference<'a> {
    sites: &'a [Rc<Site>],
    joint: &'a Joint,
    integrand: &'a Rc<Integrand<'a>>,
    samples: u64,
    seed: u64,
    /// The exact answer, or why there is none.
    exact: std::result::Result<Exact, String>,
    /// The plainest unbiased estimator: its name, its plan, and a run of its own.
    plain: (String, Plan, Outcome),
    slopes: Vec<Slope>,
    /// The longest run that stands for the truth, and the draws that it is for.
    longest: RefCell<(u64, Measurement)>,
}

impl<'a> Reference<'a> {
    /// Runs the plainest unbiased estimator, with other random numbers: longer, where there is no exact answer.
    ///
    /// # Errors
    /// No unbiased estimator, a draw at which the expression is not finite, or whatever `step` says.
    pub fn new(
        (sites, joint): (&'a [Rc<Site>], &'a Joint),
        integrand: &'a Rc<Integrand<'a>>,
        samples: u64,
        seed: u64,
        step: impl Fn() -> Result<()>,
    ) -> Result<Self> {
        // Enumeration has no noise to compare with.
        let mut noisy = METHODS.iter().filter(|method| !method.biased && !method.sums);
        let plain =
            noisy.find_map(|method| plan(method, sites, integrand).filter(|(_, plan)| !plan.is_biased()));
        let Some((name, mut plan)) = plain else {
            return Err(Error::usage("there is no unbiased estimator for these variables"));
        };
        let exact = exact(integrand, sites);
        let draws = if exact.is_ok() { samples } else { LONGER * samples };
        let mut rng = Rng::new(seed).split(LONGER);
        let outcome = run(&mut plan, joint, integrand, draws, &mut rng, |_, _| step())?;
        let slopes = slopes(sites);
        let longest = RefCell::new((samples, outcome.measurement.clone()));
        Ok(Self {
            sites,
            joint,
            integrand,
            samples,
            seed,
            exact,
            plain: (name, plan, outcome),
            slopes,
            longest,
        })
    }

    fn looker(&self) -> Looker<'_> {
        Looker {
            sites: self.sites,
            joint: self.joint,
            integrand: self.integrand,
            slopes: &self.slopes,
            seed: self.seed,
        }
    }

    /// The truth for so many draws of estimators that gave these numbers.
    fn truth(&self, all: &[Measurement], draws: u64, step: &dyn Fn() -> Result<()>) -> Result<Truth> {
        if let Ok(exact) = &self.exact {
            return Ok(near(exact, &self.slopes, &all.iter().collect::<Vec<_>>()));
        }
        if draws > self.longest.borrow().0 {
            let mut rng = Rng::new(self.seed).split(LONGER + draws);
            let mut plan = self.plain.1.fresh();
            let run = run(&mut plan, self.joint, self.integrand, LONGER * draws, &mut rng, |_, _| step())?;
            *self.longest.borrow_mut() = (draws, run.measurement);
        }
        Ok(Truth::Run(self.looker().flat(&self.longest.borrow().1)))
    }

    /// What is said about the truth.
    fn words(&self) -> String {
        let (name, _, outcome) = &self.plain;
        match &self.exact {
            Ok(_) => "the exact gradient, by quadrature and enumeration".to_owned(),
            Err(reason) => format!(
                "{} more draws of {name}, for there is no exact answer: {reason}",
                thousands(self.longest.borrow().1.value.count() as usize * outcome.particles)
            ),
        }
    }

    /// What the plainest estimator gave, and the draws of one repetition.
    pub fn plain(&self) -> (Measurement, u64) {
        let outcome = &self.plain.2;
        (self.looker().flat(&outcome.measurement), outcome.particles as u64)
    }
}

/// Runs every plan, and holds it against the truth; each has a share of the rate.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says.
pub fn gather(
    plans: &[(String, Plan)],
    reference: &Reference<'_>,
    rate: f64,
    step: &dyn Fn() -> Result<()>,
) -> Result<Table> {
    let looker = reference.looker();
    let mut found = Vec::new();
    for (_, plan) in plans {
        let mut rng = Rng::new(reference.seed);
        let (joint, integrand) = (reference.joint, reference.integrand);
        let outcome = run(&mut plan.fresh(), joint, integrand, reference.samples, &mut rng, |_, _| step())?;
        found.push(outcome.measurement);
    }
    let flat: Vec<Measurement> = found.iter().map(|found| looker.flat(found)).collect();
    let (plain, particles) = reference.plain();
    let variance = plain.total_variance() * particles as f64;
    let mut rows = Vec::new();
    for ((name, plan), found) in plans.iter().zip(&found) {
        let truth = |draws: u64| reference.truth(&flat, draws, step);
        let numbers = (reference.samples, rate);
        let seen = if plan.is_biased() {
            looker.glance(found, &truth, numbers)?
        } else {
            looker.look(plan, found, &truth, numbers, step)?
        };
        rows.push(Row::new((name.clone(), plan.is_biased()), seen, variance));
    }
    Ok(Table {
        what: reference.integrand.text().to_owned(),
        truth: reference.words(),
        labels: reference.slopes.iter().map(Slope::label).collect(),
        plain: reference.plain.0.clone(),
        rows,
    })
}
