//! The divergence of two distributions: in closed form, or from draws with its standard error.

use reparam::Rng;
use reparam_lang::Value;
use serde_json::{Map, json};

use super::Called;
use crate::catalog::{Answer, Form, Law, Relation, relation, targets};
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
    Estimated { mean: f64, error: f64 },
    Unknown,
}

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
            match relation {
                Relation::Closed(value) => Ok(Finding::Closed(value)),
                Relation::Open => estimate(from.laws()?[p].as_ref(), to.laws()?[q].as_ref(), seed),
            }
        })
        .collect::<Result<_>>()?;
    let text = if json { objects(&found) } else { sentences(&from, &to, &found) };
    console::output(text.as_bytes())
}

/// The mean of ln p(z) − ln q(z) over draws z from p.
fn estimate(p: &dyn Law, q: &dyn Law, seed: u64) -> Result<Finding> {
    if !p.event().is_empty() || !q.event().is_empty() {
        return Ok(Finding::Unknown);
    }
    if p.is_discrete() != q.is_discrete() {
        let message =
            "one of the two has a mass and the other a density: there is no divergence between them";
        return Err(Error::usage(message));
    }
    let at = |law: &dyn Law, x: f64| match law.evaluate("log_prob", Some(&Value::Number(x))) {
        Ok(Answer::Number(value)) => Ok(value),
        Ok(_) => Err(Error::failed("a log-density is one number")),
        Err(message) => Err(Error::failed(message)),
    };
    let mut rng = Rng::new(seed);
    let mut draws = vec![0.0; CHUNK];
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for start in (0..DRAWS).step_by(CHUNK) {
        let draws = &mut draws[..CHUNK.min(DRAWS - start)];
        p.fill(&mut rng, Form::Double, draws).map_err(Error::failed)?;
        for z in draws {
            let ratio = at(p, *z)? - at(q, *z)?;
            if ratio == f64::INFINITY {
                // One draw where q has no density is enough: q does not dominate p.
                return Ok(Finding::Estimated { mean: f64::INFINITY, error: 0.0 });
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

fn sentences(from: &Called, to: &Called, found: &[Finding]) -> String {
    let (p, q) = (from.all[0].signature.name, to.all[0].signature.name);
    let mut lines = vec![format!("KL({p} ‖ {q}), nats")];
    lines.extend(found.iter().map(|finding| match finding {
        Finding::Closed(value) => format!("{}  in closed form", number(*value)),
        Finding::Estimated { mean, .. } if mean.is_infinite() => {
            "inf  a draw of the first fell where the second has no density".to_owned()
        }
        Finding::Estimated { mean, error } => {
            format!("{mean:.6} ± {error:.6}  estimated from {} draws, ± one standard error", thousands(DRAWS))
        }
        Finding::Unknown => "no closed form".to_owned(),
    }));
    if found.iter().any(|finding| !matches!(finding, Finding::Closed(_))) {
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
            Finding::Estimated { mean, error } => {
                object.insert("kl".into(), json_number(*mean));
                object.insert("closed_form".into(), json!(false));
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
