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

use std::cell::Cell;

use rayon::prelude::*;
use reparam_lang::{Program, Term};
use reparam_testing::Estimate;

use super::site::Site;
use drawn::Drawn;
use integral::{Integral, Of};
use source::{Source, source};

/// What a term may depend on, and how often it may be evaluated: more takes too long.
const MOST_CONTINUOUS: usize = 2;
const MOST_POINTS: usize = 1 << 16;
const MOST_EVALUATIONS: u64 = 1 << 23;
/// The error of an integral, relative to that of |f|, up to which it is called exact.
const ACCEPTED: f64 = 1e-7;
const ROUNDING: f64 = 1e-14;
/// What moves the nodes of an integral, in turn until two agree.
const SHIFTS: [f64; 5] = [0.0, 0.137, -0.219, 0.383, -0.457];

/// Where the expectation may not exist.
pub const NO_INTEGRAL: &str = "an integral does not converge";

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

/// The exact answer for the expression that `program` computes.
///
/// # Errors
/// Why there is none, as the end of a sentence that begins with "no exact answer: ".
pub fn exact(program: &Program, sites: &[impl AsRef<Site>]) -> Result<Exact, String> {
    let sites: Vec<&Site> = sites.iter().map(AsRef::as_ref).collect();
    let sources: Vec<Box<dyn Source>> = sites.iter().map(|site| source(site)).collect();
    let inputs: Vec<(usize, usize)> = (sites.iter().enumerate())
        .flat_map(|(place, site)| (0..site.width()).map(move |i| (place, i)))
        .collect();
    let jumps = !program.jumps().is_empty();
    let terms = program.terms(0);
    let found: Vec<Found> = terms
        .par_iter()
        .map(|term| of_term(term, &drawn(term, &sources, &inputs)?, jumps))
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
    Ok(Exact { value, gradient: gradient.collect() })
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
fn of_term(term: &Term, drawn: &Drawn, jumps: bool) -> Result<Found, String> {
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
    if let Some(slope) = drawn.slopes.iter().find(|slope| slope.edge.is_some() && jumps) {
        return Err(format!(
            "the ends of {} move and the expression may jump",
            numbers[slope.moves[0].0].name
        ));
    }
    if !jumps && let Some(found) = product::of_smooth(term, drawn) {
        return Ok(found);
    }
    if continuous > 1 {
        return Err(
            "a term of two continuous numbers is not smooth, or its integral does not converge".to_owned()
        );
    }
    if let Some(axis) = numbers.iter().find(|axis| product::lost(axis) > ACCEPTED) {
        return Err(format!("{} comes nearer to an end of its support than numbers tell", axis.name));
    }
    let left = Cell::new(MOST_EVALUATIONS);
    let integral = Integral { term, drawn, left: &left };
    let size = integral.over(Of::Size, None, 0.0).value;
    let slopes = std::iter::once(None).chain(drawn.slopes.iter().map(Some));
    let mut found = Vec::new();
    for slope in slopes {
        // The score has no scale of its own: its size stands for the slope's.
        let size = if slope.is_some() { integral.over(Of::Size, slope, 0.0).value.max(size) } else { size };
        let settled = settled(|shift| integral.over(Of::Value, slope, shift), ACCEPTED * size);
        if left.get() == 0 {
            return Err("an integral of the expression takes too long".to_owned());
        }
        let value = rounded(settled.ok_or(NO_INTEGRAL)?, size);
        match slope {
            None => found.push((None, value)),
            Some(slope) => found.extend(slope.to.iter().map(|(place, often)| (Some(*place), often * value))),
        }
    }
    Ok(found)
}

/// An integral that is the same for other nodes. What has no integral never is, however small its estimated error; a jump
/// between a node and the end of a piece, which no error tells, is elsewhere for others.
fn settled(integral: impl Fn(f64) -> Estimate, accepted: f64) -> Option<f64> {
    let mut before: Vec<f64> = Vec::new();
    for shift in SHIFTS {
        let Estimate { value, error } = integral(shift);
        // Also where something is no number.
        if !(error <= accepted && value.is_finite()) {
            return None;
        }
        if before.iter().any(|other| (value - other).abs() <= accepted) {
            return Some(value);
        }
        before.push(value);
    }
    None
}

/// The value of an integral, where what is below its rounding is nothing.
fn rounded(value: f64, size: f64) -> f64 {
    if value.abs() <= ROUNDING * size { 0.0 } else { value }
}

#[cfg(test)]
mod tests;
