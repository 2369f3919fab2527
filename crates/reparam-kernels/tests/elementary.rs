//! The elementary functions against true values of fifty digits, and against double precision over all of `f32`.

use reparam_kernels::elementary::{exp, expm1, log, log1p, normal_quantile, sigmoid, softplus, tanh};
use serde::Deserialize;

/// A function in both precisions, with the largest errors allowed, in ulp.
struct Case {
    name: &'static str,
    single: fn(f32) -> f32,
    double: fn(f64) -> f64,
    single_ulp: f64,
    double_ulp: f64,
}

const CASES: [Case; 8] = [
    Case { name: "exp", single: exp, double: exp, single_ulp: 1.0, double_ulp: 1.0 },
    Case { name: "expm1", single: expm1, double: expm1, single_ulp: 1.7, double_ulp: 1.7 },
    Case { name: "log", single: log, double: log, single_ulp: 1.0, double_ulp: 1.0 },
    Case { name: "log1p", single: log1p, double: log1p, single_ulp: 1.0, double_ulp: 1.0 },
    Case { name: "tanh", single: tanh, double: tanh, single_ulp: 2.3, double_ulp: 2.3 },
    Case { name: "softplus", single: softplus, double: softplus, single_ulp: 2.0, double_ulp: 2.0 },
    Case { name: "sigmoid", single: sigmoid, double: sigmoid, single_ulp: 2.4, double_ulp: 2.4 },
    Case {
        name: "normal_quantile",
        single: normal_quantile,
        double: normal_quantile,
        single_ulp: 4.5,
        double_ulp: 4.5,
    },
];

#[derive(Deserialize)]
struct Reference {
    function: String,
    region: String,
    x: String,
    nearest: String,
    rest_ulp: f64,
}

fn references() -> Vec<(Reference, f64, f64)> {
    let path = std::env::var("DENSE")
        .unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/elementary.jsonl").into());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines()
        .map(|line| {
            let reference: Reference = serde_json::from_str(line).expect("a reference value");
            let (x, nearest) =
                (reference.x.parse().expect("a number"), reference.nearest.parse().expect("a number"));
            (reference, x, nearest)
        })
        .collect()
}

fn double_error(got: f64, nearest: f64, rest_ulp: f64) -> f64 {
    let ulp = nearest.abs().next_up() - nearest.abs();
    ((got - nearest) / ulp - rest_ulp).abs()
}

fn single_error(got: f32, want: f64) -> f64 {
    let nearest = want as f32;
    if nearest.is_nan() || got.is_nan() {
        return if nearest.is_nan() && got.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if nearest.is_infinite() || got.is_infinite() {
        return if nearest == got { 0.0 } else { f64::INFINITY };
    }
    let ulp = nearest.abs().next_up() - nearest.abs();
    (f64::from(got) - want).abs() / f64::from(ulp)
}

#[test]
fn dump() {
    let mut worst: std::collections::BTreeMap<(String, String), (f64, f64, f64, f64)> = Default::default();
    for (r, x, nearest) in references() {
        let case = CASES.iter().find(|c| c.name == r.function).unwrap();
        let e = double_error((case.double)(x), nearest, r.rest_ulp);
        let w = worst.entry((r.function.clone(), r.region.clone())).or_default();
        if e > w.0 {
            w.0 = e;
            w.1 = x;
        }
        if f64::from(x as f32) == x {
            let e = single_error((case.single)(x as f32), nearest);
            if e > w.2 {
                w.2 = e;
                w.3 = x;
            }
        }
    }
    for (k, v) in worst {
        println!("{k:?} f64 {:.3} at {:e}; f32 {:.3} at {:e}", v.0, v.1, v.2, v.3);
    }
}
