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
    // ln 2√(2π) + π²/24 − 2.
    let truth = 0.023_319_230_476_674_66;
    assert!((open["kl"].as_f64().unwrap() - truth).abs() < 1e-13 && open["by"] == "quadrature", "{open}");
    let shown = shown(&["TruncatedNormal(0, 1, -1, 1)", "--kl", "Uniform(-1, 1)"]);
    assert!(shown.contains("0.010361246271") && shown.contains("by quadrature"), "{shown}");
    assert_eq!(kl("Normal(0, 1)", "Gamma(1, 1)")["kl"], json!("inf"));
}

/// E[−ln p] is infinite where the tail of the first is too heavy, or its support too wide, for the second.
#[test]
fn infinite_divergences_are_said_to_be() {
    for (p, q, reason) in [
        ("StudentT(2, 0, 1)", "Normal(0, 1)", "tails"),
        ("StudentT(1.5, 0, 1)", "GeneralizedNormal(0, 1, 1.5)", "tails"),
        ("Cauchy(0, 1)", "Laplace(0, 1)", "tails"),
        ("InverseGamma(0.9, 1)", "Gamma(2, 1)", "tails"),
        ("GeneralizedPareto(0, 1, 2)", "Exponential(1)", "tails"),
        ("LogNormal(0, 1)", "GeneralizedExtremeValue(0, 1, -0.5)", "mass"),
        ("Weibull(1, 1)", "InverseGamma(2, 1)", "tails"),
        ("Laplace(0, 1)", "Gumbel(0, 0.5)", "tails"),
        ("Uniform(0, 2)", "TruncatedNormal(0, 1, 0, 1)", "mass"),
        ("Exponential(1)", "Frechet(1, 1)", "tails"),
        ("Mixture([0.999, 0.001], Normal(0, 1), Cauchy(0, 1))", "Laplace(0, 1)", "tails"),
        ("Truncated(StudentT(2, 0, 1), low=0)", "Truncated(Normal(0, 1), low=0)", "tails"),
        ("Normal(0, 1)", "Truncated(Normal(0, 1), -5, 5)", "mass"),
        ("Censored(Normal(0, 1), -1, 1)", "Uniform(-1, 1)", "mass"),
        ("Poisson(3)", "Binomial(5, 0.5)", "mass"),
    ] {
        let found = object(&[p, "--kl", q]);
        assert_eq!(found["kl"], json!("inf"), "{p} from {q}: {found}");
        assert!(found["reason"].as_str().is_none_or(|said| said.contains(reason)), "{p} from {q}: {found}");
    }
    // And finite where they are just light enough, or end inside.
    for (p, q) in [
        ("StudentT(2.5, 0, 1)", "Normal(0, 1)"),
        ("Cauchy(0, 1)", "StudentT(0.5, 0, 1)"),
        ("InverseGamma(1.5, 1)", "Gamma(2, 1)"),
        ("LogNormal(0, 1)", "Gamma(2, 1)"),
        ("Laplace(0, 1)", "Gumbel(0, 2)"),
        ("Truncated(Cauchy(0, 1), -5, 5)", "Normal(0, 1)"),
        ("Gamma(0.001, 1)", "Weibull(1, 0.01)"),
        ("Beta(0.01, 0.02)", "Weibull(1, 0.7)"),
        ("LogUniform(0.5, 3)", "Gamma(2, 1)"),
    ] {
        let found = object(&[p, "--kl", q]);
        assert!(found["kl"].as_f64().is_some_and(|kl| kl > 0.0), "{p} from {q}: {found}");
        assert_ne!(found["by"], json!("draws"), "{p} from {q}: {found}");
    }
}

/// Nothing is far from itself, masses at bounds and draws that underflow included.
#[test]
fn the_divergence_from_itself_is_zero() {
    for law in [
        "Censored(Normal(0, 1), -1, 1)",
        "Truncated(Poisson(5), 2, 9)",
        "Mixture([0.3, 0.7], Normal(0, 1), Cauchy(3, 0.01))",
        "LogUniform(0.5, 3)",
        "Triangular(0, 1, 0.3)",
        "SkewNormal(0, 1, -2)",
        "ZeroInflatedPoisson(3, 0.2)",
    ] {
        let found = object(&[law, "--kl", law]);
        assert!(found["kl"].as_f64().is_some_and(|kl| (0.0..1e-14).contains(&kl)), "{law}: {found}");
    }
}

#[test]
fn divergences_of_two_sizes_name_both() {
    for (p, q, said) in [
        (
            "MVN([0, 0], [[1, 0], [0, 1]])",
            "MVN([0], [[1]])",
            "a vector of 2, MultivariateNormal draws a vector of 1",
        ),
        (
            "Categorical([0.5, 0.5])",
            "Categorical([0.2, 0.3, 0.5])",
            "one of 2 classes with a mass, Categorical draws one of 3",
        ),
        ("Dirichlet([1, 2])", "Dirichlet([1, 2, 3])", "a vector of 2, Dirichlet draws a vector of 3"),
        ("Wishart(3, [[1]])", "Wishart(3, [[1, 0], [0, 1]])", "a 1×1 matrix, Wishart draws a 2×2 matrix"),
        (
            "Normal(0, 1)",
            "MVN([0, 0], [[1, 0], [0, 1]])",
            "Normal draws a number, MultivariateNormal draws a vector of 2",
        ),
        ("Normal(0, 1)", "Poisson(1)", "one of the two has a mass and the other a density"),
    ] {
        let (code, out, err) = dist(&[p, "--kl", q]);
        assert!(code == Some(2) && out.is_empty() && err.contains(said), "{p} from {q}: {err}");
    }
}

/// The values of `reference/open.jsonl`, which 40 digits gave.
#[test]
fn what_has_no_closed_form_is_computed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../reference/open.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    let (answers, err) = batch(&lines);
    assert_eq!((answers.len(), err.as_str()), (lines.lines().count(), ""), "{answers:?}");
    for answer in answers {
        let truth: f64 = answer["truth"].as_str().unwrap().parse().unwrap();
        let value = answer["value"].as_f64().unwrap_or(f64::NAN);
        assert!((value - truth).abs() <= 1e-12 * truth.abs(), "{answer}");
    }
}

#[test]
fn a_line_of_another_size_is_an_error_of_that_line_alone() {
    let (answers, _) = batch(concat!(
        r#"{"dist":"Normal","params":{"loc":0,"scale":1},"fn":"mean"}"#,
        "\n",
        r#"{"dist":"Categorical|Categorical","params":{"p_probs":[0.5,0.5],"q_probs":[0.2,0.3,0.5]},"fn":"kl"}"#,
        "\n",
        r#"{"dist":"OneHotCategorical|OneHotCategorical","params":{"p_logits":[0,1],"q_logits":[0,1,2]},"fn":"kl"}"#,
        "\n",
        r#"{"dist":"Normal","params":{"loc":2,"scale":1},"fn":"mean"}"#,
        "\n",
    ));
    assert_eq!((&answers[0]["value"], &answers[3]["value"]), (&json!(0.0), &json!(2.0)));
    for answer in &answers[1..3] {
        assert!(answer["error"].as_str().is_some_and(|error| error.contains("different sizes")), "{answer}");
    }
}

#[test]
fn lines_take_mixtures_and_calls() {
    let (answers, err) = batch(concat!(
        r#"{"dist":"MixtureSameFamily","params":{"probs":[0.25,0.75],"components":{"dist":"Normal","params":{"loc":[0,4],"scale":1}}},"fn":"mean"}"#,
        "\n",
        r#"{"dist":"Mixture","params":{"probs":[0.25,0.75],"components":[{"dist":"Normal","params":{"loc":0,"scale":1}},"Laplace(4, 1)"]},"fn":"mean"}"#,
        "\n",
        r#"{"dist":"Mixture([0.25, 0.75], Normal(0, 1), Laplace(4, 1))","fn":"mean"}"#,
        "\n",
        r#"{"dist":"MixtureSameFamily","params":{"probs":[0.5,0.5],"components":{"dist":"Normal","params":{"loc":[0,4],"scale":1}}},"fn":"median"}"#,
        "\n",
        r#"{"dist":"MixtureSameFamily","params":{"probs":[0.5,0.5],"components":{"dist":"Binomial","params":{"total_count":[7,7],"probs":0.5}}},"fn":"mode"}"#,
        "\n",
        r#"{"dist":"Gamma","params":{"concentration":1,"rate":1},"fn":"median"}"#,
        "\n",
        r#"{"dist":"SkewNormal","params":{"loc":0,"scale":1,"skewness":0},"fn":"mode"}"#,
        "\n",
    ));
    assert_eq!(err, "");
    let truths = [3.0, 3.0, 3.0, 2.0, 3.0, std::f64::consts::LN_2, 0.0];
    for (answer, truth) in answers.iter().zip(truths) {
        assert!((answer["value"].as_f64().unwrap() - truth).abs() < 1e-9, "{answer}");
    }
    let (answers, _) = batch(concat!(
        r#"{"dist":"Mixture([0.5, 0.6], Normal(0, 1), Laplace(4, 1))","fn":"mean"}"#,
        "\n",
        r#"{"dist":"Mixture","params":{"probs":[0.5,0.5],"components":3},"fn":"mean"}"#,
        "\n",
        r#"{"dist":"Truncated(Gama(2, 1), 0, 1)","fn":"mean"}"#,
        "\n",
        r#"{"dist":"Gamma","params":{"concentration":1,"rate":1},"fn":"medain"}"#,
        "\n",
    ));
    for (answer, said) in answers.iter().zip([
        "whose sum is 1",
        "a distribution: an object with `dist` and `params`",
        "did you mean `Gamma`?",
        "icdf_grad_concentration",
    ]) {
        assert!(answer["error"].as_str().is_some_and(|error| error.contains(said)), "{answer}");
    }
}

#[test]
fn laws_are_truncated_censored_and_mixed() {
    let near = |found: &Value, truth: f64, what: &str| {
        let found = found.as_f64().unwrap_or_else(|| panic!("{what}: {found}"));
        assert!((found - truth).abs() < 1e-12 * truth.abs().max(1e-3), "{what}: {found} {truth}");
    };
    // The library's own truncated normal law is another way to the same.
    let made = object(&["Truncated(Normal(0.5, 2), -1, 3)", "--at", "0.25"]);
    let own = object(&["TruncatedNormal(0.5, 2, -1, 3)", "--at", "0.25"]);
    for name in ["mean", "variance", "mode", "entropy"] {
        near(&made[name], own[name].as_f64().unwrap(), name);
    }
    for name in ["log_prob", "cdf", "log_cdf", "sf", "log_prob_grad_x"] {
        near(&made["at"][0][name], own["at"][0][name].as_f64().unwrap(), name);
    }
    for (made, own) in made["quantiles"].as_array().unwrap().iter().zip(own["quantiles"].as_array().unwrap())
    {
        near(&made["x"], own["x"].as_f64().unwrap(), "quantile");
    }
    let counts = object(&["Truncated(Poisson(3), 2, 4)", "--at", "2,5"]);
    near(&counts["mean"], (2.0 * 4.5 + 3.0 * 4.5 + 4.0 * 3.375) / 12.375, "mean");
    near(&counts["at"][0]["cdf"], 4.5 / 12.375, "cdf");
    assert_eq!(counts["at"][1]["log_prob"], json!("-inf"));
    let censored = object(&["Censored(Exponential(1), high=2)", "--at", "1,2"]);
    near(&censored["mean"], 1.0 - (-2.0f64).exp(), "mean");
    near(&censored["at"][1]["log_prob"], -2.0, "mass of the bound");
    near(&censored["at"][0]["log_prob"], -1.0, "density");
    // Whichever way components are given.
    let batch = object(&["Mixture([0.3, 0.7], Normal([0, 5], [1, 2]))", "--at", "1"]);
    let each = object(&["Mixture([0.3, 0.7], Normal(0, 1), Normal(5, 2))", "--at", "1"]);
    near(&each["at"][0]["log_prob"], batch["at"][0]["log_prob"].as_f64().unwrap(), "log_prob");
    near(&each["mode"], batch["mode"].as_f64().unwrap(), "mode");
    assert_eq!(each["parameters"]["components"], json!(["Normal(0, 1)", "Normal(5, 2)"]));
    for (text, said) in [
        ("Truncated(Normal(0, 1), 3, 2)", "low must be below high"),
        ("Truncated(Normal(0, 1), 50, 60)", "is 0 in double precision"),
        ("Truncated(Dirichlet([1, 2]), 0, 1)", "over single numbers, got Dirichlet"),
        ("Truncated(Normal([0, 1], 1), 0, 1)", "a batch of 2"),
        ("Mixture([0.5, 0.5], Normal(0, 1), Poisson(2))", "a mixture of masses and densities"),
        ("Mixture([0.5, 0.5], Normal(0, 1), Gamma(2, -1))", "rate must be finite and positive"),
        ("Mixture([0.5, 0.2, 0.3], Normal(0, 1), Gamma(2, 1))", "3 weights need as many components, got 2"),
        (
            "Mixture([0.5, 0.5], Normal(0, 1), Censored(Normal(0, 1), 0, 1))",
            "a mass at a point has no density",
        ),
    ] {
        let (code, _, err) = dist(&[text]);
        assert!(code == Some(2) && err.contains(said), "{text}: {err}");
    }
}

#[test]
fn forms_by_keyword_are_the_same_laws() {
    let mean = |text: &str| object(&[text])["mean"].clone();
    assert_eq!(mean("NegativeBinomial(size=10, prob=0.2)"), json!(40.0));
    assert_eq!(mean("Gamma(mean=3, sd=1.5)"), json!(3.0));
    let wishart = object(&["Wishart(3, scale=[[4, 2], [2, 5]])", "--at", "[[1, 0], [0, 1]]"]);
    let by_factor = object(&["Wishart(3, [[2, 0], [1, 2]])", "--at", "[[1, 0], [0, 1]]"]);
    assert_eq!(wishart["at"][0]["log_prob"], by_factor["at"][0]["log_prob"]);
    let spread = object(&["LogisticNormal([0, 1], 2)", "--at", "[0.3, 0.2, 0.5]"]);
    let vector = object(&["LogisticNormal([0, 1], [2, 2])", "--at", "[0.3, 0.2, 0.5]"]);
    assert_eq!(spread["at"][0]["log_prob"], vector["at"][0]["log_prob"]);
    assert_eq!(
        object(&["Normal(0, variance=4)", "--kl", "Normal(1, precision=0.25)"])["closed_form"],
        json!(true)
    );
    for (text, advice) in [
        ("Expon(2)", "write Exponential(rate) or Exponential(scale=…)"),
        ("GenExtreme(0.1, 0, 1)", "SciPy's c is minus the concentration"),
        ("TruncatedNormal(0, 1, a=-1, b=1)", "write low"),
        ("Geometric(p=0.5)", "counts trials from 1"),
        ("NegativeBinomial(mean=3, phi=2)", "write NegativeBinomial(mean=…, size=…)"),
        ("Wishart(3, scale=[[1, 2], [2, 1]])", "scale must be positive definite"),
    ] {
        let (code, _, err) = dist(&[text]);
        assert!(code == Some(2) && err.contains(advice), "{text}: {err}");
    }
}

#[test]
fn large_events_are_shown_and_what_does_not_fit_is_refused() {
    let many = format!("Dirichlet([{}])", vec!["1.5"; 3400].join(","));
    let page = shown(&[&many]);
    assert!(page.contains("3,400 in all") && page.len() < 4000, "{page}");
    let rows: Vec<String> = (0..150)
        .map(|i| {
            format!("[{}]", (0..150).map(|j| if i == j { "1" } else { "0" }).collect::<Vec<_>>().join(","))
        })
        .collect();
    assert!(shown(&[&format!("Wishart(200, [{}])", rows.join(","))]).contains("150 in all"));
    let (code, _, err) = dist(&["LkjCholesky(65000, 1)"]);
    assert!(code == Some(2) && err.contains("GB of memory"), "{err}");
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
            "lower triangular; a covariance is given as covariance_matrix",
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

/// ∞ − ∞ is no distance between means.
#[test]
fn a_mixture_has_the_infinite_variance_of_a_component() {
    for mixture in [
        "MixtureSameFamily([0.3, 0.7], Pareto(1, [0.5, 0.7]))",
        "Mixture([0.3, 0.7], Pareto(1, 0.5), Normal(0, 1))",
        "Truncated(Pareto(1, 0.5), 2)",
    ] {
        assert_eq!(object(&[mixture])["variance"], "inf", "{mixture}");
    }
}
