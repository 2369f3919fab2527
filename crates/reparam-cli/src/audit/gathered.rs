//! The estimators of an expression, run and held against the truth.

use std::rc::Rc;

use reparam::{Measurement, Rng, Truth};
use reparam_testing::Estimate;

use super::LONGER;
use super::report::{Row, Table};
use crate::commands::estimate::plan;
use crate::error::{Error, Result};
use crate::estimate::{Exact, Integrand, Joint, METHODS, Outcome, Plan, Site, Slope, exact, run, slopes};
use crate::wording::thousands;

/// The error of an exact answer, relative to the size of what is integrated.
const QUADRATURE: f64 = 1e-7;

/// What an expression's gradient is held against, and what its estimators are compared with.
pub struct Reference {
    /// The exact answer, or why there is none.
    exact: std::result::Result<Exact, String>,
    /// The plainest unbiased estimator: its name, and a run of its own.
    plain: (String, Outcome),
    slopes: Vec<Slope>,
}

impl Reference {
    /// Runs the plainest unbiased estimator, with other random numbers: longer, where there is no exact answer.
    ///
    /// # Errors
    /// No unbiased estimator, a draw at which the expression is not finite, or whatever `step` says.
    pub fn new(
        (sites, joint): (&[Rc<Site>], &Joint),
        integrand: &Rc<Integrand<'_>>,
        samples: u64,
        seed: u64,
        step: impl Fn() -> Result<()>,
    ) -> Result<Self> {
        // Enumeration has no noise to compare with.
        let mut noisy = METHODS.iter().filter(|method| !method.biased && method.name != "enumerate");
        let plain =
            noisy.find_map(|method| plan(method, sites, integrand).filter(|(_, plan)| !plan.is_biased()));
        let Some((name, mut plan)) = plain else {
            return Err(Error::usage("there is no unbiased estimator for these variables"));
        };
        let exact = exact(integrand.program(), sites);
        let draws = if exact.is_ok() { samples } else { LONGER * samples };
        let mut rng = Rng::new(seed).split(LONGER);
        let outcome = run(&mut plan, joint, integrand, draws, &mut rng, |_, _| step())?;
        Ok(Self { exact, plain: (name, outcome), slopes: slopes(sites) })
    }

    /// The truth for estimators that gave these numbers.
    fn truth(&self, all: &[Measurement]) -> Truth {
        let Ok(exact) = &self.exact else { return Truth::Run(self.gradient(&self.plain.1.measurement)) };
        let near = self.slopes.iter().enumerate().map(|(place, slope)| {
            let value = slope.of(exact);
            let sizes = all.iter().map(|found| found.gradient[place][0].variance().sqrt());
            let size = sizes.filter(|size| size.is_finite()).fold(value.abs(), f64::max);
            vec![Estimate { value, error: QUADRATURE * size }]
        });
        Truth::Near(near.collect())
    }

    /// What is said about the truth.
    fn words(&self) -> String {
        let (name, outcome) = &self.plain;
        match &self.exact {
            Ok(_) => "the exact gradient, by quadrature and enumeration".to_owned(),
            Err(reason) => format!(
                "{} more draws of {name}, for there is no exact answer: {reason}",
                thousands(outcome.measurement.value.count() as usize * outcome.particles)
            ),
        }
    }

    /// The numbers of the gradient, as parameters of one number each.
    fn gradient(&self, found: &Measurement) -> Measurement {
        let slope = |slope: &Slope| vec![*slope.moments(found)];
        Measurement { gradient: self.slopes.iter().map(slope).collect(), ..found.clone() }
    }

    /// What the plainest estimator gave, and the draws of one repetition.
    pub fn plain(&self) -> (Measurement, u64) {
        (self.gradient(&self.plain.1.measurement), self.plain.1.particles as u64)
    }
}

/// Runs every plan, and holds it against the truth; each has a share of the rate.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says.
pub fn gather(
    joint: &Joint,
    integrand: &Rc<Integrand<'_>>,
    plans: &[(String, Plan)],
    reference: &Reference,
    (samples, seed, rate): (u64, u64, f64),
    step: impl Fn() -> Result<()>,
) -> Result<Table> {
    let mut found = Vec::new();
    for (_, plan) in plans {
        let mut rng = Rng::new(seed);
        let outcome = run(&mut plan.fresh(), joint, integrand, samples, &mut rng, |_, _| step())?;
        found.push(reference.gradient(&outcome.measurement));
    }
    let truth = reference.truth(&found);
    let (plain, particles) = reference.plain();
    let variance = plain.total_variance() * particles as f64;
    let row = |((name, plan), found): (&(String, Plan), &Measurement)| {
        Row::new((name.clone(), plan.is_biased()), found, &truth, rate, variance)
    };
    Ok(Table {
        what: integrand.text().to_owned(),
        truth: reference.words(),
        labels: reference.slopes.iter().map(Slope::label).collect(),
        plain: reference.plain.0.clone(),
        rows: plans.iter().zip(&found).map(row).collect(),
    })
}
