//! The estimates on their way, and their variance against a parameter.

use std::rc::Rc;

use reparam::{Measurement, Rng};
use reparam_kernels::law::Domain;

use super::integrand::Integrand;
use super::joint::Joint;
use super::page::Slope;
use super::plan::Plan;
use super::run::run;
use super::site::Site;
use super::{Estimated, slopes};
use crate::error::Result;
use crate::plot::{Axis, Band, Chart, Line, Tint, sheet};

/// Values of the parameter at which the variance is measured, and draws for each.
const VALUES: usize = 13;
const DRAWS: u64 = 4096;
/// Standard errors on each side of an estimate.
const BAND: f64 = 2.0;
/// Width and height of a chart.
const SIZE: (f64, f64) = (480.0, 380.0);

/// One slope on its way: draws so far, mean, standard error.
#[derive(Clone, Debug, Default)]
pub struct Trail(Vec<(f64, f64, f64)>);

impl Trail {
    /// One point more.
    pub fn push(&mut self, draws: u64, slope: &Slope, so_far: &Measurement) {
        let moments = slope.moments(so_far);
        self.0.push((draws as f64, moments.mean(), moments.standard_error()));
    }
}

/// The variance of one evaluation against a parameter.
pub struct Variances {
    /// The parameter.
    label: String,
    /// For each estimator, value and variance.
    curves: Vec<(String, Vec<(f64, f64)>)>,
}

/// Measures the plans while the first parameter of the first variable moves; `None` where it is not a number of a law on
/// the line.
///
/// # Errors
/// A draw at which the expression is not finite, or whatever `step` says.
pub fn variances<'a>(
    sites: &[Rc<Site>],
    joint: &Joint,
    integrand: &Rc<Integrand<'_>>,
    plans: impl Iterator<Item = (&'a str, &'a Plan)>,
    seed: u64,
    mut step: impl FnMut() -> Result<()>,
) -> Result<Option<Variances>> {
    let Some(slope) = slopes(sites).into_iter().next() else { return Ok(None) };
    let Some((law, theta)) = sites[slope.site].line().and_then(|laws| laws.into_iter().next()) else {
        return Ok(None);
    };
    let Some(parameter) = sites[slope.site].parameters().into_iter().next() else { return Ok(None) };
    let values = values(law.parameters[parameter.place].domain, theta[parameter.place]);
    let mut curves = Vec::new();
    for (name, plan) in plans {
        let mut curve = Vec::new();
        for value in &values {
            let joint = joint.moved(slope.site, parameter.place, *value);
            let mut rng = Rng::new(seed);
            let outcome = run(&mut plan.fresh(), &joint, integrand, DRAWS, &mut rng, |_, _| step())?;
            curve.push((*value, outcome.variance_by_evaluation()));
        }
        curves.push((name.to_owned(), curve));
    }
    Ok(Some(Variances { label: slope.label(), curves }))
}

/// Values around `at` that a parameter may have.
fn values(domain: Domain, at: f64) -> Vec<f64> {
    let along = (0..VALUES).map(|i| 2.0 * i as f64 / (VALUES - 1) as f64 - 1.0);
    match domain {
        Domain::Probability
        | Domain::OpenProbability
        | Domain::PositiveProbability
        | Domain::UncertainProbability => along.map(|t| 0.5 + 0.48 * t).collect(),
        Domain::Real | Domain::Extended => along.map(|t| at + 3.0 * at.abs().max(1.0) * t).collect(),
        _ => along.map(|t| at * (4f64.ln() * t).exp()).collect(),
    }
}

/// Both charts as an SVG file.
pub fn picture(estimated: &Estimated<'_>, variances: Option<&Variances>) -> String {
    let mut charts = Vec::new();
    if let Some(slope) = slopes(estimated.sites).first() {
        let title = format!("d/d {} ± {BAND} standard errors", slope.label());
        charts.push((title, trails(estimated, slope)));
    }
    if let Some(variances) = variances {
        let title = "variance of the gradient for one evaluation".to_owned();
        charts.push((title, curves(variances)));
    }
    sheet(&format!("Gradient of E[{}]", estimated.expression), &charts)
}

fn trails(estimated: &Estimated<'_>, slope: &Slope) -> Chart {
    let (width, height) = SIZE;
    let mut chart = Chart::new(format!("Estimates of the slope in {} by draws", slope.label()))
        .size(width, height)
        .x(Axis::linear("draws").powers().tight())
        .y(Axis::linear("slope"));
    let points = || estimated.rows.iter().map(|row| &row.trail.0);
    // The first few draws of one estimator would leave no room for the others.
    let least = points().filter_map(|trail| trail.first()).map(|first| first.0).fold(0.0, f64::max);
    for (place, trail) in points().enumerate() {
        let seen = || trail.iter().filter(|(draws, ..)| *draws >= least);
        let band =
            seen().map(|(draws, mean, error)| (draws.log10(), mean - BAND * error, mean + BAND * error));
        chart = chart.mark(Band::new(band.collect()).tint(Tint::Series(place)));
    }
    for (place, row) in estimated.rows.iter().enumerate() {
        let line = row.trail.0.iter().filter(|(draws, ..)| *draws >= least);
        let line = line.map(|(draws, mean, _)| (draws.log10(), *mean)).collect();
        chart = chart.mark(Line::new(&row.name, line).tint(Tint::Series(place)));
    }
    if let Ok(exact) = &estimated.exact {
        let most = points().filter_map(|trail| trail.last()).map(|last| last.0).fold(least, f64::max);
        let truth = slope.of(exact);
        let ends = [least, most].map(|draws| (draws.max(1.0).log10(), truth));
        chart = chart.mark(Line::new("exact", ends.to_vec()).tint(Tint::Muted));
    }
    chart
}

fn curves(variances: &Variances) -> Chart {
    let (width, height) = SIZE;
    let mut chart = Chart::new(format!("Variance of the gradient against {}", variances.label))
        .size(width, height)
        .x(Axis::linear(&variances.label).tight())
        .y(Axis::linear("variance").powers());
    for (place, (name, curve)) in variances.curves.iter().enumerate() {
        // A variance of 0 has no place on this axis.
        let points = curve.iter().map(|(value, variance)| (*value, variance.log10())).collect();
        chart = chart.mark(Line::new(name, points).tint(Tint::Series(place)));
    }
    chart
}
