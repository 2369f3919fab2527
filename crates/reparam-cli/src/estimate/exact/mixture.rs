//! Mixtures: each component by its weight.
//!
//! E\[f\] = Σ w E_k\[f\], so a slope of it is Σ (∂w E_k\[f\] + w ∂E_k\[f\]): the parts of each component, scaled.

use std::sync::Arc;

use super::axis::{Axis, Part};
use super::line;
use super::source::Placed;
use crate::catalog::Mixture;
use crate::estimate::site::{Site, through_draws};

/// A variable with this mixture for its distribution. Its law depends on the weights, then on each parameter of each
/// component. `sees_ends` says whether the expression sees where a turn ends.
///
/// # Errors
/// A component without an integral.
pub fn axis(site: &Site, mixture: &Mixture, sees_ends: bool) -> Result<Placed, String> {
    let name = site.name.clone();
    let parameters = site.parameters();
    let (weights, components) = (mixture.weights(), mixture.components());
    let count = weights.len();
    if parameters[0].length != Some(count) {
        return Err(format!("{name} has a component of weight 0, which is not drawn"));
    }
    let in_components = || parameters[1..].iter().flat_map(|own| (0..count).map(move |class| (own, class)));
    let mut parts = Vec::new();
    for (class, component) in components.iter().enumerate() {
        let weights_first = std::iter::repeat_n(None, count);
        // The first argument has the weights, the others are those of the components.
        let places = in_components().map(|(own, other)| (other == class).then(|| own.place - 1));
        let places: Vec<Option<usize>> = weights_first.chain(places).collect();
        let own = line::parts(&name, component.law(), component.theta(), &places)?;
        let slope_of_weight = |of: usize| if of < count { mixture.slope_of_weight(class, of) } else { 0.0 };
        parts.extend(own.into_iter().map(|part| {
            Part {
                probability: weights[class] * part.probability,
                slopes: (part.slopes.iter().enumerate())
                    .map(|(of, slope)| weights[class] * slope + slope_of_weight(of) * part.probability)
                    .collect(),
                ..part
            }
        }));
    }
    let moving: Vec<Vec<bool>> =
        components.iter().map(|own| through_draws(own.law(), own.theta(), sees_ends)).collect();
    let edges = std::iter::repeat_n(false, count)
        .chain(in_components().map(|(own, class)| moving[class][own.place - 1]));
    let to_weights = (0..count).map(|class| [0, class]);
    let to_components = parameters[1..].iter().enumerate().flat_map(|(own, parameter)| {
        (0..count).map(move |class| [1 + own, parameter.length.map_or(0, |_| class)])
    });
    let axis = Axis { name, edges: edges.collect(), parts };
    Ok((Arc::new(axis), to_weights.chain(to_components).collect()))
}
