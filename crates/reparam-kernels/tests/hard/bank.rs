//! Reading the points, and comparing with them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// One point: a function of a distribution at parameters and an argument, and its true value.
#[derive(Clone, Debug, Deserialize)]
pub struct Point {
    pub id: String,
    #[serde(rename = "fn")]
    pub function: String,
    pub dist: String,
    pub params: BTreeMap<String, Value>,
    pub x: Value,
    value: Value,
    cond: Option<f64>,
}

impl Point {
    /// A scalar parameter.
    pub fn param(&self, name: &str) -> f64 {
        number(&self.params[name]).unwrap_or_else(|| panic!("{}: {name} is no number", self.id))
    }

    /// The scalar argument.
    pub fn x(&self) -> f64 {
        number(&self.x).unwrap_or_else(|| panic!("{}: x is no number", self.id))
    }

    /// The numbers of a vector parameter or argument.
    pub fn vector(value: &Value) -> Vec<f64> {
        let items = value.as_array().expect("a vector");
        items.iter().map(|item| number(item).expect("a number")).collect()
    }

    /// Whether the point states a convention in words instead of a value.
    pub fn is_convention(&self) -> bool {
        self.value.as_str().is_some_and(|word| word.parse::<f64>().is_err())
    }

    /// The true value.
    pub fn truth(&self) -> f64 {
        number(&self.value).unwrap_or_else(|| panic!("{}: {} is no number", self.id, self.value))
    }

    /// How much the value changes, relative to itself, with the inputs relative to themselves; at least 1.
    pub fn condition(&self) -> f64 {
        self.cond.unwrap_or(1.0).max(1.0)
    }

    /// The error of `got` in units of what may be asked: relative error ÷ max(1, condition); ∞ where a sign or a
    /// finiteness is wrong.
    pub fn error(&self, got: f64) -> f64 {
        let truth = self.truth();
        if got == truth || (got.is_nan() && truth.is_nan()) {
            return 0.0;
        }
        if !got.is_finite() || !truth.is_finite() || (truth != 0.0 && got.signum() != truth.signum()) {
            // What lies below the range of doubles may come out as 0, and beyond it as infinite.
            let vanishes = truth == 0.0 && got.abs() < f64::MIN_POSITIVE;
            return if vanishes { 0.0 } else { f64::INFINITY };
        }
        // Subnormal results carry an absolute error.
        ((got - truth).abs() - f64::from_bits(1)).max(0.0) / truth.abs() / self.condition()
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(x) => x.as_f64(),
        Value::String(word) => word.parse().ok(),
        _ => None,
    }
}

/// The points of one file, `reference/hard/{file}.jsonl`.
pub fn points(file: &str) -> Vec<Point> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../../reference/hard/{file}.jsonl"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a point")).collect()
}

/// Checks `function` at every point of `file` with this distribution and function name.
///
/// Fails with the number of points beyond `allowed` and the worst ten.
pub fn check(file: &str, dist: &str, name: &str, allowed: f64, function: impl Fn(&Point) -> f64) {
    let mut seen = 0;
    let mut bad = Vec::new();
    for point in points(file).into_iter().filter(|point| point.dist == dist && point.function == name) {
        seen += 1;
        let got = function(&point);
        let error = point.error(got);
        if error.is_nan() || error > allowed {
            bad.push((error, got, point));
        }
    }
    assert!(seen > 0, "{file}: no point of {dist} {name}");
    bad.sort_by(|a, b| b.0.total_cmp(&a.0));
    let worst: Vec<String> = bad
        .iter()
        .take(10)
        .map(|(error, got, p)| {
            format!("  {} {:?} x={} got {got:e}, true {}: {error:.1e}", p.id, p.params, p.x, p.value)
        })
        .collect();
    assert!(
        bad.is_empty(),
        "{dist} {name}: {} of {seen} points beyond {allowed:e}\n{}",
        bad.len(),
        worst.join("\n")
    );
}
