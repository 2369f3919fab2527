//! `reparam audit`: what passes, what fails with exit code 3, and what it says about wrong input.

mod common;

use std::fs;

use common::{run, trained};
use serde_json::Value;

/// `reparam audit` with these arguments, in an empty folder.
fn audit(args: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &[&["audit"], args].concat());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    ended
}

/// The object, and the exit code.
fn object(args: &[&str]) -> (Option<i32>, Value) {
    let (code, out, err) = audit(&[args, &["--json", "-n", "4000"]].concat());
    (code, serde_json::from_str(&out).unwrap_or_else(|fault| panic!("{args:?}: {fault}\n{out}{err}")))
}

/// The check of a mistake.
fn check<'a>(report: &'a Value, mistake: &str) -> &'a Value {
    let checks = report["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 8, "{report}");
    checks.iter().find(|check| check["mistake"] == mistake).unwrap()
}

/// The rows of all tables: expectation, name, row.
fn rows(report: &Value) -> Vec<(&str, &str, &Value)> {
    let tables = report["expectations"].as_array().unwrap().iter();
    tables
        .flat_map(|table| {
            let rows = table["estimators"].as_array().unwrap().iter();
            rows.map(|row| (table["expression"].as_str().unwrap(), row["estimator"].as_str().unwrap(), row))
        })
        .collect()
}

#[test]
fn right_distributions_pass() {
    for text in [
        "Gamma(2.5, rate=1.2)",
        "Normal([0, .5], [1, .8])",
        "Bernoulli(0.3)",
        "Poisson(3)",
        "Cauchy(0, 1)",
        "Dirichlet([0.5, 1, 2])",
        "MultivariateNormal([0, 1], scale_tril=[[1, 0], [0.9, 0.5]])",
        "Categorical([0.2, 0.5, 0.3])",
    ] {
        let (code, report) = object(&[text]);
        assert_eq!(
            (code, &report["passed"], &report["kind"]),
            (Some(0), &true.into(), &"distribution".into())
        );
        assert!(rows(&report).len() > 2, "{report}");
        assert!(rows(&report).iter().all(|(.., row)| row["passed"] == true), "{report}");
    }
}

#[test]
fn an_expression_is_held_against_its_exact_gradient() {
    let (code, report) = object(&["z^2 + b", "--z", "Normal(0.7, 1.2)", "--b", "Bernoulli(0.3)"]);
    assert_eq!((code, &report["kind"]), (Some(0), &"expression".into()), "{report}");
    let all = rows(&report);
    let (what, _, pathwise) = all.iter().find(|(_, name, _)| name.starts_with("pathwise")).unwrap();
    assert_eq!(*what, "z^2 + b");
    let slopes = pathwise["slopes"].as_array().unwrap();
    for (slope, (name, truth)) in slopes.iter().zip([("z.loc", 1.4), ("z.scale", 2.4), ("b.probs", 1.0)]) {
        assert_eq!(slope["name"], name);
        assert!((slope["truth"].as_f64().unwrap() - truth).abs() < 1e-7, "{slope}");
        let [low, high] = [0, 1].map(|end| slope["interval"][end].as_f64().unwrap());
        assert!(low < high && low <= 0.0 && 0.0 <= high, "{slope}");
    }
}

/// They say that they are biased, so that they are does not fail; what they are off by is told.
#[test]
fn biased_estimators_are_shown_as_such() {
    let (code, report) =
        object(&["(b - 0.45)^2", "--b", "Bernoulli(0.3)", "--estimator", "score,straight-through"]);
    assert_eq!(code, Some(0), "{report}");
    let all = rows(&report);
    let (_, _, biased) = all.iter().find(|(_, name, _)| *name == "straight-through").unwrap();
    assert_eq!((&biased["biased"], &biased["slopes"][0]["passed"]), (&true.into(), &false.into()));
}

#[test]
fn a_sigma_that_rounding_swallows_fails() {
    let (code, report) = object(&["Normal(1e6, 1e-12)"]);
    assert_eq!((code, &report["passed"]), (Some(3), &false.into()));
    assert_eq!(check(&report, "tiny σ")["verdict"], "failed");
    assert!(report["note"].as_str().unwrap().contains("rounding"), "{report}");
    let (_, out, err) = audit(&["Normal(1e6, 1e-12)"]);
    assert!(out.contains("what to do about tiny σ: subtract the location"), "{out}");
    assert_eq!(err, "error: the audit failed: tiny σ\n");
}

#[test]
fn a_covariance_near_a_singular_one_fails_by_its_entries_alone() {
    let near = "MultivariateNormal([0, 0], covariance_matrix=[[1, 0.999], [0.999, 1]])";
    let (code, report) = object(&[near]);
    assert_eq!(code, Some(3));
    let check = check(&report, "covariance without Cholesky");
    assert_eq!(check["verdict"], "failed");
    assert!(check["advice"].as_str().unwrap().contains("Cholesky factor"), "{check}");
    let factor = "MultivariateNormal([0, 0], scale_tril=[[1, 0], [0.999, 0.0447]])";
    assert_eq!(object(&[factor]).0, Some(0));
}

/// Its draws are one-hot vectors, and carry the slope of a relaxation.
#[test]
fn a_discrete_draw_with_a_path_fails() {
    let (code, report) = object(&["StraightThroughOneHot(0.5, [0.1, 0.3, -0.2])"]);
    assert_eq!(code, Some(3));
    let found = check(&report, "discrete draw with a path");
    assert_eq!(found["verdict"], "failed");
    assert!(found["detail"].as_str().unwrap().starts_with("1000 draws take 2 values"), "{found}");
}

/// The turn on which an angle is drawn moves with its location; a function that is not periodic sees its ends, a score does
/// not.
#[test]
fn an_angle_in_a_function_that_is_not_periodic_has_no_score() {
    let angle = ["--z", "VonMises(0.3, 2)", "--estimator", "all"];
    let (code, report) = object(&[&["z"], &angle[..]].concat());
    assert_eq!(code, Some(0), "{report}");
    assert!(rows(&report).iter().all(|(_, name, _)| !name.starts_with("score")), "{report}");
    let (code, report) = object(&[&["sin(z)"], &angle[..]].concat());
    assert_eq!(code, Some(0), "{report}");
    assert!(rows(&report).iter().any(|(_, name, _)| *name == "score"), "{report}");
}

#[test]
fn a_trained_run_is_audited() {
    let folder = trained(200, "--epochs 5");
    let (code, out, err) = run(folder.path(), &["audit", "last", "--json", "-n", "300"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &report["passed"]), (Some(0), &true.into()), "{err}");
    assert_eq!(report["kind"], "run");
    let names: Vec<_> = rows(&report).into_iter().map(|(_, name, _)| name).collect();
    assert_eq!(
        names,
        [
            "pathwise, divergence in closed form",
            "pathwise, entropy by draws",
            "pathwise, sticking the landing"
        ]
    );
    // 16 rows of 2 latent dimensions, a mean and a log-variance each.
    assert_eq!(report["expectations"][0]["estimators"][0]["slopes"].as_array().unwrap().len(), 64);
    for mistake in
        ["gradient through the noise", "unconstrained scale", "σ taken for log σ²", "shape mismatch"]
    {
        assert_eq!(check(&report, mistake)["verdict"], "passed", "{report}");
    }
    let (code, out, _) = run(folder.path(), &["audit", "runs/t", "t.csv", "-n", "300"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("E[the bound of 16 rows], against 2,400 more draws of pathwise"), "{out}");
}

#[test]
fn tails_without_moments_are_left_out_aloud() {
    let (code, out, err) = audit(&["Cauchy(0, 1)", "-n", "2000"]);
    assert_eq!(code, Some(0));
    assert!(err.contains("E[z] is left out: the tails of z are too heavy"), "{err}");
    assert!(!out.contains("\nE[z], ") && out.contains("\nE[tanh(z)], "), "{out}");
}

#[test]
fn wrong_input_ends_with_2_and_a_caret() {
    for (args, place, said) in [
        (&["Gama(1, 2)"][..], "  ^^^^", "did you mean `Gamma`?"),
        (&["Normal(0, -1)"], "            ^^", "scale must be finite and positive"),
        (&["Normal(0,"], "           ^", "expected an expression"),
        (&["sin(w)", "--z", "Normal(0, 1)"], "      ^", "the variable is `z`"),
        (&["z", "--z", "Normal(0"], "        ^", "this bracket lacks its `)`"),
    ] {
        let (code, out, err) = audit(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}: {err}");
        assert!(err.starts_with("error: ") && err.contains(said), "{args:?}: {err}");
        assert!(err.lines().any(|line| line.starts_with(place)), "{args:?}: {err}");
    }
    for (args, said) in [
        (&["Normal(0, 1)", "--rate", "2"][..], "between 0 and 0.5"),
        (&["Normal(0, 1)", "--estimator", "pathwis"], "did you mean `pathwise`?"),
        (&["Normal(0, 1)", "t.csv"], "DATA goes with a run alone"),
        (&[], "<TARGET>"),
    ] {
        let (code, _, err) = audit(args);
        assert!(code == Some(2) && err.contains(said), "{args:?}: {err}");
    }
    let (code, _, err) = audit(&["z^2"]);
    assert!(code == Some(1) && err.contains("an expression needs its variables"), "{err}");
    let (code, _, err) = audit(&["log(z)", "--z", "Normal(0, 1)"]);
    assert!(code == Some(1) && err.contains("is not finite at the draw z = -"), "{err}");
}

/// So few draws of skewed slopes cannot tell a bias; more draws are made before one is told.
#[test]
fn a_right_gradient_of_few_skewed_draws_passes() {
    let law = format!("Dirichlet([{}])", vec!["1"; 300].join(", "));
    for seed in ["0", "1"] {
        let (code, _, err) = audit(&[&law, "-n", "100", "--estimator", "pathwise", "--seed", seed]);
        assert_eq!(code, Some(0), "{seed}: {err}");
    }
    // A rare event that no draw has met says nothing.
    let (code, _, err) = audit(&["z > 5", "--z", "Normal(0, 1)", "-n", "100"]);
    assert_eq!(code, Some(0), "{err}");
}
