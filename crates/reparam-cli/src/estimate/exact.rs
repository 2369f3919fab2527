//! The exact expectation and its gradient, by quadrature and enumeration.
//!
//! An expression is taken apart at its sums; each term is integrated over the variables that it depends on.

mod axis;
mod smooth;

use std::cell::RefCell;

use rayon::prelude::*;
use reparam_lang::{Batch, Program, Term};
use reparam_testing::Estimate;

use super::site::Site;
use axis::Axis;

/// What a term may depend on: more takes too long.
const MOST_CONTINUOUS: usize = 2;
const MOST_POINTS: usize = 1 << 16;
/// The error of an integral, relative to that of |f|, up to which it is called exact.
const TOLERANCE: f64 = 1e-9;
const ACCEPTED: f64 = 1e-7;
const ROUNDING: f64 = 1e-14;
/// What moves the nodes of an integral.
const SHIFT: f64 = 0.137;

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

/// A number of the answer: the expectation, or a slope of it in one number of one parameter of one variable.
type Place = Option<[usize; 3]>;

/// The exact answer for the expression that `program` computes.
///
/// # Errors
/// Why there is none, as the end of a sentence that begins with "no exact answer: ".
pub fn exact(program: &Program, sites: &[impl AsRef<Site>]) -> Result<Exact, String> {
    let sites: Vec<&Site> = sites.iter().map(AsRef::as_ref).collect();
    let axes = axis::all(&sites);
    let jumps = !program.jumps().is_empty();
    let terms = program.terms(0);
    let parts: Vec<Vec<(Place, f64)>> =
        terms.par_iter().map(|term| of_term(term, &axes, jumps)).collect::<Result<_, _>>()?;
    let zeros = |site: &&Site| {
        let lengths = site.parameters().into_iter().map(|parameter| parameter.length.unwrap_or(1));
        lengths.map(|length| vec![0.0; length]).collect()
    };
    let mut exact = Exact { value: 0.0, gradient: sites.iter().map(zeros).collect() };
    for (place, part) in parts.into_iter().flatten() {
        match place {
            None => exact.value += part,
            Some([site, parameter, element]) => exact.gradient[site][parameter][element] += part,
        }
    }
    Ok(exact)
}

/// The expectation of a term, and its slopes in the parameters of the variables that it depends on.
fn of_term(term: &Term, axes: &[Axis], jumps: bool) -> Result<Vec<(Place, f64)>, String> {
    let used: Vec<&Axis> =
        axes.iter().filter(|axis| term.inputs.iter().any(|input| axis.inputs.contains(input))).collect();
    if let Some(axis) = used.iter().find(|axis| axis.is_unknown()) {
        return Err(format!("{} has neither quantiles nor a list of values", axis.name));
    }
    let continuous = used.iter().filter(|axis| axis.is_continuous()).count();
    if continuous > MOST_CONTINUOUS {
        return Err(format!("a term of the sum depends on {continuous} continuous numbers, more than two"));
    }
    let points: f64 = used.iter().map(|axis| axis.points() as f64).product();
    if points > MOST_POINTS as f64 {
        return Err(format!("there are {points:e} combinations of values"));
    }
    if let [axis] = used.as_slice()
        && axis.is_continuous()
        && !jumps
        && let Some(found) = smooth::of_smooth(term, axis)
    {
        return Ok(found);
    }
    let integral = |weight: &Weight, shift: f64| Integral { term, used: &used, weight, shift }.value();
    let size = integral(&Weight::Size, 0.0).value;
    let accepted = |weight: &Weight, size: f64| {
        let found = integral(weight, 0.0);
        // What has no integral gives another number for other nodes, however small its estimated error.
        let again = if continuous > 0 { integral(weight, SHIFT) } else { found };
        let error = found.error.max((found.value - again.value).abs());
        if error <= ACCEPTED * size && found.value.is_finite() {
            Ok(rounded(found.value, size))
        } else {
            Err(NO_INTEGRAL.to_owned())
        }
    };
    let mut found = vec![(None, accepted(&Weight::One, size)?)];
    for (place, axis) in used.iter().enumerate() {
        for (slope, at) in axis.slopes.iter().enumerate() {
            let weight = if at.is_edge { Weight::Path(place, slope) } else { Weight::Score(place, slope) };
            if at.is_edge && jumps {
                return Err(format!("the ends of {} move and the expression may jump", axis.name));
            }
            // The score has no scale of its own: its size stands for the slope's.
            let size = integral(&Weight::SizeOfScore(place, slope), 0.0).value.max(size);
            found.push((Some(at.place), accepted(&weight, size)?));
        }
    }
    Ok(found)
}

/// The value of an integral, where what is below its rounding is nothing.
fn rounded(value: f64, size: f64) -> f64 {
    if value.abs() <= ROUNDING * size { 0.0 } else { value }
}

/// What a term is multiplied with under the integral.
enum Weight {
    One,
    /// Its sign.
    Size,
    /// The score of an axis in one of its parameters.
    Score(usize, usize),
    /// The size of the same.
    SizeOfScore(usize, usize),
    /// Its own slope along an axis, and the slope of the axis in a parameter.
    Path(usize, usize),
}

struct Integral<'a> {
    term: &'a Term,
    used: &'a [&'a Axis],
    weight: &'a Weight,
    /// Where the range is cut, as a distance from where it usually is.
    shift: f64,
}

impl Integral<'_> {
    fn value(&self) -> Estimate {
        let work = RefCell::new((vec![0.0; self.term.inputs.len()], self.term.program.batch(1)));
        self.over(0, 1.0, &work)
    }

    /// The integral over the axes from `depth` on, at what the axes before it are.
    fn over(&self, depth: usize, factor: f64, work: &RefCell<(Vec<f64>, Batch<'_>)>) -> Estimate {
        let Some(axis) = self.used.get(depth) else {
            return Estimate { value: factor * self.at(&mut work.borrow_mut()), error: 0.0 };
        };
        axis.integrate(if depth == 0 { TOLERANCE } else { 0.1 * TOLERANCE }, self.shift, |point| {
            for (slot, input) in work.borrow_mut().0.iter_mut().zip(&self.term.inputs) {
                if axis.inputs.contains(input) {
                    *slot = point.values()[input - axis.inputs.start];
                }
            }
            let own = match *self.weight {
                Weight::Score(place, slope) if place == depth => point.score(slope),
                Weight::SizeOfScore(place, slope) if place == depth => point.score(slope).abs(),
                Weight::Path(place, slope) if place == depth => point.path(slope),
                _ => 1.0,
            };
            // Where the score is nothing, so is the product.
            if own == 0.0 { 0.0 } else { self.over(depth + 1, factor * own, work).value }
        })
    }

    /// The term, or its slope, at the point reached.
    fn at(&self, (inputs, batch): &mut (Vec<f64>, Batch<'_>)) -> f64 {
        for (place, x) in inputs.iter().enumerate() {
            batch.input_mut(place)[0] = *x;
        }
        batch.evaluate(1);
        match self.weight {
            Weight::One | Weight::Score(..) => batch.output(0)[0],
            Weight::Size | Weight::SizeOfScore(..) => batch.output(0)[0].abs(),
            Weight::Path(place, _) => {
                batch.differentiate(0);
                let along = self.used[*place].inputs.start;
                let input = self.term.inputs.iter().position(|input| *input == along);
                batch.slope(input.expect("the term depends on the axis"))[0]
            }
        }
    }
}
