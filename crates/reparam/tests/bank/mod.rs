//! True values of forty digits at hard points, `reference/hard`.
#![allow(dead_code, reason = "every test file uses a part")]

use serde_json::Value;

/// One point: a distribution and a function of it, its parameters and argument, the true value.
pub struct Point {
    json: Value,
}

impl Point {
    fn word(&self, key: &str) -> &str {
        self.json[key].as_str().unwrap()
    }

    /// The numbers of a parameter, one or a vector.
    pub fn param(&self, name: &str) -> Vec<f64> {
        numbers(&self.json["params"][name])
    }

    /// The numbers of the argument.
    pub fn x(&self) -> Vec<f64> {
        numbers(&self.json["x"])
    }

    /// Whether its inputs are numbers of single precision too.
    pub fn is_single(&self) -> bool {
        self.json["f32"] == true
    }

    /// The condition number of the function there, or 1 if that is more.
    pub fn condition(&self) -> f64 {
        self.json["cond"].as_f64().map_or(1.0, |condition| condition.max(1.0))
    }

    /// Panics unless `got` has the relative error `allowed` at most.
    pub fn check(&self, got: f64, allowed: f64) {
        let truth: f64 = self.word("value").parse().unwrap();
        let error = if got == truth { 0.0 } else { (got - truth).abs() / truth.abs() };
        assert!(error <= allowed, "{}: got {got:e}, true {truth:e}: {error:.1e}", self.word("id"));
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        Value::String(word) => vec![word.parse().unwrap()],
        other => vec![other.as_f64().unwrap()],
    }
}

/// The points of one function of one distribution in one file; at least one.
pub fn points(file: &str, dist: &str, function: &str) -> Vec<Point> {
    let path = format!("{}/../../reference/hard/{file}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let all = text.lines().map(|line| Point { json: serde_json::from_str(line).unwrap() });
    let found: Vec<Point> = all.filter(|p| p.word("dist") == dist && p.word("fn") == function).collect();
    assert!(!found.is_empty(), "{file}: no {function} of {dist}");
    found
}
