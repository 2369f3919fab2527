//! The distributions that the command knows: by which names, with which parameters, and what each can compute.
//!
//! Two ways lead to a [`Law`]: the grammar (`Gamma(2.5, rate=1.2)`) and the fields of a JSON line. Both go through one
//! list of signatures, made from what the libraries offer and the other names that people know it by.

mod aliases;
mod arguments;
mod capabilities;
mod composite;
mod divergence;
mod expectation;
mod given;
mod law;
mod line;
mod made;
mod marginal;
mod mixture;
mod multivariate;
mod numeric;
mod on_line;
mod refused;
mod rows;
mod signatures;
mod special;
mod stream;
mod univariate;

pub use arguments::{Arguments, DTYPE, tensor};
pub use capabilities::{COLUMNS, Capabilities, Path};
pub use divergence::{Relation, computed, relation, targets};
pub use given::{Fault, Given, from_named};
pub use law::{Answer, Form, Law, Quantity, law};
pub use marginal::{PREFIX as MARGINAL, marginal};
pub use mixture::Mixture;
pub use numeric::Computed;
pub use rows::Rows;
pub use signatures::signatures;
pub use special::{SPECIAL, Special};
pub use stream::stream;
pub use univariate::univariate;

/// `unknown …` with the names that are near, for a name in a JSON line.
pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, near)) => format!("unknown {what} `{name}`: did you mean `{near}`?"),
        None => format!("unknown {what} `{name}`"),
    }
}
