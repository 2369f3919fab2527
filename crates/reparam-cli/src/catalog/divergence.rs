//! Kullback-Leibler divergences between distributions at hand.

use reparam_kernels::catalog::{DIVERGENCES, divergences};
use reparam_lang::Value;

use super::given::{Fault, Given};
use super::law::law;
use super::multivariate;
use super::univariate::Bound;

/// What is known about the divergence from one distribution to another.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// Its value, in nats.
    Closed(f64),
    /// That there is no closed form.
    Open,
}

/// E_p[ln p − ln q], in nats, where there is a closed form.
///
/// A first distribution whose scale is 0 is a point mass, infinitely far from any density.
///
/// # Errors
/// The fault of either distribution: of the first where `false`, of the second where `true`.
pub fn relation(p: &Given, q: &Given) -> Result<Relation, (bool, Fault)> {
    let to = law(q).map_err(|fault| (true, fault))?;
    let from = match law(p) {
        Ok(from) => from,
        Err(fault) => {
            let at = fault.argument.map(|place| (p.parameters()[place].name, &p.values[place]));
            return match at {
                Some(("scale", Value::Number(0.0))) => Ok(Relation::Closed(f64::INFINITY)),
                _ => Err((false, fault)),
            };
        }
    };
    let closed = match (from.as_any().downcast_ref::<Bound>(), to.as_any().downcast_ref::<Bound>()) {
        (Some(from), Some(to)) => divergences(from.law().name, to.law().name)
            .find(|pair| pair.q.1 == from.law().parameters && pair.p.1 == to.law().parameters)
            .map(|pair| (pair.kl)(from.theta(), to.theta()))
            // Closed for some parameters only, as of negative binomial laws with one count.
            .filter(|kl| !kl.is_nan()),
        _ => multivariate::closed_form(from.as_ref(), to.as_ref())
            .map_err(|message| (true, Fault { message, argument: None }))?,
    };
    Ok(closed.map_or(Relation::Open, Relation::Closed))
}

/// The distributions to which `name` has a closed-form divergence.
pub fn targets(name: &str) -> Vec<&'static str> {
    let mut names: Vec<_> = DIVERGENCES.iter().filter(|pair| pair.q.0 == name).map(|pair| pair.p.0).collect();
    names.extend(multivariate::targets(name));
    names.sort_unstable();
    names.dedup();
    names
}
