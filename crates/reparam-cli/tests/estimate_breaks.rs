//! `reparam estimate` where a slope would not tell: jumps by division, the ends of a turn, supports that move. The true values
//! are those of `reference/jumps.py`.

mod common;

use common::run;
use serde_json::Value;

/// Standard errors between an estimate and the truth: one in 10⁹ lies beyond.
const ERRORS: f64 = 6.1;
const TURN: f64 = std::f64::consts::TAU;

fn estimate(args: &[&str]) -> (Option<i32>, String, String) {
    run(tempfile::tempdir().unwrap().path(), &[&["estimate"], args].concat())
}

fn object(args: &[&str]) -> Value {
    let (code, out, err) = estimate(&[args, &["--json", "-n", "8000", "--estimator", "all"]].concat());
    assert_eq!(code, Some(0), "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

fn names(found: &Value) -> Vec<&str> {
    let rows = found["estimators"].as_array().unwrap();
    rows.iter().map(|row| row["estimator"].as_str().unwrap()).collect()
}

/// Holds the exact answer and every unbiased row to the truth.
#[track_caller]
fn assert_slopes(found: &Value, truth: &[(&str, f64)], is_exact: bool) {
    for (name, truth) in truth {
        if is_exact {
            let exact = found["exact"]["gradient"][name].as_f64();
            let exact = exact.unwrap_or_else(|| panic!("{}", found["no_exact_answer"]));
            assert!((exact - truth).abs() < 1e-7, "exact d/d {name}: {exact}, not {truth}");
        }
        for row in found["estimators"].as_array().unwrap() {
            let slope = &row["gradient"][name];
            let [mean, error] = ["mean", "se"].map(|of| slope[of].as_f64().unwrap());
            let near = (mean - truth).abs() <= ERRORS * error + 1e-9;
            assert!(
                near || row["biased"] == true,
                "{name} by {}: {mean} ± {error}, not {truth}",
                row["estimator"]
            );
            assert!(row["wrong"].is_null(), "{row}");
        }
    }
}

/// The reason why pathwise rows are left out for a variable.
fn reason<'a>(found: &'a Value, variable: &str, method: &str) -> Option<&'a str> {
    let left_out = found["left_out"].as_array().unwrap().iter();
    let mut own = left_out.filter(|own| {
        own["variable"] == variable && own["estimators"].as_array().unwrap().iter().any(|name| name == method)
    });
    own.next().map(|own| own["reason"].as_str().unwrap())
}

#[test]
fn jumps_by_a_division_are_seen() {
    let normal = ["Normal(0.3, 1)", "z.loc", "z.scale"];
    let sign = [0.762_775_630_921_048_2, -0.228_832_689_276_314_45];
    for (expression, [law, first, second], truth, place) in [
        ("atan(1/z)", normal, [0.556_310_697_251_748_5, -0.268_510_695_660_848_3], "1/z"),
        ("z/abs(z)", normal, sign, "z/abs(z)"),
        ("z/sqrt(z^2)", normal, sign, "z/sqrt(z^2)"),
        ("tanh(1/z)", normal, [0.519_002_402_246_295_8, -0.237_232_572_637_296_55], "1/z"),
        ("sigmoid(1/z)", normal, [0.168_655_687_639_311_26, -0.088_496_407_870_014_31], "1/z"),
        ("(z-1)/norm(z-1)", normal, [0.624_507_866_733_522_5, 0.437_155_506_713_465_76], "(z-1)/norm(z-1)"),
        (
            "atan(1/(z-2))",
            ["Gamma(2, 1)", "z.concentration", "z.rate"],
            [0.364_179_635_216_745_1, -0.675_649_630_453_067_5],
            "1/(z-2)",
        ),
    ] {
        let found = object(&[expression, "--z", law]);
        assert_slopes(&found, &[(first, truth[0]), (second, truth[1])], true);
        assert!(
            names(&found).iter().all(|name| !name.starts_with("pathwise")),
            "{expression}: {:?}",
            names(&found)
        );
        let why = reason(&found, "z", "pathwise").unwrap();
        assert!(why.contains(&format!("at `{place}`")), "{expression}: {why}");
        let (code, _, err) = estimate(&[expression, "--z", law, "--estimator", "pathwise"]);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(&format!("at `{place}`")), "{err}");
    }
}

/// A variable along which nothing breaks keeps its path beside one that has none.
#[test]
fn a_jump_along_one_variable_is_none_along_another() {
    let laws = ["--y", "Normal(1, 0.5)", "--x", "Normal(0.5, 1)", "--w", "Normal(1, 1)"];
    let found = object(&[&["atan(y/x)*w"], &laws[..]].concat());
    assert!(names(&found).contains(&"pathwise (y score-loo, x score-loo)"), "{:?}", names(&found));
    assert!(found["estimators"].as_array().unwrap().iter().all(|row| row["wrong"].is_null()));
    let slope = |row: &Value| ["mean", "se"].map(|of| row["gradient"]["x.loc"][of].as_f64().unwrap());
    let rows = found["estimators"].as_array().unwrap();
    let [truth, own] = slope(rows.iter().find(|row| row["estimator"] == "score-loo").unwrap());
    for row in rows {
        let [mean, error] = slope(row);
        assert!((mean - truth).abs() <= ERRORS * error.hypot(own), "{}: {mean} {truth}", row["estimator"]);
    }
}

#[test]
fn what_is_continuous_keeps_its_path() {
    for (expression, law) in [
        ("log(z)", "Gamma(2, 1)"),
        ("1/z", "Gamma(3, 1)"),
        ("1/(1+z^2)", "Normal(0.3, 1)"),
        ("1/(1+exp(z))", "Normal(0.3, 1)"),
        ("z/sqrt(1+z^2)", "Normal(0.3, 1)"),
        ("log(1+exp(z))", "Normal(0.3, 1)"),
        ("abs(z)", "Normal(0.3, 1)"),
        ("1/max(z, 1)", "Normal(0.3, 1)"),
        ("where(z > 0, z, 0.1*z)", "Normal(0.3, 1)"),
        ("log(z[0])*z[1]", "Dirichlet([1, 2, 3])"),
        ("sqrt(z)", "Exponential(1)"),
        ("atan2(z, 1)", "Normal(0.3, 1)"),
    ] {
        let found = object(&[expression, "--z", law]);
        assert!(names(&found).contains(&"pathwise"), "{expression}: {:?}", found["left_out"]);
        assert_slopes(&found, &[], true);
    }
}

/// Whether f sees the ends of the turn is a property of the law and of f, whatever the other variables are.
#[test]
fn an_angle_sees_its_ends_unless_f_is_periodic() {
    let found = object(&["max(w-2,0)*z", "--z", "VonMises(1, 0.5)", "--w", "Normal(3,0.1)"]);
    assert_slopes(&found, &[("z.loc", 1.0)], true);
    assert!(names(&found).contains(&"pathwise"));
    assert!(names(&found).iter().all(|name| *name != "score"), "{:?}", names(&found));
    assert!(reason(&found, "z", "score").unwrap().contains("the ends of the turn move with loc"));
    let found = object(&["cos(z)*w", "--z", "VonMises(1, 0.5)", "--w", "Normal(3,0.1)"]);
    assert!(names(&found).contains(&"score") && names(&found).contains(&"pathwise"), "{:?}", names(&found));
    // E[cos z] is the ratio of the Bessel functions I₁/I₀ at ½ times cos 1.
    let ratio = 0.242_499_612_887_6;
    assert_slopes(&found, &[("z.loc", -3.0 * ratio * 1f64.sin())], false);
    let exact = found["exact"]["gradient"]["z.loc"].as_f64().unwrap();
    assert!((exact + 3.0 * ratio * 1f64.sin()).abs() < 1e-5, "{exact}");
    // Also where a mixture is made of angles.
    let mixture = "MixtureSameFamily([0.3, 0.7], VonMises([1, 2], 0.5))";
    let found = object(&["z", "--z", mixture]);
    assert!(names(&found).iter().all(|name| *name != "score"), "{:?}", names(&found));
    let found = object(&[&format!("sin({TURN}*z/{TURN})"), "--z", mixture]);
    assert!(names(&found).contains(&"score"), "{:?}", names(&found));
}

/// Whether an end moves where the density is not 0 is asked of the law at its parameters.
#[test]
fn supports_that_move_have_no_score() {
    for (law, has_score) in [
        ("GeneralizedPareto(0, 1, -1)", false),
        ("GeneralizedPareto(0, 1, -0.3)", false),
        ("GeneralizedExtremeValue(0, 1, -1)", false),
        ("GeneralizedExtremeValue(0, 1, -0.3)", true),
        ("Triangular(0, 2, 0)", false),
        ("Triangular(0, 2, 1)", true),
        ("Uniform(0, 2)", false),
        ("TruncatedNormal(0, 1, 0, 2)", false),
        ("MixtureSameFamily([0.5, 0.5], Triangular([0, 0], [2, 2], [1, 0]))", false),
        ("Exponential(1)", true),
    ] {
        let found = object(&["z", "--z", law]);
        assert_eq!(names(&found).contains(&"score"), has_score, "{law}: {:?}", names(&found));
        assert_eq!(reason(&found, "z", "score").is_none(), has_score, "{law}");
        assert_slopes(&found, &[], true);
    }
}

/// The mean of a triangle is (low + high + peak) / 3, also where its peak stands at an end.
#[test]
fn a_peak_at_an_end_moves_the_mean() {
    let third = 1.0 / 3.0;
    for law in ["Triangular(-1, 2, -1)", "Triangular(-1, 2, 2)", "Triangular(-1, 2, 0)"] {
        let found = object(&["z", "--z", law]);
        assert_slopes(&found, &[("z.low", third), ("z.high", third), ("z.peak", third)], true);
    }
}

/// Bounds are infinite unless they are given, and nothing that is not a number passes as exact.
#[test]
fn an_infinite_bound_has_a_slope_of_nothing() {
    let half = "TruncatedNormal(0,1,low=0)";
    // E[x] = √(2/π) and E[n] = 2.
    let mean = (2.0 / std::f64::consts::PI).sqrt();
    let found = object(&["n*x", "--x", half, "--n", "Poisson(2)"]);
    assert_slopes(&found, &[("n.rate", mean), ("x.high", 0.0)], true);
    let found = object(&["z", "--z", "Normal(0.5, 1)", "--x", half]);
    assert_slopes(&found, &[("z.loc", 1.0), ("x.loc", 0.0), ("x.high", 0.0)], true);
    let found = object(&["x + z", "--z", "Normal(0.5, 1)", "--x", half]);
    assert_slopes(&found, &[("z.loc", 1.0), ("x.high", 0.0)], true);
    assert!((found["exact"]["value"].as_f64().unwrap() - 0.5 - mean).abs() < 1e-8);
}

/// One seed, one answer: nothing that is chosen depends on how fast the machine is.
#[test]
fn auto_takes_the_same_again() {
    let laws = ["--z", "Gamma(2, 1.5)", "--b", "Bernoulli(0.3)", "--w", "Normal(0, 1)"];
    let args = [&["tanh(z + w) + b*w", "--json", "-n", "2000"], &laws[..]].concat();
    let choice = |threads: &str| {
        let (code, out, err) = estimate(&[&["--threads", threads], &args[..]].concat());
        assert_eq!(code, Some(0), "{err}");
        let found: Value = serde_json::from_str(&out).unwrap();
        (
            found["estimators"][0]["estimator"].clone(),
            found["estimators"][0]["gradient"].clone(),
            found["remark"].clone(),
        )
    };
    let first = choice("1");
    for threads in ["1", "2", "3"] {
        assert_eq!(choice(threads), first);
    }
}

#[test]
fn sums_of_many_terms() {
    let sum = |terms: usize| vec!["z"; terms].join(" + ");
    for terms in [201, 3000] {
        let (code, out, err) = estimate(&[&sum(terms), "--z", "Normal(1, 1)", "-n", "100", "--json"]);
        assert_eq!(code, Some(0), "{err}");
        let found: Value = serde_json::from_str(&out).unwrap();
        assert!(
            (found["exact"]["gradient"]["z.loc"].as_f64().unwrap() - terms as f64).abs()
                < 1e-6 * terms as f64
        );
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_answered_soon() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let folder = tempfile::tempdir().unwrap();
    for (expression, law, estimator) in [
        ("sin(z)", "Gamma(2.5, 1)", "pathwise"),
        ("sin(z)", "Normal(0, 1)", "quasi-random"),
        ("sum(sin(z))", "Normal([0, 1, 2, 3], 1)", "score-loo"),
    ] {
        let mut child = common::command(folder.path())
            .args(["estimate", expression, "--z", law, "-n", "1e10", "--estimator", estimator])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_secs(2));
        let pid = child.id().to_string();
        assert!(Command::new("sh").args(["-c", "kill -INT $0", &pid]).status().unwrap().success());
        let sent = Instant::now();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{expression} by {estimator}");
        // A second on a machine of its own; tests share theirs.
        assert!(sent.elapsed() < Duration::from_secs(5), "{expression} by {estimator}: {:?}", sent.elapsed());
    }
}
