//! Arguments by position, by name, by default, in several forms, in batches, and nested.

mod support;

use reparam_lang::{Bound, Matrix, Value, parse};
use support::CATALOGUE;

fn bind(text: &str) -> Bound<'static> {
    parse(text).and_then(|parsed| parsed.bind(CATALOGUE)).unwrap_or_else(|error| panic!("{}", error.render()))
}

fn numbers(text: &str) -> Vec<(&'static str, f64)> {
    let number = |value: &Value<'_>| match value {
        Value::Number(value) => *value,
        other => panic!("{other:?}"),
    };
    bind(text).arguments.iter().map(|argument| (argument.parameter.name, number(&argument.value))).collect()
}

#[test]
fn positions_names_aliases_and_defaults() {
    for text in [
        "Normal(2, 3)",
        "Normal(2, scale=3)",
        "Normal(scale=3, loc=2)",
        "Normal(mu=2, sigma=9/3)",
        "Normal(2, 3,)",
    ] {
        assert_eq!(numbers(text), [("loc", 2.0), ("scale", 3.0)], "{text}");
    }
    assert_eq!(numbers("Normal()"), [("loc", 0.0), ("scale", 1.0)]);
    assert_eq!(numbers("Normal(scale=2)"), [("loc", 0.0), ("scale", 2.0)]);
    assert_eq!(bind("Dir([1, 2])").signature.name, "Dirichlet");
}

#[test]
fn parameters_are_constant_expressions() {
    assert_eq!(numbers("Normal(0, sqrt(2)/3)")[1].1, 2f64.sqrt() / 3.0);
    assert_eq!(
        numbers("Normal(-inf, [1, e][1]^2)"),
        [("loc", f64::NEG_INFINITY), ("scale", std::f64::consts::E.powi(2))]
    );
}

#[test]
fn the_form_is_the_first_that_holds_all_arguments() {
    let form = |text: &str| (bind(text).form, numbers(text));
    assert_eq!(form("Bernoulli(0.3)"), (0, vec![("probs", 0.3)]));
    assert_eq!(form("Bernoulli(logits=0.3)"), (1, vec![("logits", 0.3)]));
    assert_eq!(form("Gamma(2, 3)"), (0, vec![("concentration", 2.0), ("rate", 3.0)]));
    assert_eq!(form("Gamma(2, scale=3)"), (1, vec![("concentration", 2.0), ("scale", 3.0)]));
    assert_eq!(form("Gamma(scale=3, alpha=2)"), (1, vec![("concentration", 2.0), ("scale", 3.0)]));
}

#[test]
fn vectors_are_batches_of_numbers_and_matrices_of_vectors() {
    assert_eq!(bind("Normal(0, 1)").batch, None);
    let normal = bind("Normal([0, .5, -1], 1)");
    assert_eq!(normal.batch, Some(3));
    assert_eq!(normal.argument("loc").unwrap().value, Value::Vector(vec![0.0, 0.5, -1.0]));
    assert_eq!(normal.argument("scale").unwrap().value, Value::Number(1.0));
    assert_eq!(bind("Dirichlet([1, 2])").batch, None);
    assert_eq!(bind("Dirichlet([[1, 2, 3], [4, 5, 6]])").batch, Some(2));
    let mvn = bind("MultivariateNormal([0, 0], covariance=[[2, 0], [0, 1]])");
    let matrix = Matrix { rows: 2, columns: 2, items: vec![2.0, 0.0, 0.0, 1.0] };
    assert_eq!((mvn.batch, &mvn.arguments[1].value), (None, &Value::Matrix(matrix)));
}

#[test]
fn distributions_are_arguments_of_distributions() {
    let inner = |text: &str, parameter: &str| match &bind(text).argument(parameter).unwrap().value {
        Value::Distribution(inner) => (inner.signature.name, inner.batch),
        other => panic!("{other:?}"),
    };
    assert_eq!(inner("Truncated(Normal(0, 1), low=0)", "base"), ("Normal", None));
    assert_eq!(
        inner("MixtureSameFamily([0.3, 0.7], Normal([0, 1], [1, 2]))", "components"),
        ("Normal", Some(2))
    );
    assert_eq!(inner("ZeroInflated(0.2, Truncated(Poisson(3), high=9))", "base"), ("Truncated", None));
    assert_eq!(
        bind("Truncated(Normal(0, 1), low=0)").argument("high").unwrap().value,
        Value::Number(f64::INFINITY)
    );
}

#[test]
fn spans_point_at_what_was_given() {
    let text = "Truncated( Normal(0, 1), low = -(1+1) )";
    let bound = bind(text);
    let part = |name: &str| &text[bound.argument(name).unwrap().span.range()];
    assert_eq!(part("base"), "Normal(0, 1)");
    assert_eq!(part("low"), "-(1+1)");
    assert_eq!(part("high"), "Truncated", "a default stands at the name");
    let error = parse(text).unwrap().error(bound.argument("low").unwrap().span, "low must be positive");
    assert_eq!(
        error.render(),
        "error: low must be positive\n  Truncated( Normal(0, 1), low = -(1+1) )\n                                 ^^^^^^"
    );
}

#[test]
fn usage_lists_the_forms() {
    let usage = |name: &str| CATALOGUE.iter().find(|signature| signature.name == name).unwrap().usage();
    assert_eq!(usage("Bernoulli"), "Bernoulli(probs) or Bernoulli(logits)");
    assert_eq!(usage("Truncated"), "Truncated(base, low=-inf, high=inf)");
}

#[test]
fn the_last_parameter_may_take_all_that_follow() {
    let mixture = bind("Mixture([0.2, 0.3, 0.5], Normal(0, 1), Gamma(2, 1), Poisson(3))");
    let names: Vec<&str> = mixture.arguments.iter().map(|argument| argument.parameter.name).collect();
    assert_eq!(names, ["probs", "components", "components", "components"]);
    assert_eq!(bind("Mixture([1], components=Normal(0, 1))").arguments.len(), 2);
    let usage = CATALOGUE.iter().find(|signature| signature.name == "Mixture").unwrap().usage();
    assert_eq!(usage, "Mixture(probs, components, …)");
}

#[test]
fn a_number_stands_for_a_vector_where_it_may() {
    let value = |text: &str| bind(text).arguments[1].value.clone();
    assert_eq!(value("LogisticNormal([0, 0], 2)"), Value::Number(2.0));
    assert_eq!(value("LogisticNormal([0, 0], [2, 3])"), Value::Vector(vec![2.0, 3.0]));
    assert_eq!(bind("LogisticNormal([0, 0], [[1, 1], [2, 2]])").batch, Some(2));
}

#[test]
fn names_with_another_meaning_come_with_advice() {
    let error = |text: &str| parse(text).and_then(|parsed| parsed.bind(CATALOGUE)).unwrap_err().render();
    assert!(error("LogitNorm(0, 1)").ends_with("^^^^^^^^^ write LogisticNormal(loc, scale)"));
    assert!(error("LogisticNormal([0], s=1)").ends_with("^ the scale is `scale`"));
}
