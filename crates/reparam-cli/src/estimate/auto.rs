//! Which estimator for which variable, by trying them.

use std::cell::OnceCell;
use std::rc::Rc;

use super::integrand::Integrand;
use super::joint::Joint;
use super::method::{METHODS, Method};
use super::page::figure;
use super::site::Site;
use super::trial::{Cost, Methods, Trials};
use crate::error::Result;

/// The work of the trials together, shared by the candidates: some tenths of a second.
const BUDGET: f64 = 3e8;
/// The most work of the first trial of one.
const MOST: f64 = 3e8;
/// Evaluations of the expression in one repetition beyond which an estimator is not tried, nor taken for one of `all`.
pub const MOST_EVALUATIONS: usize = 300;

/// The methods for each variable, and why these.
pub struct Choice {
    /// One for each variable.
    pub methods: Methods,
    /// A sentence with the numbers of the trial.
    pub reason: String,
}

/// The unbiased methods that are for a variable and not out of all proportion.
fn candidates(site: &Site, integrand: &Integrand<'_>) -> Vec<&'static Method> {
    let fits = |method: &&Method| {
        !method.biased
            && method.suits(site, integrand)
            && (method.evaluations)(site, method.particles) <= MOST_EVALUATIONS
    };
    METHODS.iter().filter(fits).collect()
}

/// What serves in general: through the draw, or the score function with the other draws as baseline.
pub fn general(site: &Site, integrand: &Integrand<'_>) -> Option<&'static Method> {
    METHODS.iter().filter(|method| method.serves).find(|method| method.suits(site, integrand))
}

/// Tries what serves in general and the unbiased estimators that are for all variables, then those for one variable after
/// another while the others have what was chosen so far, and takes each time what has the least variance × time in a run of
/// so many draws.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says.
pub fn choose(
    sites: &[Rc<Site>],
    joint: &Joint,
    integrand: &Rc<Integrand<'_>>,
    (samples, seed): (u64, u64),
    mut step: impl FnMut() -> Result<()>,
) -> Result<Option<Choice>> {
    let all: Vec<Vec<&'static Method>> = sites.iter().map(|site| candidates(site, integrand)).collect();
    let start: Option<Methods> = sites
        .iter()
        .zip(&all)
        .map(|(site, candidates)| general(site, integrand).or_else(|| candidates.first().copied()))
        .collect();
    let Some(mut methods) = start else { return Ok(None) };
    let share = BUDGET / all.iter().map(Vec::len).sum::<usize>().max(1) as f64;
    let trials =
        Trials { sites, joint, integrand, samples, seed, share, most: MOST, reference: OnceCell::new() };
    let mut reasons = Vec::new();
    if sites.len() > 1 {
        let fits_all =
            |method: &&&Method| all.iter().all(|candidates| candidates.iter().any(|own| own.is(method)));
        let alike = all[0].iter().filter(fits_all).map(|method| vec![*method; sites.len()]);
        let plans: Vec<Methods> = std::iter::once(methods.clone()).chain(alike).collect();
        if let Some((best, _)) = trials.ranked(&plans, &mut step)?.first() {
            methods.clone_from(&plans[*best]);
        }
    }
    for (place, candidates) in all.iter().enumerate() {
        let with = |method: &&'static Method| {
            let mut plan = methods.clone();
            plan[place] = method;
            plan
        };
        let plans: Vec<Methods> = candidates.iter().map(with).collect();
        let found = trials.ranked(&plans, &mut step)?;
        let why = match found[..] {
            _ if candidates.len() == 1 => "the only unbiased one".to_owned(),
            [] => "trials are too much work".to_owned(),
            [_] => "trials of the others are too much work".to_owned(),
            [(_, best), (next, cost), ..] => over(&best, candidates[next], &cost),
        };
        methods[place] = found.first().map_or(methods[place], |(best, _)| candidates[*best]);
        reasons.push(format!("{} by {} ({why})", sites[place].name, methods[place].name));
    }
    Ok(Some(Choice { methods, reason: reasons.join("; ") }))
}

/// What is better about the best.
fn over(best: &Cost, next: &Method, cost: &Cost) -> String {
    let times = if cost.product() > 0.0 { cost.product() / best.product() } else { cost.work / best.work };
    if cost.product() == 0.0 {
        format!("without noise, as {} is, for {} times less work", next.name, figure(times))
    } else if times.is_finite() {
        format!("{} times less variance × work than {}", figure(times), next.name)
    } else {
        format!("without the noise of {}", next.name)
    }
}
