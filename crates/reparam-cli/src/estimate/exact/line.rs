//! Numbers that are drawn alone: continuous ones, and those with a list of values.

use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::Level;
use reparam_lang::Value;

use super::axis::{Axis, Draw, Part};
use crate::catalog::Law;
use crate::estimate::site::Site;

/// Levels between which a discrete law is summed, and the most values that it may have there.
const FADED: f64 = 1e-100;
const MOST_VALUES: f64 = 65_536.0;

/// The parts of a law on the line; `places` has the place in the law of each number that they depend on.
///
/// # Errors
/// Why there are none.
pub fn parts(
    name: &str,
    law: &'static Univariate,
    theta: &[f64],
    places: &[Option<usize>],
) -> Result<Vec<Part>, String> {
    let Some(quantile) = law.quantile else {
        return Err(format!("{name} has neither quantiles nor a list of values"));
    };
    if !(law.support)(theta).is_discrete() {
        let draw = Draw::Level { law, theta: theta.to_vec(), places: places.to_vec() };
        return Ok(vec![Part { probability: 1.0, slopes: vec![0.0; places.len()], draw }]);
    }
    let [low, high] =
        [(FADED, 1.0), (1.0, FADED)].map(|(lower, upper)| quantile(Level { lower, upper }, theta));
    if high - low >= MOST_VALUES {
        return Err(format!("{name} has {:e} values", high - low + 1.0));
    }
    let value = |x: f64| {
        let (probability, scores) = ((law.log_prob)(x, theta).exp(), (law.log_prob_slopes)(x, theta));
        let moves = |place: &usize| theta[*place].is_finite();
        let slope =
            |place: &Option<usize>| place.filter(moves).map_or(0.0, |place| probability * scores[1 + place]);
        Part { probability, slopes: places.iter().map(slope).collect(), draw: Draw::Value(vec![x]) }
    };
    Ok((0..=(high - low) as usize).map(|k| value(low + k as f64)).collect())
}

/// A distribution over a few vectors or classes, which moves with all of one parameter.
///
/// # Errors
/// Why there is no list of them.
pub fn of_values(site: &Site) -> Result<Axis, String> {
    let none = || format!("{} has neither independent elements nor a short list of values", site.name);
    let parameter = site.parameters().into_iter().next().ok_or_else(none)?;
    let values = site.values().ok_or_else(none)?.concat();
    let parts: Option<Vec<Part>> =
        values.into_iter().map(|value| of_value(site.law(0), &parameter.name, value)).collect();
    let edges = vec![false; parameter.length.unwrap_or(1)];
    Ok(Axis { name: site.name.clone(), edges, parts: parts.ok_or_else(none)? })
}

fn of_value(law: &dyn Law, parameter: &str, value: Vec<f64>) -> Option<Part> {
    let point = match value.as_slice() {
        [class] => Value::Number(*class),
        _ => Value::Vector(value.clone()),
    };
    let Value::Number(probability) = law.evaluate("prob", Some(&point)).ok()? else { return None };
    let Value::Vector(scores) = law.evaluate(&format!("log_prob_grad_{parameter}"), Some(&point)).ok()?
    else {
        return None;
    };
    let slopes = scores.into_iter().map(|score| probability * score).collect();
    Some(Part { probability, slopes, draw: Draw::Value(value) })
}
