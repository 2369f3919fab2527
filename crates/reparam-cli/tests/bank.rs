//! Every point of the bank of hard points through the binary, in both precisions.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use common::succeed;
use serde_json::Value;

/// A point whose stated value is that of e^−x alone: the entropy at x = 700 is (1 + x) e^−x to all digits.
const MISSTATED: &str = "special/0557";

/// What is asked of a function, relative to max(1, condition): slopes of draws and quantiles are inverse problems.
fn allowed(function: &str, precision: &str) -> f64 {
    let inverse = ["dz_d", "dlogz_d", "icdf", "marginal_dz_d"];
    match precision {
        "f32" => 2e-6,
        _ if inverse.iter().any(|kind| function.starts_with(kind)) => 1e-11,
        _ => 1e-12,
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

/// Why an answer is wrong; `None` where it is right.
fn fault(point: &Value, answer: &Value, precision: &str) -> Option<String> {
    let stated = &point["value"];
    let error = answer["error"].as_str();
    if stated == "error" {
        return error.is_none().then(|| format!("expected an error, got {}", answer["value"]));
    }
    if let Some(error) = error {
        return Some(error.to_owned());
    }
    let given = &answer["value"];
    let Some(got) = number(given) else {
        // Vectors stand there as lists of texts, or as texts of lists.
        let text = serde_json::from_str::<Value>(stated.as_str().unwrap_or_default());
        let truths = stated.as_array().cloned().or_else(|| text.ok()?.as_array().cloned());
        let near = |truth: &Value, got: &Value| match (number(truth), number(got)) {
            (Some(truth), Some(got)) => (got - truth).abs() <= allowed("vector", precision) * truth.abs(),
            _ => truth == got,
        };
        let same = truths.zip(given.as_array()).is_some_and(|(truths, given)| {
            truths.len() == given.len() && truths.iter().zip(given).all(|(truth, got)| near(truth, got))
        });
        return (!same).then(|| format!("expected {stated}, got {given}"));
    };
    if stated == "finite" || stated == "choice" {
        return (!got.is_finite()).then(|| format!("expected a finite number, got {got}"));
    }
    let truth = number(stated).expect("a stated value");
    // Beyond the range of single precision there is no relative error.
    let range = f64::from(f32::MIN_POSITIVE)..f64::from(f32::MAX);
    if got == truth
        || (got.is_nan() && truth.is_nan())
        || (precision == "f32" && truth != 0.0 && !range.contains(&truth.abs()))
    {
        return None;
    }
    let condition = point["cond"].as_f64().unwrap_or(1.0).max(1.0);
    // Subnormal results carry an absolute error.
    let relative = ((got - truth).abs() - f64::from_bits(1)).max(0.0) / truth.abs() / condition;
    let wrong_sign = got * truth < 0.0;
    let bad = wrong_sign || relative.is_nan() || relative > allowed(point["fn"].as_str().unwrap(), precision);
    bad.then(|| format!("expected {truth:e}, got {got:e}: {relative:.1e}"))
}

fn check(precision: &str) {
    let bank = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference/hard");
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(bank).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        fs::copy(&path, folder.path().join(&name)).unwrap();
        let (out, _) = succeed(folder.path(), &format!("dist --batch {name} --dtype {precision}"));
        let answers = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let answers: BTreeMap<String, Value> =
            answers.map(|answer| (answer["id"].as_str().unwrap().to_owned(), answer)).collect();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let point: Value = serde_json::from_str(line).unwrap();
            let id = point["id"].as_str().unwrap();
            let rounds = precision == "f32" && point["f32"] != Value::Bool(true);
            if id == MISSTATED || rounds {
                continue;
            }
            seen += 1;
            if let Some(fault) = fault(&point, &answers[id], precision) {
                faults.push(format!("{id} {} {}: {fault}", point["dist"], point["fn"]));
            }
        }
    }
    assert!(seen > 3000, "{seen} points");
    assert!(faults.is_empty(), "{} of {seen}\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}

#[test]
fn in_double_precision() {
    check("f64");
}

#[test]
fn in_single_precision() {
    check("f32");
}
