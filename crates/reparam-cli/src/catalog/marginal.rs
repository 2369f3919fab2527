//! The law of one element of a draw that has several.

use reparam_lang::Value;

use super::given::{Given, from_named};

/// What stands before the name of a function of one element.
pub const PREFIX: &str = "marginal_";

/// The law of element `place`, and the name that it has for `function`.
///
/// An element of Dirichlet(a) is Beta(a_i, Σ a_j − a_i): its slope in `concentration` is that in a_i.
///
/// # Errors
/// A distribution whose elements have no law by name, or an element that it does not have.
pub fn marginal(given: &Given, place: f64, function: &str) -> Result<(Given, String), String> {
    let name = given.signature.name;
    let (Some(Value::Vector(a)), "Dirichlet") = (given.values.first(), name) else {
        return Err(format!("{name} has no functions of one element: expected Dirichlet"));
    };
    if place.fract() != 0.0 || !(0.0..a.len() as f64).contains(&place) {
        return Err(format!("i must be a whole number from 0 to {}, got {place}", a.len() - 1));
    }
    let place = place as usize;
    let others = a.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, a)| a).sum();
    let parameters = [("concentration1", Value::Number(a[place])), ("concentration0", Value::Number(others))];
    let function = function.strip_suffix("_dconcentration").map_or_else(
        || function.replace("grad_concentration", "grad_concentration1"),
        |kind| format!("{kind}_dconcentration1"),
    );
    Ok((from_named("Beta", &parameters)?, function))
}
