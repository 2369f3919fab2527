//! Which estimator for which variable, by trying them.

use std::rc::Rc;

use reparam::{Measurement, Rng};

use super::integrand::Integrand;
use super::joint::Joint;
use super::method::{METHODS, Method};
use super::page::{figure, slopes};
use super::plan::Plan;
use super::run::run_fast;
use super::site::Site;
use crate::error::Result;

/// How often each estimator is tried, and draws of each trial.
const TRIALS: u64 = 5;
const DRAWS: u64 = 512;
/// Evaluations of the expression in one repetition beyond which an estimator is not tried, nor taken for one of `all`.
pub const MOST_EVALUATIONS: usize = 300;

/// The methods for each variable, and why these.
pub struct Choice {
    /// One for each variable.
    pub methods: Vec<&'static Method>,
    /// A sentence with the numbers of the trial.
    pub reason: String,
}

/// The unbiased methods that are for a variable and not out of all proportion.
fn candidates(site: &Site, jumps: bool) -> Vec<&'static Method> {
    let fits = |method: &&Method| {
        !method.biased
            && method.suits(site, jumps)
            && (method.evaluations)(site, method.particles) <= MOST_EVALUATIONS
    };
    METHODS.iter().filter(fits).collect()
}

/// What serves in general: through the draw, or the score function with the other draws as baseline.
pub fn general(site: &Site, jumps: bool) -> Option<&'static Method> {
    ["pathwise", "score-loo"].iter().filter_map(|name| Method::named(name)).find(|m| m.suits(site, jumps))
}

/// Tries the unbiased estimators for one variable after another, while the others have what was chosen so far, and takes
/// the one with the least variance × time, over the gradient in that variable's parameters.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says.
pub fn choose(
    sites: &[Rc<Site>],
    joint: &Joint,
    integrand: &Rc<Integrand<'_>>,
    seed: u64,
    mut step: impl FnMut() -> Result<()>,
) -> Result<Option<Choice>> {
    let jumps = integrand.jump().is_some();
    let start: Option<Vec<&'static Method>> = sites
        .iter()
        .map(|site| general(site, jumps).or_else(|| candidates(site, jumps).first().copied()))
        .collect();
    let Some(mut methods) = start else { return Ok(None) };
    let mut reasons = Vec::new();
    for (place, site) in sites.iter().enumerate() {
        let mut found: Vec<(&'static Method, f64)> = Vec::new();
        for method in candidates(site, jumps) {
            let mut tried = methods.clone();
            tried[place] = method;
            let (mut measured, mut times) = (Measurement::default(), Vec::new());
            for trial in 0..TRIALS {
                // The numbers of the run itself are others.
                let seed = Rng::new(seed).split(u64::MAX - trial).seed();
                let mut plan = Plan::new(&tried);
                let outcome = run_fast(&mut plan, joint, integrand, DRAWS, seed, |_| step())?;
                let own = &outcome.measurement;
                times.push(own.seconds_each());
                measured.merge(own);
            }
            // The middle one: others may use the processor too.
            times.sort_by(f64::total_cmp);
            let seconds = times[times.len() / 2];
            let variance: f64 = slopes(sites)
                .iter()
                .filter(|slope| slope.site == place)
                .map(|slope| slope.moments(&measured).variance())
                .sum();
            found.push((method, variance * seconds));
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        let Some(&(best, least)) = found.first() else { continue };
        methods[place] = best;
        reasons.push(reason(&site.name, best, least, &found[1..]));
    }
    Ok(Some(Choice { methods, reason: reasons.join("; ") }))
}

fn reason(site: &str, best: &Method, least: f64, others: &[(&'static Method, f64)]) -> String {
    match others.first() {
        None => format!("{site} by {}, the only unbiased one", best.name),
        Some((next, cost)) => {
            let times = cost / least;
            let than = if times.is_finite() {
                format!("{} times less variance × time than {}", figure(times), next.name)
            } else {
                format!("without the noise of {}", next.name)
            };
            format!("{site} by {} ({than})", best.name)
        }
    }
}
