//! The common mistakes, looked for in the variables of an expression.

use std::rc::Rc;

use burn::tensor::Tensor;
use reparam::Rng;
use reparam::checks::{self, Check, Mistake};
use reparam::shape::sum_event;
use reparam_kernels::law::Domain;
use reparam_lang::{Matrix, Value};
use reparam_testing::Moments;

use super::worst;
use crate::catalog::{Form, Given, Law, Relation, law, relation};
use crate::error::Result;
use crate::estimate::{Integrand, Joint, Parameter, Site};

/// Draws by which a divergence is held against its closed form.
const DRAWS: usize = 4000;
/// How much a parameter is moved, relative to itself.
const MOVED: f64 = 0.1;
/// How far an entry of a matrix is moved, relative to the largest.
const STEP: f64 = 0.01;
/// Parts of a level by which the same noise may differ, for all that rounding does.
const SAME_LEVEL: f64 = 1e-6;

/// A check of a variable.
pub type Named = (String, Check);

/// All checks, with those of the number of samples and of the spread of the draws that were made before.
///
/// # Errors
/// A draw at which the expression is not finite.
pub fn mistakes(
    sites: &[Rc<Site>],
    joint: &Joint,
    integrand: &Integrand<'_>,
    samples: Check,
    spread: Vec<Named>,
    rate: f64,
    rng: &mut Rng,
) -> Result<Vec<Check>> {
    let each = |check: &mut dyn FnMut(&Site, &Joint) -> Option<Check>| each(sites, joint, check);
    let rounded = is_rounded(&spread);
    // Levels and densities of draws that are rounded say nothing.
    let noise = each(&mut |site, _| if rounded { None } else { noise(site, rng) });
    let divergence = each(&mut |site, _| if rounded { None } else { divergence(site, rate, rng) });
    let discrete = each(&mut |site, own| {
        let f = |_: &Joint, z: Tensor<2>| sum_event(z);
        has_draws_that_move(site, own, rng).then(|| checks::discrete(own, f, None, rate, rng))
    });
    let covariance = each(&mut |site, own| covariance(site, own));
    let shapes = checks::shapes(joint, |z| integrand.at(z));
    integrand.check()?;
    let or_rounded = |otherwise| if rounded { "the draws are rounded, see below" } else { otherwise };
    Ok(vec![
        worst(
            Mistake::GradientThroughNoise,
            noise,
            or_rounded("looked for where a draw is a single number, by a formula of its noise"),
        ),
        Check::does_not_apply(Mistake::UnconstrainedScale, constraints(sites)),
        worst(
            Mistake::ScaleMistaken,
            divergence,
            or_rounded("there is no divergence in closed form to others of the kind"),
        ),
        samples,
        shapes,
        worst(Mistake::DiscretePath, discrete, "draws are discrete, and no gradient goes through them"),
        worst(Mistake::TinyScale, spread, "no gradient goes through the draws"),
        worst(
            Mistake::CovarianceWithoutCholesky,
            covariance,
            "no parameter is a covariance or a factor of one",
        ),
    ])
}

/// A check of each variable that it applies to, with its name.
fn each(
    sites: &[Rc<Site>],
    joint: &Joint,
    check: &mut dyn FnMut(&Site, &Joint) -> Option<Check>,
) -> Vec<Named> {
    let own =
        |(place, site): (usize, &Rc<Site>)| Some((site.name.clone(), check(site, &joint.some(&[place]))?));
    sites.iter().enumerate().filter_map(own).collect()
}

/// Whether the draws of each variable that a gradient goes through differ.
pub fn spread(sites: &[Rc<Site>], joint: &Joint, rng: &mut Rng) -> Vec<Named> {
    each(sites, joint, &mut |site, own| site.has_path().then(|| checks::spread(own, rng)))
}

/// Whether rounding hides the noise of one of them.
pub fn is_rounded(spread: &[Named]) -> bool {
    spread.iter().any(|(_, check)| check.failed())
}

/// Whether there are draws that carry a gradient, right or wrong.
fn has_draws_that_move(site: &Site, own: &Joint, rng: &mut Rng) -> bool {
    let moving = own.parts().next().map(|(_, arguments)| site.law(0).rows(arguments, 1));
    matches!(moving, Some(Ok(law)) if law.rsample(rng).is_some())
}

/// Whether the same generator makes draws of the same level for other parameters, where draws are a function of noise.
fn noise(site: &Site, rng: &mut Rng) -> Option<Check> {
    let laws = site.line()?;
    let (law, theta) = laws[0];
    let (cdf, sampler) = (law.cdf?, law.sampler?);
    law.noise?;
    let other: Vec<f64> = theta.iter().map(|x| x + MOVED * if *x == 0.0 { 1.0 } else { x.abs() }).collect();
    let other =
        if (law.check)(&other).is_ok() { other } else { theta.iter().map(|x| x * (1.0 - MOVED)).collect() };
    (law.check)(&other).ok()?;
    let draws = 100;
    let first = rng.counter();
    let level = |draw: u64, theta: &[f64]| {
        let mut bits = Rng::from_state(rng.seed(), first + draw).element();
        cdf(sampler.coordinate.value((sampler.draw)(&mut bits, theta)), theta)
    };
    let apart = (0..draws).map(|draw| (level(draw, theta) - level(draw, &other)).abs()).fold(0.0, f64::max);
    let _ = rng.take(draws as usize);
    let mistake = Mistake::GradientThroughNoise;
    Some(if apart <= SAME_LEVEL {
        let detail =
            format!("{draws} draws stay at the same level of the distribution when its parameters move");
        Check::new(mistake, checks::Verdict::Passed, detail)
    } else {
        let detail =
            format!("the level of a draw moves by {apart:.2e} with the parameters, as if its noise did");
        Check::new(mistake, checks::Verdict::Failed, detail)
    })
}

/// Which parameters would leave their domain if they were learned as they are.
fn constraints(sites: &[Rc<Site>]) -> String {
    let of_site = |site: &Rc<Site>| {
        let bounded = site.parameters().into_iter().filter(|own| is_bounded(site, own));
        bounded.map(|own| format!("{}.{}", site.name, own.name)).collect::<Vec<_>>()
    };
    let bounded: Vec<String> = sites.iter().flat_map(of_site).collect();
    if bounded.is_empty() {
        return "no parameter is bounded".to_owned();
    }
    format!(
        "the parameters are fixed numbers here; where {} {} learned, learn an unconstrained number in its place",
        bounded.join(", "),
        if bounded.len() == 1 { "is" } else { "are" }
    )
}

/// Whether a parameter may not be any number.
fn is_bounded(site: &Site, own: &Parameter) -> bool {
    match site.line() {
        Some(laws) => !matches!(laws[0].0.parameters[own.place].domain, Domain::Real | Domain::Extended),
        // Of a mixture, `components.loc`.
        None => !["loc", "logits"].contains(&own.name.rsplit('.').next().unwrap_or_default()),
    }
}

/// The divergence to the same law with its parameters moved, in closed form and by draws.
fn divergence(site: &Site, rate: f64, rng: &mut Rng) -> Option<Check> {
    let given = site.given();
    // A scale rather than a location, so that the two laws overlap.
    let all = site.parameters();
    let scales: Vec<usize> = all.iter().filter(|own| is_bounded(site, own)).map(|own| own.place).collect();
    let moving = if scales.is_empty() { all.iter().map(|own| own.place).collect() } else { scales };
    if moving.is_empty() {
        return None;
    }
    let moved = |by: f64| {
        let values = given.values.iter().enumerate().map(|(place, value)| match value {
            _ if !moving.contains(&place) => value.clone(),
            Value::Number(x) => Value::Number(x + by * if *x == 0.0 { 1.0 } else { x.abs() }),
            Value::Vector(items) => Value::Vector(items.iter().map(|x| x * (1.0 + by)).collect()),
            Value::Matrix(rows) => {
                let items = rows.items.iter().map(|x| x * (1.0 + by)).collect();
                Value::Matrix(Matrix { items, ..rows.clone() })
            }
            Value::Distribution(_) => value.clone(),
        });
        Given { values: values.collect(), ..given.clone() }
    };
    let closed = |other: &Given| match relation(given, other) {
        Ok(Relation::Closed(kl)) if kl.is_finite() => Some(kl),
        _ => None,
    };
    let (other, kl) = [MOVED, -MOVED].map(moved).into_iter().find_map(|other| {
        let kl = closed(&other)?;
        Some((law(&other).ok()?, kl))
    })?;
    let own = site.law(0);
    let event = own.event();
    let width: usize = event.iter().product();
    let mut draws = vec![0.0; DRAWS * width];
    own.fill(rng, Form::Double, &mut draws).ok()?;
    let ratios: Option<Moments> = draws
        .chunks(width)
        .map(|draw| {
            let z = match event.as_slice() {
                [] => Value::Number(draw[0]),
                [_] => Value::Vector(draw.to_vec()),
                [rows, columns, ..] => {
                    Value::Matrix(Matrix { rows: *rows, columns: *columns, items: draw.to_vec() })
                }
            };
            let density = |law: &dyn Law| match law.evaluate("log_prob", Some(&z)) {
                Ok(Value::Number(x)) => Some(x),
                _ => None,
            };
            Some(density(own)? - density(other.as_ref())?)
        })
        .collect();
    let check = checks::divergence_of(kl, &ratios?, rate);
    let names: Vec<&str> = moving.iter().map(|place| given.parameters()[*place].name).collect();
    let to =
        format!("the divergence to the same law with {} a tenth away is {}", names.join(", "), check.detail);
    Some(Check { detail: to, ..check })
}

/// A matrix among the parameters, with its entries moved.
fn covariance(site: &Site, own: &Joint) -> Option<Check> {
    let arguments = own.parts().next()?.1.clone();
    let parameter = site
        .parameters()
        .into_iter()
        .find(|own| ["scale_tril", "covariance_matrix", "precision_matrix"].contains(&own.name.as_str()))?;
    let matrix = arguments.matrix(parameter.place);
    let d = matrix.dims()[1];
    let step = STEP * matrix.clone().abs().max().into_data().iter::<f64>().next()?;
    let is_factor = parameter.name == "scale_tril";
    let build = |entries: Tensor<1>| {
        let lower = entries.reshape([1, d, d]).tril(0);
        if is_factor {
            lower.clone().matmul(lower.swap_dims(1, 2))
        } else {
            // Nobody reads what stands above the diagonal.
            lower.clone() + lower.tril(-1).swap_dims(1, 2)
        }
    };
    let check = checks::covariance(build, &matrix.reshape([d * d]), step);
    let what = if is_factor { "by its factor" } else { "by its entries" };
    Some(Check { detail: format!("{what}: {}", check.detail), ..check })
}
