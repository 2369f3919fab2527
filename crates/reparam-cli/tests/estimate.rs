//! `reparam estimate`: every estimator against the exact answer, for every distribution; and what is refused.

mod common;

use std::fs;

use common::run;
use serde_json::Value;

/// Standard errors between an estimate and the truth: one in 10⁹ lies beyond.
const ERRORS: f64 = 6.1;

fn estimate(args: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &[&["estimate"], args].concat())
}

fn object(args: &[&str]) -> Value {
    let (code, out, err) = estimate(&[args, &["--json"]].concat());
    assert_eq!(code, Some(0), "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

/// A number, or the numbers of a vector; NaN where there is none.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        value => vec![value.as_f64().unwrap_or(f64::NAN)],
    }
}

/// Holds all unbiased rows to the exact answer, or to finite numbers where there is none.
fn assert_right(args: &[&str]) -> Value {
    let found = object(args);
    let exact = &found["exact"];
    for row in found["estimators"].as_array().unwrap() {
        for (name, slope) in row["gradient"].as_object().unwrap() {
            let (means, errors) = (numbers(&slope["mean"]), numbers(&slope["se"]));
            let truth = &exact["gradient"][name];
            for (place, (mean, error)) in means.iter().zip(&errors).enumerate() {
                assert!(mean.is_finite() && *error >= 0.0, "{args:?}: {name} by {}", row["estimator"]);
                if !row["biased"].as_bool().unwrap() && !truth.is_null() {
                    let truth = numbers(truth)[place];
                    let off = (mean - truth).abs();
                    assert!(
                        off <= ERRORS * error + 1e-9 * (1.0 + truth.abs()),
                        "{args:?}: {name} by {} is {mean} ± {error}, not {truth}",
                        row["estimator"]
                    );
                }
            }
        }
    }
    found
}

fn names(found: &Value) -> Vec<&str> {
    let rows = found["estimators"].as_array().unwrap();
    rows.iter().map(|row| row["estimator"].as_str().unwrap()).collect()
}

#[test]
fn the_sine_of_a_normal() {
    let args = ["sin(z)", "--z", "Normal(0.7, 1.2)", "--samples", "20000", "--estimator", "all"];
    let found = assert_right(&args);
    let damped = (-0.5f64 * 1.44).exp();
    let exact = &found["exact"];
    for (found, exact) in [
        (&exact["value"], damped * 0.7f64.sin()),
        (&exact["gradient"]["z.loc"], damped * 0.7f64.cos()),
        (&exact["gradient"]["z.scale"], -1.2 * damped * 0.7f64.sin()),
    ] {
        assert!((found.as_f64().unwrap() - exact).abs() < 1e-12, "{found} {exact}");
    }
    for name in
        ["pathwise", "antithetic", "quasi-random", "score", "score-loo", "score-delta", "measure-valued"]
    {
        assert!(names(&found).contains(&name), "{name}");
    }
    assert_eq!((found["samples"].as_u64(), found["seed"].as_u64()), (Some(20_000), Some(0)));
    assert_eq!(found["expression"], "sin(z)");
    assert!(found["remark"].as_str().unwrap().contains("is worst here"));
    let row = &found["estimators"][0];
    assert!(row["evaluations"].as_u64().unwrap() >= 20_000 && row["seconds"].as_f64().unwrap() > 0.0);
    assert!(row["gradient"]["z.loc"]["variance"].as_f64().unwrap() > 0.0);
    // Another seed gives other numbers; the same seed the same.
    let again = object(&args);
    assert_eq!(again["estimators"][0]["gradient"], row["gradient"]);
    let other = object(&[&args[..], &["--seed", "1"]].concat());
    assert_ne!(other["estimators"][0]["gradient"], row["gradient"]);
}

/// For f = (z − k)² the variances of one draw are known.
#[test]
fn variances_are_the_exact_ones() {
    let args = ["(z + 0.4)^2", "--z", "Normal(0.7, 1.2)", "-n", "200000"];
    let found = assert_right(&[&args[..], &["--estimator", "pathwise,score,measure-valued"]].concat());
    let (d2, s2) = (1.21, 1.44);
    let exact = [
        [4.0 * s2, 4.0 * d2 + 8.0 * s2],
        [d2 * d2 / s2 + 14.0 * d2 + 15.0 * s2, 2.0 * d2 * d2 / s2 + 60.0 * d2 + 74.0 * s2],
        [d2 * (16.0 / std::f64::consts::PI - 4.0), 4.0 * d2 + 4.0 * s2],
    ];
    for (row, exact) in found["estimators"].as_array().unwrap().iter().zip(exact) {
        for (name, exact) in ["z.loc", "z.scale"].iter().zip(exact) {
            let variance = row["gradient"][name]["variance"].as_f64().unwrap();
            // Fourth moments of the score reach 800 times the squared variance: √(800 / 200,000) is 6 %.
            assert!((variance / exact - 1.0).abs() < 0.2, "{} {name}: {variance} {exact}", row["estimator"]);
        }
    }
}

#[test]
fn vectors_and_shared_parameters() {
    let args = ["sum(tanh(z))", "--z", "Normal([0, .5, -1], [1, .8, .5])", "--estimator", "all"];
    let found = assert_right(&args);
    assert_eq!(numbers(&found["exact"]["gradient"]["z.loc"]).len(), 3);
    let shared = assert_right(&["sum(z^2)", "--z", "Normal([0, 1], 2)", "--estimator", "all"]);
    assert!((shared["exact"]["gradient"]["z.scale"].as_f64().unwrap() - 8.0).abs() < 1e-9);
}

/// The toy of REBAR: the gradient in the probability is 1 − 2t.
#[test]
fn a_bit_by_all_estimators() {
    for t in ["0.45", "0.499"] {
        let expression = format!("(b - {t})^2");
        let found = assert_right(&[&expression, "--b", "Bernoulli(0.3)", "--estimator", "all"]);
        let exact = found["exact"]["gradient"]["b.probs"].as_f64().unwrap();
        assert!((exact - (1.0 - 2.0 * t.parse::<f64>().unwrap())).abs() < 1e-12);
        for name in
            ["score", "rebar", "relax", "arm", "disarm", "enumerate", "gumbel-softmax", "straight-through"]
        {
            assert!(names(&found).contains(&name), "{name} among {:?}", names(&found));
        }
        let biased = |name: &str| {
            let rows = found["estimators"].as_array().unwrap();
            rows.iter().find(|row| row["estimator"] == name).unwrap()["biased"].as_bool().unwrap()
        };
        assert!(biased("gumbel-softmax") && biased("straight-through") && !biased("rebar"));
    }
}

#[test]
fn variables_of_different_kinds() {
    let two = ["--z", "Normal(0.7, 1.2)", "--b", "Bernoulli(0.3)", "--estimator", "all"];
    let found = assert_right(&[&["(z - b)^2"], &two[..]].concat());
    assert!(names(&found).contains(&"pathwise (b score-loo)"), "{:?}", names(&found));
    assert_right(&["z*b + sin(w)", "--z", "Gamma(2, 1)", "--b", "Poisson(3)", "--w", "Uniform(0, 2)"]);
}

/// Two elements of a draw, so that what is beside the diagonal of a matrix counts, by as many draws as show it.
#[test]
fn elements_that_are_drawn_together() {
    for law in [
        "MultivariateNormal([0, 1], [[1, 0], [.5, 1]])",
        "MultivariateNormal([0, 1], covariance_matrix=[[1, .5], [.5, 2]])",
        "MultivariateNormal([0, 1], precision_matrix=[[1, .5], [.5, 2]])",
        "LowRankNormal([0, 1], [[1], [.5]], [1, 1])",
        "Dirichlet([1, 2, 3])",
        "Multinomial(5, [.2, .3, .5])",
        "DirichletMultinomial(5, [1, 2, 3])",
    ] {
        let args = ["cos(z[0])*z[1]^2", "--z", law, "-n", "20000", "--estimator", "all"];
        assert!(!assert_right(&args)["exact"].is_null(), "{law}");
    }
}

/// An expression for each kind of draw that every element takes part in.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_distribution_can_be_estimated() {
    let numbers = [
        "AsymmetricLaplace(1, 2, .7)",
        "Beta(2, 3)",
        "Beta(.3, .4)",
        "BetaBinomial(6, 2, 3)",
        "Cauchy(0, 1)",
        "Censored(Normal(0, 1), -1, 1)",
        "Binomial(5, .3)",
        "Binomial(5, logits=.3)",
        "BetaPrime(3, 5)",
        "Burr(1, 2, 3)",
        "Categorical([.2, .3, .5])",
        "Categorical(logits=[0, 1, 2])",
        "Chi2(3)",
        "ContinuousBernoulli(.3)",
        "Dagum(1, 5, 2)",
        "DiscreteUniform(1, 6)",
        "Exponential(1.5)",
        "ExponentiallyModifiedNormal(0, 1, 1.5)",
        "FisherSnedecor(5, 9)",
        "Frechet(2, 5)",
        "Gamma(2.5, 1.2)",
        "Gamma(.05, 1.2)",
        "GeneralizedExtremeValue(0, 1, .1)",
        "GeneralizedGamma(2, 1, 1.5)",
        "GeneralizedNormal(0, 1, 3)",
        "GeneralizedPareto(0, 1, .1)",
        "Geometric(.3)",
        "Gompertz(.5, 1)",
        "Gumbel(0, 1)",
        "HalfCauchy(1)",
        "HalfNormal(1)",
        "HalfStudentT(7, 1)",
        "HurdleNegativeBinomial(3, .4, .2)",
        "HurdlePoisson(2, .3)",
        "Hypergeometric(6, 5, 4)",
        "InverseGamma(5, 2)",
        "InverseGaussian(1, 2)",
        "JohnsonSU(.5, 2, 0, 1)",
        "Kumaraswamy(2, 3)",
        "Laplace(0, 1)",
        "Levy(0, .1)",
        "LogLogistic(1, 5)",
        "LogNormal(0, .5)",
        "LogUniform(1, 4)",
        "Logarithmic(.4)",
        "Logistic(0, 1)",
        "LogitNormal(0, 1)",
        "LogitRelaxedBernoulli(.5, .3)",
        "Lomax(1, 5)",
        "Maxwell(1)",
        "MixtureSameFamily([.3, .7], Normal([-1, 2], [1, .5]))",
        "MixtureSameFamily([.3, .7], Poisson([1, 2]))",
        "MixtureSameFamily([.3, .7], Uniform([0, 1], [2, 4]))",
        "MixtureSameFamily(logits=[0, 1], components=Gamma([2, 3], 1.5))",
        "Nakagami(2, 1.5)",
        "NegativeBinomial(3, .4)",
        "NoncentralChi2(3, 2)",
        "Normal(0, 1)",
        "OrderedLogistic(.5, [-1, 1])",
        "Pareto(1, 5)",
        "PointMass(1.3)",
        "Poisson(2)",
        "Rayleigh(1)",
        "RelaxedBernoulli(.5, .3)",
        "Rice(1, .7)",
        "Skellam(2, 3)",
        "SkewNormal(0, 1, 2)",
        "StudentT(7, 0, 1)",
        "TanhNormal(0, 1)",
        "Triangular(0, 2, 1)",
        "TruncatedNormal(0, 1, -1, 2)",
        "Uniform(0, 2)",
        "VonMises(0, 2)",
        "Weibull(2, 3)",
        "ZeroInflatedBinomial(5, .4, .2)",
        "ZeroInflatedNegativeBinomial(3, .4, .2)",
        "ZeroInflatedPoisson(2, .3)",
        "Zipf(2.5, 9)",
    ];
    let vectors = [
        "Dirichlet([1, 2, 3])",
        "DirichletMultinomial(5, [1, 2, 3])",
        "ExpRelaxedOneHotCategorical(.5, [0, 1, 2])",
        "InverseWishart(8, [[1, 0], [.5, 1]])",
        "LkjCholesky(3, 2)",
        "LogisticNormal([0, 1], [1, 1])",
        "LowRankNormal([0, 1], [[1], [.5]], [1, 1])",
        "MatrixNormal([[0, 1, 2], [1, 0, 1]], [[1, 0], [.5, 1]], [[1, 0, 0], [.5, 1, 0], [0, .3, 2]])",
        "Multinomial(5, [.2, .3, .5])",
        "MultivariateNormal([0, 1], [[1, 0], [.5, 1]])",
        "MultivariateNormal([0, 1], covariance_matrix=[[1, .5], [.5, 1]])",
        "MultivariateStudentT(5, [0, 1], [[1, 0], [.5, 1]])",
        "OneHotCategorical([.2, .3, .5])",
        "PowerSpherical([1, 0, 0], 2)",
        "RelaxedOneHotCategorical(.5, [0, 1, 2])",
        "StraightThroughOneHot(.5, [0, 1, 2])",
        "UniformSphere(3)",
        "VonMisesFisher([1, 0, 0], 2)",
        "Wishart(5, [[1, 0], [.5, 1]])",
    ];
    let all = numbers.map(|law| ("cos(z)", law)).into_iter().chain(vectors.map(|law| ("sum(cos(z))", law)));
    for (expression, law) in all {
        // A Sobol sequence has 64 draws: with fewer than a hundred of them a standard error says little.
        assert_right(&[expression, "--z", law, "-n", "8000", "--estimator", "all"]);
    }
    // None is left out here that the command knows.
    let (_, out, _) = run(tempfile::tempdir().unwrap().path(), &["dist", "--list", "--json"]);
    let known: Value = serde_json::from_str(&out).unwrap();
    for row in known.as_array().unwrap() {
        let name = row["distribution"].as_str().unwrap().split('(').next().unwrap();
        let tried = numbers.iter().chain(&vectors).any(|law| law.starts_with(name)) || name == "Bernoulli";
        assert!(tried, "{name} is not tried");
    }
}

#[test]
fn the_autopilot_takes_no_biased_estimator_and_says_why() {
    for (expression, law) in
        [("sin(z)", "Normal(0, 1)"), ("(z - 0.45)^2", "Bernoulli(0.3)"), ("z", "Uniform(0, 1)")]
    {
        let found = assert_right(&[expression, "--z", law]);
        assert!(names(&found)[0].starts_with("auto (z "), "{:?}", names(&found));
        assert_eq!(found["estimators"][0]["biased"], false);
        assert!(found["remark"].as_str().unwrap().starts_with("auto took z by "), "{}", found["remark"]);
    }
}

#[test]
fn an_expression_that_jumps_has_no_pathwise_estimate() {
    let found = assert_right(&["z > 0.3", "--z", "Normal(0.7, 1.2)", "--estimator", "all"]);
    assert!(!names(&found).contains(&"pathwise"));
    let (code, _, err) = estimate(&["z > 0.3", "--z", "Normal(0.7, 1.2)", "--estimator", "pathwise"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("the expression may jump, at `z > 0.3`"), "{err}");
}

#[test]
fn wrong_input_is_shown_where_it_is() {
    let z = ["--z", "Normal(0, 1)"];
    let refused: [(&str, &[&str], i32, &[&str]); 10] = [
        (
            "sum(z)",
            &["--z", "Categorical([[0.2, 0.8], [0.5, 0.5]])"],
            2,
            &["`z` is a batch of Categorical", "own"],
        ),
        ("sin(y)", &z, 2, &["unknown name `y`", "  sin(y)\n      ^", "the variable is `z`"]),
        ("sin(z", &z, 2, &["lacks its `)`", "  sin(z\n     ^"]),
        ("pow(z)", &z, 2, &["pow takes 2 arguments, not 1", "^^^^^^"]),
        ("z + [1, 2]", &["--z", "Normal([0, 1, 2], 1)"], 2, &["a vector of 3 and a vector of 2", "^"]),
        ("tanh(z)", &["--z", "Normal([0, 1], 1)"], 2, &["this is a vector of 2", "sum(…)"]),
        ("log(z)", &z, 1, &["not finite at the draw z = -", "  log(z)\n  ^^^^^^"]),
        ("z", &["--z", "Nomal(0, 1)"], 2, &["unknown distribution `Nomal`", "did you mean `Normal`?"]),
        ("z", &["--z", "Normal(0, -1)"], 2, &["scale must be finite and positive, got -1", "^^"]),
        ("z", &["--z", "Normal(0, 1)", "--estimator", "pathwize"], 2, &["did you mean `pathwise`?"]),
    ];
    for (expression, args, exit, words) in refused {
        let (code, out, err) = estimate(&[&[expression], args].concat());
        assert_eq!((code, out.as_str()), (Some(exit), ""), "{expression}: {err}");
        for word in words {
            assert!(err.contains(word), "{expression}: no `{word}` in\n{err}");
        }
    }
    for (args, words) in [
        (["--z", "Gamma(1, 1)", "--samples", "10"], "the variable `z` is given twice"),
        (["--w", "Gamma(1, 1)", "--samples", "1"], "expected at least 2 draws"),
    ] {
        let (code, _, err) = estimate(&[&["z"], &z[..], &args].concat());
        assert_eq!(code, Some(2));
        assert!(err.contains(words), "{err}");
    }
    let (code, _, err) = estimate(&["z", "--z", "Normal(0, 1)", "--w", "Gamma(1, 1)"]);
    assert_eq!(code, Some(0));
    assert!(err.contains("the expression does not depend on `w`"), "{err}");
    let (code, _, err) = estimate(&["z", "--z", "Normal(0, 1)", "--sampels", "10"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("'--samples'"), "{err}");
}

#[test]
fn the_table_says_what_the_object_says() {
    let (code, out, err) = estimate(&["sin(z)", "--z", "Normal(0.7, 1.2)", "--estimator", "pathwise,score"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for word in
        ["E[sin(z)] over z", "d/d z.loc", "d/d z.scale", "pathwise  ", "score  ", "exact  ", "0.3135744"]
    {
        assert!(out.contains(word), "no `{word}` in\n{out}");
    }
    let (_, list, _) = estimate(&["--list"]);
    assert!(
        list.lines().count() > 15 && list.contains("gumbel-softmax") && list.contains("biased: "),
        "{list}"
    );
}

#[test]
fn the_picture_is_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let args =
        ["estimate", "sin(z)", "--z", "Normal(0.7, 1.2)", "--estimator", "pathwise,score", "--plot", "a.svg"];
    let (code, _, err) = run(folder.path(), &args);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let svg = fs::read_to_string(folder.path().join("a.svg")).unwrap();
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>"));
    for word in ["d/d z.loc", "variance of the gradient", "pathwise", "score", "exact"] {
        assert!(svg.contains(word), "no `{word}`");
    }
}

#[test]
fn terms_are_taken_apart_where_there_are_several() {
    let own = "score-rao-blackwell";
    let b = ["--b", "Bernoulli([.3, .6])", "--estimator"];
    let found = assert_right(&[&["sum((b - 0.3)^2)"], &b[..], &["all"]].concat());
    assert!(names(&found).contains(&own));
    assert!(!names(&assert_right(&[&["prod(b + 1)"], &b[..], &["all"]].concat())).contains(&own));
    let (code, _, err) = estimate(&[&["prod(b + 1)"], &b[..], &[own]].concat());
    assert_eq!(code, Some(2));
    assert!(err.contains("every term of the expression depends on all that is drawn"), "{err}");
}

/// E\[1/z²\] is infinite, E\[exp(a z²)\] for large a too; for small a it is exp(a μ² / v) / √v with v = 1 − 2 a σ².
#[test]
fn what_has_no_expectation_has_no_exact_answer() {
    let exact = |expression: &str| {
        let args = [expression, "--z", "Normal(0.7, 1.2)", "--estimator", "score", "-n", "1000"];
        object(&args)["exact"]["value"].as_f64()
    };
    // The last has one, but most of it lies where no level is told from 1.
    for expression in ["1/z", "1/z^2", "exp(z^2)", "exp(z^2/3)"] {
        assert_eq!(exact(expression), None, "{expression}");
    }
    let v = 1.0 - 2.0 * 1.44 / 4.0;
    let truth = (0.49f64 / 4.0 / v).exp() / v.sqrt();
    assert!((exact("exp(z^2/4)").unwrap() / truth - 1.0).abs() < 1e-9);
    // A kink, a jump, a logarithm, and more waves than nodes.
    let upper = 0.5 * reparam_kernels::special::erfc(-0.7 / 1.2 / 2f64.sqrt());
    assert!((exact("z > 0").unwrap() - upper).abs() < 1e-9);
    assert!((exact("abs(z)").unwrap() - 1.1158961254).abs() < 1e-8);
    assert!((exact("log(abs(z))").unwrap() + 0.2919477654).abs() < 1e-8);
    assert!(exact("cos(50*z)").unwrap().abs() < 1e-12);
}

/// An angle is drawn on the turn around its location, so its mean moves with it at the rate 1.
#[test]
fn an_angle_takes_its_ends_along() {
    let found = assert_right(&["z", "--z", "VonMises(0.3, 2)", "--estimator", "all"]);
    assert!((found["exact"]["gradient"]["z.loc"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert!(names(&found).contains(&"pathwise") && !names(&found).contains(&"score"));
    assert!(
        names(&assert_right(&["cos(z)", "--z", "VonMises(0.3, 2)", "--estimator", "all"])).contains(&"score")
    );
}
