//! `reparam estimate` for laws by other parameters and for distributions made of others: every row against closed forms.

mod common;

use common::run;
use serde_json::Value;

/// Standard errors between an estimate and the truth: one in 10⁹ lies beyond.
const ERRORS: f64 = 6.1;

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        value => vec![value.as_f64().unwrap_or(f64::NAN)],
    }
}

/// Holds every unbiased row to these slopes, and names the rows.
fn held(f: &str, law: &str, truths: &[(&str, &[f64])]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let args = ["estimate", f, "--z", law, "--samples", "20000", "--estimator", "all", "--json"];
    let (code, out, err) = run(folder.path(), &args);
    assert_eq!(code, Some(0), "{law}: {err}");
    let found: Value = serde_json::from_str(&out).unwrap();
    let mut rows = Vec::new();
    for row in found["estimators"].as_array().unwrap() {
        let estimator = row["estimator"].as_str().unwrap().to_owned();
        for (name, truth) in truths {
            let slope = &row["gradient"][name];
            let (means, errors) = (numbers(&slope["mean"]), numbers(&slope["se"]));
            assert_eq!(means.len(), truth.len(), "{law}: {name} by {estimator}: {row}");
            for ((mean, error), truth) in means.iter().zip(errors).zip(*truth) {
                let off = (mean - truth).abs();
                let is_near = off <= ERRORS * error + 1e-9 * (1.0 + truth.abs());
                assert!(
                    is_near || row["biased"] == true,
                    "{law}: {name} by {estimator} is {mean} ± {error}, not {truth}"
                );
            }
        }
        rows.push(estimator);
    }
    for (name, truth) in truths {
        let exact = &found["exact"]["gradient"][name];
        if !exact.is_null() {
            for (found, truth) in numbers(exact).iter().zip(*truth) {
                assert!(
                    (found - truth).abs() < 1e-9 * (1.0 + truth.abs()),
                    "{law}: exact {name} {found} {truth}"
                );
            }
        }
    }
    rows
}

#[test]
fn gradients_are_in_the_parameters_that_were_given() {
    // E[z²] = mean² + sd².
    let rows = held("z^2", "Gamma(mean=3, sd=1.5)", &[("z.mean", &[6.0]), ("z.sd", &[3.0])]);
    assert!(["pathwise", "score"].iter().all(|own| rows.iter().any(|row| row == own)), "{rows:?}");
    // loc² + variance, loc² + 1 / precision.
    held("z^2", "Normal(1, variance=4)", &[("z.loc", &[2.0]), ("z.variance", &[1.0])]);
    held("z^2", "Normal(1, precision=4)", &[("z.loc", &[2.0]), ("z.precision", &[-0.0625])]);
    held("z", "Exponential(scale=4)", &[("z.scale", &[1.0])]);
    held("z", "Beta(mean=0.25, precision=7)", &[("z.mean", &[1.0]), ("z.precision", &[0.0])]);
    held("z", "NegativeBinomial(mean=4, dispersion=0.5)", &[("z.mean", &[1.0]), ("z.dispersion", &[0.0])]);
    // size (1 − prob) / prob.
    held("z", "NegativeBinomial(size=2, prob=0.5)", &[("z.size", &[1.0]), ("z.prob", &[-8.0])]);
}

#[test]
fn truncated_laws_carry_gradients_in_law_and_bounds() {
    // Φ(1/2) and φ(1/2) of a normal between loc ± scale / 2 and their slopes: by symmetry E[z] moves with loc and both bounds.
    let (phi, mass) = (0.352_065_326_764_299_5, 0.382_924_922_548_026_5);
    // d/d loc = 1 − (2 · ½ φ) / mass; the bounds share what is left.
    let slope = 1.0 - phi / mass;
    let bound = 0.5 * (1.0 - slope);
    let truths: [(&str, &[f64]); 3] = [("z.law.loc", &[slope]), ("z.low", &[bound]), ("z.high", &[bound])];
    let rows = held("z", "Truncated(Normal(1, 2), 0, 2)", &truths);
    assert!(rows.iter().any(|row| row == "pathwise") && !rows.iter().any(|row| row == "score"), "{rows:?}");
}

#[test]
fn censored_laws_carry_gradients_where_they_are_not_at_a_bound() {
    // Of a standard normal between −1 and 2.
    let below = 0.158_655_253_931_457_05;
    let above = 0.022_750_131_948_179_21;
    let (phi_of_one, phi_of_two) = (0.241_970_724_519_143_37, 0.053_990_966_513_188_06);
    let rows = held(
        "z",
        "Censored(Normal(0, 1), -1, 2)",
        &[
            ("z.law.loc", &[1.0 - below - above]),
            ("z.law.scale", &[phi_of_one - phi_of_two]),
            ("z.low", &[below]),
            ("z.high", &[above]),
        ],
    );
    assert!(rows.iter().any(|row| row == "pathwise") && !rows.iter().any(|row| row == "score"), "{rows:?}");
}

#[test]
fn mixtures_of_families_carry_gradients_in_weights_and_components() {
    // E[z²] of the parts: 1 + 4 and 1 + 2 · ¼; a weight moves it by how far its part is from the whole.
    let (first, second) = (5.0, 1.5);
    let whole = 0.3 * first + 0.7 * second;
    let rows = held(
        "z^2",
        "Mixture([0.3, 0.7], Normal(1, 2), Laplace(-1, 0.5))",
        &[
            ("z.probs", &[first - whole, second - whole]),
            ("z.components[0].loc", &[0.6]),
            ("z.components[0].scale", &[1.2]),
            ("z.components[1].loc", &[-1.4]),
            ("z.components[1].scale", &[1.4]),
        ],
    );
    assert!(["pathwise", "score"].iter().all(|own| rows.iter().any(|row| row == own)), "{rows:?}");
    // Of counts there is a score alone.
    let rows = held(
        "z",
        "Mixture([0.5, 0.5], Poisson(2), Binomial(4, 0.25))",
        &[("z.probs", &[0.5, -0.5]), ("z.components[0].rate", &[0.5]), ("z.components[1].probs", &[2.0])],
    );
    assert!(rows.iter().any(|row| row == "score") && !rows.iter().any(|row| row == "pathwise"), "{rows:?}");
}
