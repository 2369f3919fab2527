//! What is integrated or summed over: one number that is drawn, or a vector of a few values.

use std::ops::Range;

use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::Level;
use reparam_lang::Value;
use reparam_testing::{Estimate, integrate};

use crate::catalog::Law;
use crate::estimate::integrand::element_names;
use crate::estimate::site::{Parameter, Site};

/// A number, or a few that are drawn together.
pub struct Axis {
    /// What it is called.
    pub name: String,
    /// Which inputs of the expression it is.
    pub inputs: Range<usize>,
    /// The slopes that its draws have.
    pub slopes: Vec<Slope>,
    kind: Kind,
}

/// A number that the axis' law depends on.
pub struct Slope {
    /// Variable, parameter, and element of it.
    pub place: [usize; 3],
    /// Whether an end of the support moves with it, at which the density does not vanish.
    pub is_edge: bool,
    /// The place of the parameter in the law.
    argument: usize,
}

enum Kind {
    Continuous(&'static Univariate, Vec<f64>),
    Discrete(Vec<Atom>),
    Unknown,
}

/// A value of a discrete axis.
struct Atom {
    values: Vec<f64>,
    probability: f64,
    scores: Vec<f64>,
}

/// A point of an axis, for the function that is integrated.
pub enum Point<'a> {
    /// At a level of a law.
    Level {
        law: &'static Univariate,
        theta: &'a [f64],
        level: Level<f64>,
        value: [f64; 1],
        slopes: &'a [Slope],
    },
    /// A value.
    Atom { values: &'a [f64], scores: &'a [f64] },
}

/// Levels between which a discrete law is summed.
const FADED: f64 = 1e-100;
/// The log-odds of the levels between which a continuous law is integrated, in pieces.
const LOG_ODDS: [f64; 5] = [-700.0, -36.0, 0.0, 36.0, 700.0];

impl Axis {
    /// Whether it is integrated rather than summed over.
    pub fn is_continuous(&self) -> bool {
        matches!(self.kind, Kind::Continuous(..))
    }

    /// Whether there is no way to do either.
    pub fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown)
    }

    /// How many values are summed over.
    pub fn points(&self) -> usize {
        if let Kind::Discrete(atoms) = &self.kind { atoms.len() } else { 1 }
    }

    /// The point of a continuous axis at these log-odds of the level, and its weight: dF/dt. `None` where no number tells it
    /// from an end of the support, so that it has no weight.
    pub fn at(&self, t: f64) -> Option<(f64, Point<'_>)> {
        let Kind::Continuous(law, theta) = &self.kind else { return None };
        let level = Level::logit(t);
        let value = [law.quantile?(level, theta)];
        let weight = level.lower * level.upper;
        let (low, high) = (law.support)(theta).ends();
        let is_inner = low < value[0] && value[0] < high && weight > 0.0;
        is_inner.then_some((weight, Point::Level { law, theta, level, value, slopes: &self.slopes }))
    }

    /// E\[f\] over this axis; the range of a continuous one is cut at places moved by `shift`.
    pub fn integrate(&self, tolerance: f64, shift: f64, f: impl Fn(&Point<'_>) -> f64) -> Estimate {
        match &self.kind {
            Kind::Unknown => Estimate { value: f64::NAN, error: f64::NAN },
            Kind::Discrete(atoms) => {
                let at = |atom: &Atom| {
                    atom.probability * f(&Point::Atom { values: &atom.values, scores: &atom.scores })
                };
                Estimate { value: atoms.iter().map(at).sum(), error: 0.0 }
            }
            Kind::Continuous(..) => {
                let weighted = |t: f64| self.at(t).map_or(0.0, |(weight, point)| weight * f(&point));
                // What has not faded where the levels end is not all there is.
                let left_over = (weighted(LOG_ODDS[0]).abs() + weighted(LOG_ODDS[4]).abs()) * LOG_ODDS[4];
                LOG_ODDS.windows(2).fold(Estimate { value: 0.0, error: left_over }, |sum, ends| {
                    let piece = integrate(weighted, ends[0] + shift, ends[1] + shift, tolerance);
                    Estimate { value: sum.value + piece.value, error: sum.error + piece.error }
                })
            }
        }
    }
}

impl Point<'_> {
    /// The draw.
    pub fn values(&self) -> &[f64] {
        match self {
            Self::Level { value, .. } => value,
            Self::Atom { values, .. } => values,
        }
    }

    /// ∂ ln p / ∂θ.
    pub fn score(&self, slope: usize) -> f64 {
        match self {
            Self::Level { law, theta, value, slopes, .. } => {
                (law.log_prob_slopes)(value[0], theta)[1 + slopes[slope].argument]
            }
            Self::Atom { scores, .. } => scores[slope],
        }
    }

    /// ∂z/∂θ.
    pub fn path(&self, slope: usize) -> f64 {
        match self {
            Self::Level { law, theta, level, slopes, .. } => {
                law.quantile_slopes.map_or(f64::NAN, |of| of(*level, theta)[slopes[slope].argument])
            }
            Self::Atom { .. } => f64::NAN,
        }
    }
}

/// The axes of all variables, in the order of their inputs.
pub fn all(sites: &[&Site]) -> Vec<Axis> {
    let mut start = 0;
    let mut axes = Vec::new();
    for (place, site) in sites.iter().enumerate() {
        let inputs = start..start + site.width();
        start = inputs.end;
        match site.line() {
            Some(laws) => {
                let names = element_names(site);
                axes.extend(laws.into_iter().zip(names).enumerate().map(
                    |(element, ((law, theta), name))| {
                        on_the_line(
                            law,
                            theta,
                            name,
                            inputs.start + element,
                            &slopes_of_line(site, place, element),
                            site.has_seam(),
                        )
                    },
                ));
            }
            None => axes.push(in_space(site, place, inputs)),
        }
    }
    axes
}

fn slopes_of_line(site: &Site, place: usize, element: usize) -> Vec<([usize; 3], Parameter)> {
    let parameters = site.parameters().into_iter().enumerate();
    parameters
        .map(|(own, parameter)| ([place, own, parameter.length.map_or(0, |_| element)], parameter))
        .collect()
}

fn on_the_line(
    law: &'static Univariate,
    theta: &[f64],
    name: String,
    input: usize,
    parameters: &[([usize; 3], Parameter)],
    has_seam: bool,
) -> Axis {
    let slope = |(place, parameter): &([usize; 3], Parameter)| Slope {
        place: *place,
        is_edge: law.parameters[parameter.place].is_edge || has_seam && parameter.name == "loc",
        argument: parameter.place,
    };
    let slopes: Vec<Slope> = parameters.iter().map(slope).collect();
    let kind = match law.quantile {
        None => Kind::Unknown,
        Some(_) if !(law.support)(theta).is_discrete() => Kind::Continuous(law, theta.to_vec()),
        Some(quantile) => {
            let [low, high] =
                [(FADED, 1.0), (1.0, FADED)].map(|(lower, upper)| quantile(Level { lower, upper }, theta));
            if (high - low) < 65_536.0 {
                let points = (0..=(high - low) as usize).map(|k| low + k as f64);
                Kind::Discrete(points.map(|x| atom_of_line(law, theta, x, &slopes)).collect())
            } else {
                Kind::Unknown
            }
        }
    };
    Axis { name, inputs: input..input + 1, slopes, kind }
}

fn atom_of_line(law: &Univariate, theta: &[f64], x: f64, slopes: &[Slope]) -> Atom {
    let scores = (law.log_prob_slopes)(x, theta);
    Atom {
        values: vec![x],
        probability: (law.log_prob)(x, theta).exp(),
        scores: slopes.iter().map(|slope| scores[1 + slope.argument]).collect(),
    }
}

/// A distribution over a few classes.
fn in_space(site: &Site, place: usize, inputs: Range<usize>) -> Axis {
    let mut axis = Axis { name: site.name.clone(), inputs, slopes: Vec::new(), kind: Kind::Unknown };
    let Some(parameter) = site.parameters().into_iter().next() else { return axis };
    let classes = parameter.length.unwrap_or(1);
    let Some(values) = site.values() else { return axis };
    let points = values.concat().into_iter().map(|value| match value.as_slice() {
        [class] => Value::Number(*class),
        _ => Value::Vector(value),
    });
    let points: Vec<Value<'static>> = points.collect();
    let slope = |element| Slope { place: [place, 0, element], is_edge: false, argument: parameter.place };
    let atoms: Option<Vec<Atom>> =
        points.iter().map(|point| atom_of_space(site.law(0), &parameter.name, point)).collect();
    if let Some(atoms) = atoms {
        axis.slopes = (0..classes).map(slope).collect();
        axis.kind = Kind::Discrete(atoms);
    }
    axis
}

fn atom_of_space(law: &dyn Law, parameter: &str, point: &Value<'_>) -> Option<Atom> {
    let Value::Number(probability) = law.evaluate("prob", Some(point)).ok()? else { return None };
    let Value::Vector(scores) = law.evaluate(&format!("log_prob_grad_{parameter}"), Some(point)).ok()? else {
        return None;
    };
    let values = match point {
        Value::Number(x) => vec![*x],
        Value::Vector(items) => items.clone(),
        _ => return None,
    };
    Some(Atom { values, probability, scores })
}
