//! The exact expectation and its gradient, by quadrature and enumeration.
//!
//! An expression is taken apart at its sums; each term is integrated over the independent numbers that it depends on.

mod axis;
mod dirichlet;
mod drawn;
mod integral;
mod line;
mod mixture;
mod normal;
mod product;
mod source;

use rayon::prelude::*;
use reparam_lang::Term;
use reparam_testing::Estimate;

use super::integrand::Integrand;
use super::site::Site;
use drawn::{Drawn, Slope};
use integral::Integral;
use source::{Source, source};

/// What a term may depend on, and how often it may be evaluated: more takes too long.
const MOST_CONTINUOUS: usize = 2;
const MOST_POINTS: usize = 1 << 16;
const MOST_EVALUATIONS: u64 = 1 << 22;
/// The error of an integral, relative to that of |f|, that is asked for, and up to which it is called exact.
const TOLERANCE: f64 = 1e-9;
const ACCEPTED: f64 = 1e-7;
/// What moves the nodes of an integral, in turn until two agree.
const SHIFTS: [f64; 5] = [0.0, 0.137, -0.219, 0.383, -0.457];

/// Where the expectation may not exist.
pub const NO_INTEGRAL: &str = "an integral does not converge";

/// Where it may.
const TOO_LONG: &str = "an integral of the expression takes too long";

/// The exact answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    /// E\[f\].
    pub value: f64,
    /// Its slopes: of each variable, each of its parameters, in each element.
    pub gradient: Vec<Vec<Vec<f64>>>,
}

/// Where a slope counts: the variable, one of the kinds of number that its law has, and one of those.
type Place = [usize; 3];

/// The parts of an answer: the expectation, or a slope of it.
type Found = Vec<(Option<Place>, f64)>;

/// The exact answer for an expression.
///
/// # Errors
/// Why there is none, as the end of a sentence that begins with "no exact answer: ".
pub fn exact(integrand: &Integrand<'_>, sites: &[impl AsRef<Site>]) -> Result<Exact, String> {
    let sites: Vec<&Site> = sites.iter().map(AsRef::as_ref).collect();
    let sources: Vec<Box<dyn Source>> =
        sites.iter().map(|site| source(site, integrand.sees_ends(site))).collect();
    let inputs: Vec<(usize, usize)> = (sites.iter().enumerate())
        .flat_map(|(place, site)| (0..site.width()).map(move |i| (place, i)))
        .collect();
    let breaks: Vec<Option<String>> = sites.iter().map(|site| integrand.breaks_along(site)).collect();
    let terms = integrand.program().terms(0);
    let found: Vec<Found> = terms
        .par_iter()
        .map(|term| of_term(term, &drawn(term, &sources, &inputs)?, &breaks))
        .collect::<Result<_, _>>()?;
    let mut value = 0.0;
    let mut counted: Vec<Vec<Vec<f64>>> = (sources.iter())
        .map(|source| source.lengths().into_iter().map(|length| vec![0.0; length]).collect())
        .collect();
    for (place, part) in found.into_iter().flatten() {
        match place {
            None => value += part,
            Some([site, kind, element]) => counted[site][kind][element] += part,
        }
    }
    let gradient = sources.iter().zip(counted).map(|(source, counted)| source.in_parameters(counted));
    let gradient: Vec<Vec<Vec<f64>>> = gradient.collect();
    // Nothing passes for exact that is not a number.
    let is_finite = value.is_finite() && gradient.iter().flatten().flatten().all(|slope| slope.is_finite());
    if is_finite { Ok(Exact { value, gradient }) } else { Err(NO_INTEGRAL.to_owned()) }
}

/// Nothing where a term may depend on so many continuous numbers.
fn most(continuous: usize) -> Result<(), String> {
    if continuous <= MOST_CONTINUOUS {
        return Ok(());
    }
    Err(format!("a term of the sum depends on {continuous} continuous numbers, more than two"))
}

/// What a term depends on; `inputs` has the variable and the element of it that each input is.
fn drawn(term: &Term, sources: &[Box<dyn Source>], inputs: &[(usize, usize)]) -> Result<Drawn, String> {
    let used: Vec<(usize, usize)> = term.inputs.iter().map(|input| inputs[*input]).collect();
    used.chunk_by(|a, b| a.0 == b.0).try_fold(Drawn::nothing(), |before, used| {
        let elements: Vec<usize> = used.iter().map(|(_, element)| *element).collect();
        Ok(before.and(sources[used[0].0].drawn(used[0].0, &elements)?))
    })
}

/// The expectation of a term, and its slopes in what its elements are drawn from.
///
/// `breaks` says for each variable how the expression may break along it.
fn of_term(term: &Term, drawn: &Drawn, breaks: &[Option<String>]) -> Result<Found, String> {
    let numbers = &drawn.numbers;
    let continuous = numbers.iter().filter(|axis| axis.is_continuous()).count();
    most(continuous)?;
    let points: f64 = numbers.iter().map(|axis| axis.values() as f64).product();
    if points > MOST_POINTS as f64 {
        return Err(format!("there are {points:e} combinations of values"));
    }
    if continuous == 0 {
        return product::of_values(term, drawn).ok_or_else(|| NO_INTEGRAL.to_owned());
    }
    let mut moving = drawn.slopes.iter().filter(|slope| slope.edge.is_some());
    let broken = |slope: &Slope| slope.to.iter().find_map(|([site, ..], _)| breaks[*site].as_deref());
    if let Some((slope, why)) = moving.find_map(|slope| Some((slope, broken(slope)?))) {
        return Err(format!("the ends of {} move and {why}", numbers[slope.moves[0].0].name));
    }
    let coarse = product::coarse(term, drawn);
    if breaks.iter().all(Option::is_none)
        && let Some(coarse) = &coarse
        && let Some(found) = product::of_smooth(term, drawn, coarse)
    {
        return Ok(found);
    }
    if let Some(axis) = numbers.iter().find(|axis| product::lost(axis) > ACCEPTED) {
        return Err(format!("{} comes nearer to an end of its support than numbers tell", axis.name));
    }
    let coarse = coarse.ok_or(TOO_LONG)?;
    let times = |factor: f64| coarse.iter().map(|sum| factor * sum.size).collect::<Vec<f64>>();
    let integral = Integral::new(term, drawn, MOST_EVALUATIONS);
    let values = settled(|shift| integral.over(&times(TOLERANCE), shift), &times(ACCEPTED));
    match values {
        _ if integral.is_exhausted() => Err(TOO_LONG.to_owned()),
        None => Err(NO_INTEGRAL.to_owned()),
        Some(values) => {
            let rounded = values.iter().zip(times(TOLERANCE)).map(|(value, error)| rounded(*value, error));
            Ok(drawn.found(&rounded.collect::<Vec<f64>>()))
        }
    }
}

/// Integrals that are the same for other nodes. What has no integral never is, however small its estimated error; a jump
/// that the error does not tell of is elsewhere for others.
fn settled(integrals: impl Fn(f64) -> Vec<Estimate>, accepted: &[f64]) -> Option<Vec<f64>> {
    let mut before: Vec<Vec<f64>> = Vec::new();
    for shift in SHIFTS {
        let now = integrals(shift);
        let is_good = |(own, accepted): (&Estimate, &f64)| own.error <= *accepted && own.value.is_finite();
        if !now.iter().zip(accepted).all(is_good) {
            return None;
        }
        let now: Vec<f64> = now.iter().map(|own| own.value).collect();
        let agrees = |other: &Vec<f64>| {
            let each = other.iter().zip(&now).zip(accepted);
            each.into_iter().all(|((other, own), accepted)| (own - other).abs() <= *accepted)
        };
        if before.iter().any(agrees) {
            return Some(now);
        }
        before.push(now);
    }
    None
}

/// The value of an integral, where what is below its error is nothing.
fn rounded(value: f64, error: f64) -> f64 {
    if value.abs() <= error { 0.0 } else { value }
}

#[cfg(test)]
mod tests;
