//! Kullback-Leibler divergences between distributions at hand.

use reparam_kernels::catalog::{DIVERGENCES, Univariate};
use reparam_kernels::law::Parameter;
use reparam_lang::Value;

use super::given::{Fault, Given};
use super::law::{Law, law};
use super::multivariate;
use super::numeric::{self, Computed};
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
    comparable(p, from.as_ref(), q, to.as_ref())?;
    let on_line = |law: &dyn Law| law.as_any().downcast_ref::<Bound>().map(Bound::own);
    let closed = match (on_line(from.as_ref()), on_line(to.as_ref())) {
        (Some((name, parameters, theta)), Some((other, parameters_of_other, theta_of_other))) => DIVERGENCES
            .iter()
            .find(|pair| pair.q == (name, parameters) && pair.p == (other, parameters_of_other))
            .map(|pair| (pair.kl)(&theta, &theta_of_other))
            // Closed for some parameters only, as of negative binomial laws with one count.
            .filter(|kl| !kl.is_nan()),
        _ => multivariate::closed_form(from.as_ref(), to.as_ref()),
    };
    Ok(closed.map_or(Relation::Open, Relation::Closed))
}

/// Nothing where both have a mass, or both a density, on numbers of one kind.
fn comparable(p: &Given, from: &dyn Law, q: &Given, to: &dyn Law) -> Result<(), (bool, Fault)> {
    let [of_p, of_q] = [(p, from), (q, to)].map(|(given, law)| described(given, law));
    let message = if from.event() != to.event() || from.size() != to.size() {
        format!("the two have draws of different sizes: {of_p}, {of_q}")
    } else if from.is_discrete() != to.is_discrete() {
        format!(
            "one of the two has a mass and the other a density, so there is no divergence: {of_p}, {of_q}"
        )
    } else {
        return Ok(());
    };
    Err((true, Fault { message, argument: None }))
}

/// `the first Dirichlet has vectors of 2 numbers`, in short: a name and the size of its draws.
fn described(given: &Given, law: &dyn Law) -> String {
    let name = given.signature.name;
    let what = match (law.event().as_slice(), law.size().as_slice()) {
        ([], []) => "a number".to_owned(),
        ([], [classes]) => format!("one of {classes} classes"),
        ([d], _) => format!("a vector of {d}"),
        ([rows, columns, ..], _) => format!("a {rows}×{columns} matrix"),
        (_, _) => "numbers".to_owned(),
    };
    format!("{name} draws {what}{}", if law.is_discrete() { " with a mass" } else { "" })
}

/// The same where there is no closed form: by quadrature or summation, or found to be infinite by what is known of the
/// tails; `None` where that cannot be computed.
pub fn computed(p: &dyn Law, q: &dyn Law) -> Option<Computed> {
    numeric::divergence(&p.on_line()?, &q.on_line()?)
}

/// The distributions to which `name` has a closed-form divergence.
pub fn targets(name: &str) -> Vec<&'static str> {
    let mut names: Vec<_> = DIVERGENCES.iter().filter(|pair| pair.q.0 == name).map(|pair| pair.p.0).collect();
    names.extend(multivariate::targets(name));
    names.sort_unstable();
    names.dedup();
    names
}

/// A law by its name and own parameters, and what they are.
pub type Own = (&'static str, &'static [Parameter], Vec<f64>);

/// The law's own parameters, where it was given by others.
pub fn own(law: &'static Univariate, theta: &[f64]) -> Own {
    match law.own {
        Some(own) => (law.name, own.parameters, (own.theta)(theta)),
        None => (law.name, law.parameters, theta.to_vec()),
    }
}
