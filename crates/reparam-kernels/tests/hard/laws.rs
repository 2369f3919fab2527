//! Every univariate law at every point of the bank that names it, and every divergence.

use std::collections::BTreeMap;

use reparam_kernels::catalog::{Divergence, divergences, univariates};
use reparam_kernels::law::Parameter;

use crate::bank::{Point, points};

/// The files of the bank.
const FILES: &[&str] = &[
    "beta",
    "continuous_bernoulli",
    "counts",
    "../count_laws",
    "../counts_extra",
    "discrete",
    "../discrete_extra",
    "../divergences",
    "edge",
    "gamma",
    "inverse_gamma",
    "inverse_gaussian",
    "kl",
    "kumaraswamy",
    "../levels",
    "normal",
    "relaxed",
    "simple",
    "skewnormal",
    "studentt",
    "tanh_normal",
    "truncnormal",
    "vonmises",
    "weibull",
    "../implicit",
    "mended",
    "../extremes",
    "../more_laws",
];

/// What is asked of a function, relative to max(1, condition): slopes of draws and quantiles are inverse problems.
fn allowed(function: &str) -> f64 {
    if function.starts_with('d') || function.starts_with("icdf") { 1e-11 } else { 1e-12 }
}

/// The pair of laws that a point means, and their parameters.
pub fn pair(point: &Point) -> Option<(&'static Divergence, Vec<f64>, Vec<f64>)> {
    let (q, p) = point.dist.split_once('|')?;
    divergences(q, p)
        .find_map(|pair| Some((pair, theta(pair.q.1, point, "p_")?, theta(pair.p.1, point, "q_")?)))
}

/// The parameters that a point gives under the prefix, in this order.
fn theta(parameters: &[Parameter], point: &Point, prefix: &str) -> Option<Vec<f64>> {
    let names: Vec<&str> = point.params.keys().filter_map(|name| name.strip_prefix(prefix)).collect();
    if !names.iter().all(|name| parameters.iter().any(|known| known.name == *name)) {
        return None;
    }
    let given = |name: &str| {
        let name = format!("{prefix}{name}");
        point.params.contains_key(&name).then(|| point.param(&name))
    };
    parameters.iter().map(|known| given(known.name).or(known.default)).collect()
}

/// Our value at a point of a univariate law or a pair; `None` where no law is meant.
fn value(point: &Point) -> Option<f64> {
    if point.dist.contains('|') {
        return pair(point).map(|(pair, q, p)| (pair.kl)(&q, &p));
    }
    let (law, theta) =
        univariates(&point.dist).find_map(|law| Some((law, theta(law.parameters, point, "")?)))?;
    if (law.check)(&theta).is_err() {
        return Some(f64::NAN);
    }
    let x = (!point.x.is_null()).then(|| point.x());
    Some(
        law.evaluate(&point.function, &theta, x)
            .unwrap_or_else(|| panic!("{}: no {}", point.id, point.function)),
    )
}

#[test]
fn laws_at_hard_points() {
    let mut worst: BTreeMap<(String, String), (usize, usize, f64, String)> = BTreeMap::new();
    for point in FILES.iter().flat_map(|file| points(file)) {
        if point.is_convention() {
            continue;
        }
        let Some(got) = value(&point) else { continue };
        let error = point.error(got);
        let row = worst.entry((point.dist.clone(), point.function.clone())).or_default();
        row.0 += 1;
        if error > allowed(&point.function) {
            row.1 += 1;
            if error > row.2 {
                row.3 = format!("{point:?} got {got:e}");
            }
        }
        row.2 = row.2.max(error);
    }
    let failures: Vec<String> = worst
        .iter()
        .filter(|(_, row)| row.1 > 0)
        .map(|((dist, function), (seen, bad, error, example))| {
            format!("{dist} {function}: {bad} of {seen}, worst {error:.1e}\n    {example}")
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(!worst.is_empty());
}
