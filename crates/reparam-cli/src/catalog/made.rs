//! Distributions that are made of others, or of one number: by which names, of what, and how.

use std::sync::Arc;

use reparam_lang::{Bound, Kind, Parameter, Value};

use super::capabilities::{Capabilities, Path};
use super::composite::Composite;
use super::given::{Fault, Given};
use super::law::{Law, law};
use super::mixture::Mixture;
use super::on_line::{Censored, Mixed, OnLine, Placed, PointMass, Truncated};

/// A way to make a distribution of others.
pub struct Made {
    /// The name that users write.
    pub name: &'static str,
    /// The ways to give it.
    pub forms: &'static [&'static [Parameter]],
    /// What it can compute, whatever it is made of.
    pub capabilities: Capabilities,
    /// The distribution that was given.
    pub make: fn(&Given) -> Result<Box<dyn Law>, Fault>,
}

const COMPONENTS: Parameter = Parameter::new("components", Kind::Distribution);
const PROBS: Parameter = Parameter::new("probs", Kind::Vector).or(&["weights", "p"]);
const LOGITS: Parameter = Parameter::new("logits", Kind::Vector);
const LAW: Parameter = Parameter::new("law", Kind::Distribution).or(&["base"]);
const LOW: Parameter = Parameter::scalar("low").or(&["lower", "min"]).default(f64::NEG_INFINITY);
const HIGH: Parameter = Parameter::scalar("high").or(&["upper", "max"]).default(f64::INFINITY);

/// Distribution functions and quantiles come from those of the parts, the others from quadrature.
const CAPABILITIES: Capabilities =
    Capabilities { path: Path::Implicit, has: [true, true, true, true, false] };

/// Every way.
pub static MADE: [Made; 5] = [
    Made { name: "Censored", forms: &[&[LAW, LOW, HIGH]], capabilities: CAPABILITIES, make: censored },
    Made {
        name: "Mixture",
        forms: &[&[PROBS, COMPONENTS.repeated()], &[LOGITS, COMPONENTS.repeated()]],
        capabilities: CAPABILITIES,
        make: mixture,
    },
    Made {
        name: "MixtureSameFamily",
        forms: &[&[PROBS, COMPONENTS], &[LOGITS, COMPONENTS]],
        capabilities: CAPABILITIES,
        make: Mixture::make,
    },
    Made {
        name: "PointMass",
        forms: &[&[Parameter::scalar("value").or(&["loc", "v"])]],
        capabilities: CAPABILITIES,
        make: point_mass,
    },
    Made { name: "Truncated", forms: &[&[LAW, LOW, HIGH]], capabilities: CAPABILITIES, make: truncated },
];

/// The way with this name.
pub fn made(name: &str) -> Option<&'static Made> {
    MADE.iter().find(|made| made.name == name)
}

/// A distribution over single numbers among the arguments, and how its draws depend on its numbers.
fn part(given: &Given, place: usize) -> Result<(Placed, Path), Fault> {
    let fault = |message: String| Fault { message, argument: Some(place) };
    let name = given.signature.name;
    let Value::Distribution(bound) = &given.values[place] else {
        return Err(fault(format!("{name}: expected a distribution")));
    };
    let all = Given::all(bound);
    let [one] = all.as_slice() else {
        let message =
            format!("{name}: this is a batch of {}; give each a distribution of its own", all.len());
        return Err(fault(message));
    };
    let own = law(one).map_err(|inner| fault(inner.message))?;
    let placed = own.on_line().ok_or_else(|| {
        fault(format!("{name}: expected a distribution over single numbers, got {}", one.signature.name))
    })?;
    if !placed.atoms().is_empty() {
        return Err(fault(format!("{name}: a mass at a point has no density beside it")));
    }
    let path = if own.is_discrete() { Path::None } else { own.path() };
    Ok((placed, if path == Path::None { path } else { Path::Implicit }))
}

/// With its numbers, checked.
fn composite(
    given: &Given,
    law: Arc<dyn OnLine>,
    theta: Vec<f64>,
    path: Path,
) -> Result<Box<dyn Law>, Fault> {
    law.check(&theta).map_err(|message| Fault { message, argument: None })?;
    Ok(Box::new(Composite::new(given.signature.name, Placed { law, theta }, path)))
}

/// The numbers of a distribution, and two bounds.
fn bounded(given: &Given) -> Result<(Placed, Path), Fault> {
    let (mut placed, path) = part(given, 0)?;
    for bound in &given.values[1..] {
        let Value::Number(bound) = bound else { unreachable!("declared as a number") };
        placed.theta.push(*bound);
    }
    Ok((placed, path))
}

fn point_mass(given: &Given) -> Result<Box<dyn Law>, Fault> {
    let Value::Number(value) = given.values[0] else { unreachable!("declared as a number") };
    composite(given, Arc::new(PointMass), vec![value], Path::Implicit)
}

fn truncated(given: &Given) -> Result<Box<dyn Law>, Fault> {
    let (Placed { law, theta }, path) = bounded(given)?;
    composite(given, Arc::new(Truncated(law)), theta, path)
}

fn censored(given: &Given) -> Result<Box<dyn Law>, Fault> {
    let (Placed { law, theta }, path) = bounded(given)?;
    composite(given, Arc::new(Censored(law)), theta, path)
}

/// Components one by one, or a batch of them.
fn mixture(given: &Given) -> Result<Box<dyn Law>, Fault> {
    let is_batch = |bound: &Bound<'_>| bound.batch.is_some();
    if let [_, Value::Distribution(bound)] = given.values.as_slice()
        && is_batch(bound)
    {
        return Mixture::make(given);
    }
    let [Value::Vector(weights), ..] = given.values.as_slice() else { unreachable!("declared as a vector") };
    let parts: Vec<(Placed, Path)> =
        (1..given.values.len()).map(|place| part(given, place)).collect::<Result<_, _>>()?;
    if parts.len() != weights.len() {
        let s = if weights.len() == 1 { "" } else { "s" };
        let message = format!(
            "{}: {} weight{s} need as many components, got {}",
            given.signature.name,
            weights.len(),
            parts.len()
        );
        return Err(Fault { message, argument: Some(1) });
    }
    let moves = parts.iter().all(|(_, path)| *path != Path::None);
    let theta = weights.iter().chain(parts.iter().flat_map(|(part, _)| &part.theta)).copied().collect();
    let components = parts.iter().map(|(part, _)| part.law.clone()).collect();
    let law = Mixed { is_probs: given.parameters()[0].name == PROBS.name, components };
    law.check_weights(weights).map_err(|message| Fault {
        message: format!("{}: {message}", given.signature.name),
        argument: Some(0),
    })?;
    composite(given, Arc::new(law), theta, if moves { Path::Implicit } else { Path::None })
}
