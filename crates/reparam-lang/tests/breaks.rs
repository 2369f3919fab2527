//! Where expressions may break along their variables, and which see the ends of a turn.

use std::f64::consts::{PI, TAU};

use reparam_lang::{Breaks, Interval, Known, Program, Shape, Variable, parse};

const X: usize = 0;
const Y: usize = 1;
const V: usize = 2;

/// Of any numbers x and y, a vector of three v, and a whole number n that does not move.
fn program(text: &str) -> Program {
    let scalar = |name| Variable { name, shape: Shape::Scalar };
    let variables = [scalar("x"), scalar("y"), Variable { name: "v", shape: Shape::Vector(3) }, scalar("n")];
    parse(text)
        .and_then(|parsed| parsed.compile(&variables))
        .unwrap_or_else(|error| panic!("{}", error.render()))
}

fn breaks(text: &str, x: Interval) -> Breaks {
    let real = |variable| Known { range: Interval::REAL, variable: Some(variable) };
    let counts = Known { range: Interval::closed(0.0, f64::INFINITY), variable: None };
    let x = Known { range: x, variable: Some(X) };
    program(text).breaks(0, &[x, real(Y), real(V), real(V), real(V), counts])
}

/// The part of the text at which it breaks along a variable.
fn at(text: &str, x: Interval, variable: usize) -> Option<&str> {
    breaks(text, x).along(variable).map(|found| &text[found.span.range()])
}

#[test]
fn what_jumps_is_told_with_its_place() {
    for (text, place) in [
        ("atan(1/x)", "1/x"),
        ("x/abs(x)", "x/abs(x)"),
        ("tanh(1/x)", "1/x"),
        ("sigmoid(1/(x - 2))", "1/(x - 2)"),
        ("x/sqrt(x^2)", "x/sqrt(x^2)"),
        ("(x - 1)/norm(x - 1)", "(x - 1)/norm(x - 1)"),
        ("atan(y/x)*v[0]", "y/x"),
        ("exp(-x^-3)", "x^-3"),
        ("tan(x)", "tan(x)"),
        ("tanh(log(abs(x)))", "log(abs(x))"),
        ("sin(log(x^2))", "log(x^2)"),
        ("atan2(x, y)", "atan2(x, y)"),
        ("atan2(abs(x), x)", "atan2(abs(x), x)"),
        ("x^y", "x^y"),
        ("abs(x)^-0.5", "abs(x)^-0.5"),
        ("sqrt(sqrt(abs(x)))", "sqrt(sqrt(abs(x)))"),
        ("abs(x)^0.1", "abs(x)^0.1"),
        ("lgamma(x)", "lgamma(x)"),
        ("atanh(sin(x))", "atanh(sin(x))"),
        ("floor(x)", "floor(x)"),
        ("where(x > 1, x, 0)", "x > 1"),
        ("(x > 1)*(x + 2)", "(x > 1)"),
        ("max(x, y) == x", "max(x, y) == x"),
        ("sign(x)*y", "sign(x)"),
    ] {
        assert_eq!(at(text, Interval::REAL, X), Some(place), "{text}");
    }
}

#[test]
fn what_is_continuous_is_not_left_out() {
    for text in [
        "sin(x) + x^3 - abs(x) + max(x, 0) + relu(x) + min(x, y)",
        "1/(1 + x^2)",
        "1/(1 + x*x)",
        "1/(1 + exp(x))",
        "x/sqrt(1 + x^2)",
        "log(1 + exp(x))",
        "log(1 + x^2) + log1p(x^4) + log(2 + sin(x))",
        "1/max(x, 1)",
        "1/(abs(x) + 0.1) + y/cosh(x)",
        "sqrt(x^2)",
        "sqrt(abs(x))",
        "(x^2)^0.5",
        "2^x + (1 + x^2)^y",
        "log(norm([x, y]))",
        "log(x^2 + y^2)",
        "log(dot(v, v))",
        "v[0]/norm(v)",
        "where(x > 0, x, 0.1*x)",
        "where(x < 1, 0, log(x))",
        "(x > 0)*x*y",
        "x*(x >= 0)",
        "where(x > 0, where(y > 1, y - 1, 0)*x, 0)",
        "atan2(x, 1 + y^2)",
        "acos(tanh(x))",
        "atanh(tanh(x))",
        "floor(sigmoid(x)/2)",
        "(x^2 >= 0)*x",
        "where(n > 2, x, -x)",
        "x/(1 + n)",
        "logsumexp([x, y]) + norm(v)",
        "tan(atan(x))",
        "-log(sigmoid(x))",
        "log_sigmoid(x) + softplus(x) + erf(x)",
    ] {
        for variable in [X, Y, V] {
            assert_eq!(at(text, Interval::REAL, variable), None, "{text}");
        }
    }
}

#[test]
fn a_support_says_what_is_reached() {
    let positive = Interval::open(0.0, f64::INFINITY);
    let unit = Interval::open(0.0, 1.0);
    for text in
        ["log(x)", "1/x", "x^-2", "sqrt(x)", "x^0.1", "x^y", "lgamma(x)", "digamma(x)", "x/abs(x)", "sign(x)"]
    {
        assert_eq!(at(text, positive, X), None, "{text}");
    }
    for text in
        ["log(1 - x)", "1/(1 - x)", "logit(x)", "atanh(x)", "asin(x)", "floor(x)", "tan(x)", "sqrt(1 - x^2)"]
    {
        assert_eq!(at(text, unit, X), None, "{text}");
    }
    assert_eq!(at("atan(1/(x - 2))", positive, X), Some("1/(x - 2)"));
    assert_eq!(at("log(x - 2)", positive, X), Some("log(x - 2)"));
    assert_eq!(at("1/(x - 2)", unit, X), None);
    assert_eq!(at("tan(2*x)", unit, X), Some("tan(2*x)"));
    assert_eq!(at("where(x > 2, 1, 0)", unit, X), None);
}

/// A jump in one number is none along another, whose path does not cross it; near a pole every slope is large.
#[test]
fn each_variable_breaks_for_itself() {
    for (text, along_x, along_y) in [
        ("(x > 0)*y", Some("(x > 0)"), None),
        ("tanh(1/x)*y", Some("1/x"), None),
        ("sin(y/x)", Some("y/x"), Some("y/x")),
        ("sin(y*(1/x))", Some("(1/x)"), Some("(1/x)")),
        ("where(x > y, x, 0)", Some("x > y"), Some("x > y")),
        ("floor(x) + tanh(y)", Some("floor(x)"), None),
        ("n*floor(n/2)*x + 1/n", None, None),
    ] {
        assert_eq!((at(text, Interval::REAL, X), at(text, Interval::REAL, Y)), (along_x, along_y), "{text}");
    }
}

#[test]
fn long_vectors_of_choices_take_no_long_time() {
    let v = Variable { name: "v", shape: Shape::Vector(20_000) };
    let program = parse("sum(where(v > sum(v), v, 1/v))").and_then(|parsed| parsed.compile(&[v])).unwrap();
    let known = Known { range: Interval::REAL, variable: Some(0) };
    assert!(program.breaks(0, &vec![known; 20_000]).first().is_some());
}

#[test]
fn only_what_is_periodic_does_not_see_the_ends_of_a_turn() {
    let turn = Some(TAU);
    let sees = |text: &str, turn| program(text).sees_the_ends(0, &[turn, None, None, None, None, None]);
    for text in [
        "cos(x)",
        "sin(2*x + y)*y + 3",
        "exp(cos(x - 1)/2) + tan(x/2)",
        "tan(x + y)",
        "cos(x + x)",
        "sin(x/2 + x/2)",
        "y*v[0]",
        "where(sin(x) > 0, 1, y)",
        "cos(y - (x - 3*x))",
        "x - x",
    ] {
        assert_eq!(sees(text, turn), Vec::<usize>::new(), "{text}");
    }
    for text in [
        "x",
        "max(y - 2, 0)*x",
        "cos(x/2)",
        "cos(1.5*x)",
        "sin(x^2)",
        "sin(x*y)",
        "max(x, -x)",
        "atan2(x, -x)",
        "cos(x) + x/1e9",
        "tan(x/3)",
        "(x > 1)*cos(x)",
    ] {
        assert_eq!(sees(text, turn), [0], "{text}");
    }
    // Of a turn of π, cos(2 x) is the same; of an input that does not turn nothing is asked.
    assert_eq!(sees("cos(2*x)", Some(PI)), Vec::<usize>::new());
    assert_eq!(sees("cos(x)", Some(PI)), [0]);
    assert_eq!(sees("x^2", None), Vec::<usize>::new());
}
