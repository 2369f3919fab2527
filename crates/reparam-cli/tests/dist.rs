//! `reparam dist`: what it prints, and what it says about wrong input.

mod common;

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use common::{command, ended, run};
use serde_json::{Value, json};

/// `reparam dist` with these arguments, in an empty folder.
fn dist(args: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &[&["dist"], args].concat());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
    ended
}

/// What it prints where all is well.
fn shown(args: &[&str]) -> String {
    let (code, out, err) = dist(args);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{args:?}");
    out
}

fn object(args: &[&str]) -> Value {
    serde_json::from_str(&shown(&[args, &["--json"]].concat())).unwrap()
}

/// The answers to lines on standard input, and what standard error says.
fn batch(lines: &str) -> (Vec<Value>, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path())
        .args(["dist", "--batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let (code, out, err) = ended(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(0), "{err}");
    (out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), err)
}

#[test]
fn a_page_has_moments_quantiles_densities_and_slopes() {
    let page = shown(&["Gamma(2.5, rate=1.2)", "--at", "0.7,3"]);
    let mut lines = page.lines();
    assert_eq!(lines.next(), Some("Gamma"));
    for (label, cells) in [
        ("rate", "1.2"),
        ("support", "from 0 to ∞"),
        ("mean", "2.0833333333333335"),
        ("mode", "1.25"),
        ("quantile 0.5", "1.8131084129564699"),
        ("cdf", "0.10859027754877744   0.7938140802904443"),
        ("dz / d rate", "-0.5833333333333334   -2.4999999999999996"),
    ] {
        let found = page.lines().find_map(|line| line.strip_prefix(label));
        assert!(found.is_some_and(|rest| rest.trim().starts_with(cells)), "{label}: {found:?}");
    }
}

#[test]
fn the_object_has_the_names_of_batch() {
    let object = object(&["Normal([0, 1], 2)", "--at", "0.5"]);
    let [first, second] = object.as_array().unwrap().as_slice() else { panic!("{object}") };
    assert_eq!((&first["mean"], &second["mean"]), (&json!(0.0), &json!(1.0)));
    let at = &second["at"][0];
    let line = json!({"dist": "Normal", "params": {"loc": 1, "scale": 2}, "fn": "log_cdf", "x": 0.5});
    assert_eq!(batch(&format!("{line}\n")).0[0]["value"], at["log_cdf"]);
    assert_eq!(at["dz_dscale"], json!(-0.25));
}

#[test]
fn vectors_and_matrices_have_pages_too() {
    let normal = object(&["MultivariateNormal([0,0], [[1,0],[0.5,1]])", "--at", "[0.1,0.2]"]);
    assert_eq!(normal["variance"], json!([1.0, 1.25]));
    assert_eq!(normal["at"][0]["log_prob_grad_loc"], json!([0.025, 0.150_000_000_000_000_02]));
    let by_covariance = object(&["MVN([0,0], cov=[[1,0.5],[0.5,1.25]])", "--at", "[0.1,0.2]"]);
    assert_eq!(by_covariance["at"][0]["log_prob"], normal["at"][0]["log_prob"]);
    let wishart = object(&["Wishart(3, [[1,0],[0,2]])", "--at", "[[1,0],[0,1]]"]);
    assert_eq!(wishart["mean"], json!([[3.0, 0.0], [0.0, 12.0]]));
    assert!(wishart["at"][0]["log_prob"].as_f64().unwrap() < 0.0);
    let class = object(&["Categorical([0.25, 0.75])", "--at", "1"]);
    assert_eq!(class["at"][0]["log_prob"], json!(-0.287_682_072_451_780_96));
    assert!(shown(&["Dirichlet([0.1,1,3])"]).contains("3 positive numbers whose sum is 1"));
}

#[test]
fn mixtures_weigh_their_components() {
    let one = object(&["Mixture([0.3, 0, 0.7], Normal([0, 1, 5], [1, 9, 2]))", "--at", "1"]);
    let near = |got: &Value, expected: f64| {
        let got = got.as_f64().unwrap();
        assert!((got - expected).abs() < 1e-13 * expected.abs(), "{got} {expected}");
    };
    near(&one["mean"], 3.5);
    // 0.3 (1 + 3.5²) + 0.7 (4 + 1.5²).
    near(&one["variance"], 8.35);
    let quartile = &one["quantiles"].as_array().unwrap()[4];
    let at = format!("{}", quartile["x"]);
    near(&object(&["Mixture([0.3, 0.7], Normal([0, 5], [1, 2]))", "--at", &at])["at"][0]["cdf"], 0.25);
    let counts = object(&["Mixture(logits=[0, 0], components=Poisson([3, 3]))", "--at", "2"]);
    let single = object(&["Poisson(3)", "--at", "2"]);
    near(&counts["at"][0]["log_prob"], single["at"][0]["log_prob"].as_f64().unwrap());
    assert_eq!(counts["quantiles"], single["quantiles"]);
}

#[test]
fn outside_of_the_support_the_density_vanishes() {
    for (law, x) in [
        ("Gamma(2, 1)", "-1"),
        ("Dirichlet([1, 2])", "[0.5, 0.6]"),
        ("Dirichlet([1, 2])", "[-0.5, 1.5]"),
        ("VonMisesFisher([1, 0], 3)", "[1, 1]"),
        ("LkjCholesky(2, 1)", "[[1, 0], [1, 1]]"),
        ("Wishart(3, [[1, 0], [0, 1]])", "[[1, 2], [2, 1]]"),
        ("Poisson(3)", "0.5"),
        ("Categorical([0.5, 0.5])", "2"),
    ] {
        let point = object(&[law, "--at", x])["at"][0].clone();
        assert_eq!((&point["log_prob"], &point["prob"]), (&json!("-inf"), &json!(0.0)), "{law} at {x}");
    }
}

#[test]
fn divergences_are_closed_estimated_or_infinite() {
    let kl = |p: &str, q: &str| object(&[p, "--kl", q]);
    let closed = kl("Normal(0, 1)", "Normal(1, 1)");
    assert_eq!(closed, json!({"kl": 0.5, "closed_form": true}));
    assert_eq!(kl("Dirichlet([1, 2])", "Dirichlet([1, 2])")["kl"], json!(0.0));
    assert_eq!(kl("MVN([0, 0], [[1, 0], [0, 1]])", "MVN([3, 4], [[1, 0], [0, 1]])")["kl"], json!(12.5));
    let open = kl("Logistic(0, 1)", "Normal(0, 2)");
    let (mean, error) = (open["kl"].as_f64().unwrap(), open["standard_error"].as_f64().unwrap());
    // By quadrature; five standard errors are left with probability 6e-7.
    assert!((mean - 0.023_524_18).abs() < 5.0 * error && error < 1e-3, "{mean} ± {error}");
    assert_eq!(kl("Normal(0, 1)", "Gamma(1, 1)")["kl"], json!("inf"));
    let (code, _, err) = dist(&["MVN([0, 0], [[1, 0], [0, 1]])", "--kl", "MVN([0], [[1]])"]);
    assert!(code == Some(2) && err.contains("different sizes"), "{err}");
}

#[test]
fn the_table_has_every_law_once_for_each_way_to_give_it() {
    let table = shown(&["--list"]);
    let rows: Value = serde_json::from_str(&shown(&["--list", "--json"])).unwrap();
    let rows = rows.as_array().unwrap();
    for row in rows {
        assert!(table.lines().any(|line| line.starts_with(row["usage"].as_str().unwrap())), "{row}");
    }
    let row =
        |usage: &str| rows.iter().find(|row| row["usage"] == usage).unwrap_or_else(|| panic!("no {usage}"));
    let gamma = row("Gamma(concentration, rate)");
    assert_eq!((&gamma["reparameterized"], &gamma["cdf"]), (&json!("implicit"), &json!(true)));
    assert_eq!(row("Poisson(rate)")["reparameterized"], "no");
    assert_eq!(row("MultivariateNormal(loc, covariance_matrix)")["reparameterized"], "explicit");
    assert_eq!(row("Dirichlet(concentration)")["divergences"], json!(["Dirichlet"]));
    for law in reparam_kernels::catalog::UNIVARIATES {
        assert!(rows.iter().any(|row| row["distribution"] == law.name), "{} is missing", law.name);
    }
}

#[test]
fn wrong_input_gets_a_caret_and_advice() {
    for (args, place, advice) in [
        (&["Gama(2, 1)"][..], "^^^^", "did you mean `Gamma`?"),
        (&["Gamma(2, rte=3)"], "           ^^^", "did you mean `rate`?"),
        (&["Gamma(2, -3)"], "           ^^", "rate must be finite and positive, got -3"),
        (&["Gamma(2"], "       ^", "this bracket lacks its `)`"),
        (&["Normal(0, nan)"], "            ^^^", "unknown name `nan`"),
        (&["Normal([0, 1], [1, 2, 3])"], "^", "3"),
        (&["Uniform(2, 1)"], "^^^^^^^^^^^^^", "low must be below high"),
        (&["Categorical([0.2, 0.3])"], "              ^", "numbers whose sum is 1"),
        (&["Dirichlet([1, -2])"], "            ^", "got -2 at index [1]"),
        (&["MVN([0, 0], cov=[[1, 2], [2, 1]])"], "^", "positive definite; the pivot of row 1 is -3"),
        (
            &["MVN([0, 0], [[1, 2], [2, 1]])"],
            "^",
            "lower triangular; a covariance has the name covariance_matrix",
        ),
        (&["MVN([0, 0], [[1]])"], "^", "scale_tril must be a 2×2 matrix, got 1×1"),
        (&["Wishart(1, [[1, 0], [0, 1]])"], "          ^", "above d − 1"),
        (&["Mixture([0.3, 0.6], Normal([0, 5], 1))"], "        ^", "whose sum is 1"),
        (
            &["Mixture([0.3, 0.7], Normal(0, 1))"],
            "                    ^",
            "2 weights need as many components, got 1",
        ),
        (&["LkjCholesky(1, 1)"], "              ^", "a whole number of at least 2"),
    ] {
        let (code, out, err) = dist(args);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert!(err.starts_with("error: ") && err.contains(advice), "{args:?}: {err}");
        assert!(err.lines().any(|line| line.contains(place)), "{args:?}: {err}");
    }
    let (code, _, err) = dist(&["Dirichlet([1, 2])", "--at", "[1, 2, 3]"]);
    assert!(code == Some(2) && err.contains("expected a vector of 2 numbers in brackets"), "{err}");
}

#[test]
fn lines_that_cannot_be_evaluated_carry_an_error_and_the_others_their_value() {
    let lines = [
        r#"{"id":1,"dist":"Gauss","params":{},"fn":"mean"}"#,
        r#"{"id":2,"dist":"Normal","params":{"loc":0,"scale":-1},"fn":"mean","x":null}"#,
        r#"{"id":3,"dist":"Normal","params":{"loc":0,"scale":1,"rate":2},"fn":"mean"}"#,
        r#"{"id":4,"dist":"Normal","params":{"loc":0,"scale":1},"fn":"log_prb","x":1}"#,
        r#"{"id":5,"dist":"Normal","params":{"loc":0,"scale":1},"fn":"cdf"}"#,
        "not JSON",
        r#"{"id":7,"dist":"special","params":{},"fn":"lgama","x":1}"#,
        r#"{"id":8,"dist":"Normal","params":{"loc":0,"scale":1},"fn":"icdf","x":1.5}"#,
        r#"{"id":9,"dist":"Gamma","params":{"concentration":2,"rate":1},"fn":"dz_drate","x":-1}"#,
        r#"{"id":10,"dist":"Normal","params":{"loc":0,"scale":1},"fn":"cdf","x":"-inf"}"#,
    ];
    let (answers, err) = batch(&lines.join("\n"));
    let expected = [
        "unknown distribution `Gauss`",
        "scale must be finite and positive, got -1",
        "parameter",
        "did you mean `log_prob`?",
        "`cdf` needs a number x",
        "not a JSON object",
        "did you mean `lgamma`?",
        "between 0 and 1",
        "",
    ];
    for ((answer, expected), line) in answers.iter().zip(expected).zip(lines) {
        assert!(answer["value"].as_f64().is_none_or(f64::is_finite), "{line}: {answer}");
        if !expected.is_empty() {
            assert!(
                answer["error"].as_str().is_some_and(|error| error.contains(expected)),
                "{line}: {answer}"
            );
        }
    }
    let last = answers.last().unwrap();
    assert_eq!((&last["id"], &last["value"], &last["x"]), (&json!(10), &json!(0.0), &json!("-inf")));
    assert!(err.contains("of 10 lines could not be evaluated; the first is line 1: "), "{err}");
}
