//! The divergence of two distributions: in closed form, by quadrature or summation, or from draws with its standard error.

use reparam_lang::Value;
use reparam_testing::Estimate;
use serde_json::{Map, json};

use super::Called;
use crate::catalog::{Answer, Computed, Form, Law, Relation, computed, relation, stream, targets};
use crate::console;
use crate::error::{Error, Result};
use crate::wording::{json_number, number, thousands};

/// Draws of an estimate.
const DRAWS: usize = 1_000_000;
/// Draws held at once.
const CHUNK: usize = 1 << 14;

/// What is said of one pair.
enum Finding {
    Closed(f64),
    /// And why.
    Infinite(&'static str),
    /// With a bound of the error, and by which method.
    Computed(Estimate, &'static str),
    Estimated {
        mean: f64,
        error: f64,
    },
    Unknown,
}

/// What is said where a draw shows that the divergence is infinite.
const BY_A_DRAW: &str = "a draw of the first fell where the second has no density";

/// Prints the divergence from one distribution to another.
pub fn run(from: &str, to: &str, seed: u64, json: bool) -> Result<()> {
    let (from, to) = (Called::read(from)?, Called::read(to)?);
    let pairs = match (from.all.len(), to.all.len()) {
        (one, many) | (many, one) if one == 1 || one == many => many,
        (p, q) => {
            return Err(Error::usage(format!(
                "the first is a batch of {p}, the second of {q}; expected equal ones"
            )));
        }
    };
    let found: Vec<Finding> = (0..pairs)
        .map(|pair| {
            let (p, q) = (pair % from.all.len(), pair % to.all.len());
            let relation = relation(&from.all[p], &to.all[q]).map_err(|(second, fault)| {
                if second { to.fault(q, &fault) } else { from.fault(p, &fault) }
            })?;
            if let Relation::Closed(value) = relation {
                return Ok(Finding::Closed(value));
            }
            let laws = [from.laws()?.swap_remove(p), to.laws()?.swap_remove(q)];
            match computed(laws[0].as_ref(), laws[1].as_ref()) {
                Some(Computed::Infinite(reason)) => Ok(Finding::Infinite(reason)),
                Some(Computed::Finite(found)) => {
                    let by = if laws[0].is_discrete() { "summation" } else { "quadrature" };
                    Ok(Finding::Computed(found, by))
                }
                None => estimate(&from, p, laws[0].as_ref(), laws[1].as_ref(), seed),
            }
        })
        .collect::<Result<_>>()?;
    let text = if json { objects(&found) } else { sentences(&from, &to, &found) };
    console::output(text.as_bytes())
}

/// The mean of ln p(z) − ln q(z) over draws z from p.
fn estimate(from: &Called, pair: usize, p: &dyn Law, q: &dyn Law, seed: u64) -> Result<Finding> {
    if !p.event().is_empty() || !q.event().is_empty() {
        return Ok(Finding::Unknown);
    }
    let at = |law: &dyn Law, x: f64| match law.evaluate("log_prob", Some(&Value::Number(x))) {
        Ok(Answer::Number(value)) => Ok(value),
        Ok(_) => Err(Error::failed("a log-density is one number")),
        Err(message) => Err(Error::failed(message)),
    };
    let mut rng = stream(seed, &from.all[pair]);
    let mut draws = vec![0.0; CHUNK];
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for start in (0..DRAWS).step_by(CHUNK) {
        let draws = &mut draws[..CHUNK.min(DRAWS - start)];
        p.fill(&mut rng, Form::Double, draws).map_err(Error::failed)?;
        for z in draws {
            let ratio = at(p, *z)? - at(q, *z)?;
            if ratio == f64::INFINITY {
                // One draw where q has no density is enough: q does not dominate p.
                return Ok(Finding::Infinite(BY_A_DRAW));
            }
            // Welford's recurrence: no cancellation where the ratio hardly varies.
            count += 1.0;
            let step = ratio - mean;
            mean += step / count;
            squares += step * (ratio - mean);
        }
    }
    Ok(Finding::Estimated { mean, error: (squares / (count - 1.0) / count).sqrt() })
}

/// The number with the digits that its error leaves.
fn digits(found: Estimate) -> String {
    let places = (found.value.abs() / found.error).log10().clamp(1.0, 16.0);
    let rounded = format!("{:.*e}", places as usize, found.value);
    rounded.parse().map_or(rounded, number)
}

fn sentences(from: &Called, to: &Called, found: &[Finding]) -> String {
    let (p, q) = (from.all[0].signature.name, to.all[0].signature.name);
    let mut lines = vec![format!("KL({p} ‖ {q}), nats")];
    lines.extend(found.iter().map(|finding| match finding {
        Finding::Closed(value) => format!("{}  in closed form", number(*value)),
        Finding::Infinite(reason) => format!("inf  {reason}"),
        Finding::Computed(found, by) => {
            format!("{}  by {by}, ± {:.0e}", digits(*found), found.error)
        }
        Finding::Estimated { mean, error } => {
            format!("{mean:.6} ± {error:.6}  estimated from {} draws, ± one standard error", thousands(DRAWS))
        }
        Finding::Unknown => "no closed form".to_owned(),
    }));
    let is_open = |finding: &Finding| matches!(finding, Finding::Estimated { .. } | Finding::Unknown);
    if found.iter().any(is_open) {
        let known = targets(p);
        lines.push(if known.is_empty() {
            format!("no closed form from {p} to any distribution; `MonteCarloKl` of the library estimates it")
        } else {
            format!(
                "closed forms from {p}: to {}; `MonteCarloKl` of the library estimates others",
                known.join(", ")
            )
        });
    }
    lines.join("\n") + "\n"
}

fn objects(found: &[Finding]) -> String {
    let one = |finding: &Finding| {
        let mut object = Map::new();
        match finding {
            Finding::Closed(value) => {
                object.insert("kl".into(), json_number(*value));
                object.insert("closed_form".into(), json!(true));
            }
            Finding::Infinite(reason) => {
                object.insert("kl".into(), json_number(f64::INFINITY));
                object.insert("closed_form".into(), json!(false));
                object.insert("reason".into(), json!(reason));
            }
            Finding::Computed(found, by) => {
                object.insert("kl".into(), json_number(found.value));
                object.insert("closed_form".into(), json!(false));
                object.insert("by".into(), json!(by));
                object.insert("error".into(), json_number(found.error));
            }
            Finding::Estimated { mean, error } => {
                object.insert("kl".into(), json_number(*mean));
                object.insert("closed_form".into(), json!(false));
                object.insert("by".into(), json!("draws"));
                object.insert("standard_error".into(), json_number(*error));
                object.insert("draws".into(), json!(DRAWS));
            }
            Finding::Unknown => {
                object.insert("closed_form".into(), json!(false));
            }
        }
        serde_json::Value::Object(object)
    };
    let all: Vec<_> = found.iter().map(one).collect();
    if let [one] = all.as_slice() { format!("{one}\n") } else { format!("{}\n", json!(all)) }
}
