//! Slopes against finite differences, exact identities, and the tails where a careless formula has no digits left.

use reparam_lang::{Batch, Program, Shape, Variable, functions, parse};
use reparam_testing::derivative;

fn variable(name: &str, shape: Shape) -> Variable<'_> {
    Variable { name, shape }
}

fn program(text: &str, variables: &[Variable<'_>]) -> Program {
    parse(text)
        .and_then(|parsed| parsed.compile(variables))
        .unwrap_or_else(|error| panic!("{}", error.render()))
}

/// A program of one number `x`.
fn of_x(text: &str) -> Program {
    program(text, &[variable("x", Shape::Scalar)])
}

/// The value and all slopes at one point.
fn at(program: &Program, point: &[f64]) -> (f64, Vec<f64>) {
    let mut batch = program.batch(1);
    (0..point.len()).for_each(|element| batch.input_mut(element)[0] = point[element]);
    batch.evaluate(1);
    batch.differentiate(0);
    (batch.output(0)[0], (0..point.len()).map(|element| batch.slope(element)[0]).collect())
}

/// Compares every slope with a finite difference; false where the value is not finite.
fn agrees(text: &str, program: &Program, point: &[f64]) -> bool {
    let (value, slopes) = at(program, point);
    if !value.is_finite() {
        return false;
    }
    for (element, slope) in slopes.iter().enumerate() {
        let along = |x: f64| {
            let mut moved = point.to_vec();
            moved[element] = x;
            at(program, &moved).0
        };
        let estimate = derivative(along, point[element], 0.03);
        let tolerance = 1e-8 * (1.0 + slope.abs() + value.abs());
        assert!(
            (slope - estimate.value).abs() <= tolerance,
            "{text} at {point:?}: slope {slope} in element {element}, finite difference {}",
            estimate.value
        );
    }
    true
}

#[test]
fn every_function_agrees_with_finite_differences() {
    let variables = [
        variable("x", Shape::Scalar),
        variable("y", Shape::Scalar),
        variable("a", Shape::Scalar),
        variable("b", Shape::Scalar),
        variable("condition", Shape::Scalar),
        variable("v", Shape::Vector(3)),
        variable("w", Shape::Vector(3)),
    ];
    let rest = [0.6, 0.7, -1.3, 1.0, 0.4, -0.9, 1.1, 0.3, 0.8, -0.6];
    for function in functions() {
        let text = format!("{}({})", function.name, function.arguments.trim_end_matches(", ..."));
        let program = program(&text, &variables);
        let mut agreed = 0;
        for x in [-30.4, -3.3, -0.4, 0.2, 0.45, 1.4, 5.3, 30.4] {
            agreed += usize::from(agrees(&text, &program, &[&[x][..], &rest].concat()));
        }
        assert!(agreed >= 2, "{text} is finite at {agreed} points");
    }
}

#[test]
fn every_operator_agrees_with_finite_differences() {
    let variables =
        [variable("a", Shape::Scalar), variable("b", Shape::Scalar), variable("z", Shape::Vector(2))];
    for text in [
        "a + b",
        "a - b",
        "a * b",
        "a / b",
        "a ^ b",
        "2 ^ b",
        "a ^ 2",
        "a ^ 3",
        "a ^ -2",
        "a ^ 0",
        "a ^ 2.5",
        "-a * a",
        "a < b",
        "max(z) + min(z, a)[0] * b",
        "where(a > b, a*b, a/b)",
        "sum((z - mean(z))^2)",
        "[a*z, b*z][1][0]",
        "logsumexp([a, b, a + b]) / norm(z)",
        "dot(z, exp(z)) - prod(z + 3)",
        "tanh(sin(a) * z[-1])^3 / (1 + z[0]^2)",
    ] {
        let program = program(text, &variables);
        for point in [[0.7, 1.9, -0.4, 0.9], [2.3, -0.8, 1.6, 0.2]] {
            assert!(agrees(text, &program, &point), "{text}");
        }
    }
}

#[test]
fn a_variable_used_twice_collects_both_slopes() {
    assert_eq!(at(&of_x("x"), &[3.0]), (3.0, vec![1.0]));
    assert_eq!(at(&of_x("x * x + x"), &[3.0]), (12.0, vec![7.0]));
    assert_eq!(at(&of_x("x - x"), &[3.0]), (0.0, vec![0.0]));
    assert_eq!(at(&of_x("sum([x, x, x]) / x"), &[4.0]), (3.0, vec![0.0]));
    assert_eq!(at(&of_x("7"), &[3.0]), (7.0, vec![0.0]));
}

#[test]
fn slopes_keep_their_digits_in_the_tails() {
    let close = |text: &str, x: f64, expected: f64| {
        let slope = at(&of_x(text), &[x]).1[0];
        assert!((slope / expected - 1.0).abs() < 1e-14, "{text} at {x}: {slope}, not {expected}");
    };
    // mpmath, 30 digits.
    close("tanh(x)", 20.0, 1.6993417021166355837e-17);
    close("tanh(x)", -300.0, 1.0601586212017243265e-260);
    close("sigmoid(x)", 40.0, 4.2483542552915889592e-18);
    close("log_sigmoid(x)", 40.0, 4.2483542552915889773e-18);
    close("expm1(x)", -40.0, 4.2483542552915889953e-18);
    close("softplus(x)", -40.0, 4.2483542552915889773e-18);
}

#[test]
fn reductions_survive_large_numbers() {
    let v = [variable("v", Shape::Vector(2))];
    assert_eq!(at(&program("norm(v)", &v), &[-8e300, 6e300]), (1e301, vec![-0.8, 0.6]));
    assert_eq!(at(&program("norm(v)", &v), &[3e-200, 0.0]), (3e-200, vec![1.0, 0.0]));
    assert_eq!(at(&program("norm(v)", &v), &[0.0, 0.0]), (0.0, vec![0.0, 0.0]));
    assert_eq!(at(&program("logsumexp(v)", &v), &[1000.0, 0.0]), (1000.0, vec![1.0, 0.0]));
    assert_eq!(at(&program("logsumexp(v)", &v), &[-2000.0, f64::NEG_INFINITY]), (-2000.0, vec![1.0, 0.0]));
    assert_eq!(at(&program("logsumexp(v)", &v), &[f64::NEG_INFINITY; 2]).0, f64::NEG_INFINITY);
    assert_eq!(at(&program("logsumexp(v)", &v), &[f64::INFINITY, 0.0]).0, f64::INFINITY);
}

#[test]
fn kinks_have_their_stated_slopes() {
    for (text, slope) in
        [("abs(x)", 0.0), ("relu(x)", 0.0), ("max(x, 0)", 1.0), ("max(0, x)", 0.0), ("min(x, 0)", 1.0)]
    {
        assert_eq!(at(&of_x(text), &[0.0]).1[0], slope, "{text}");
    }
    let v = [variable("v", Shape::Vector(3))];
    assert_eq!(at(&program("max(v)", &v), &[1.0, 2.0, 2.0]).1, [0.0, 1.0, 0.0], "the first of equals");
    assert_eq!(at(&program("prod(v)", &v), &[0.0, 2.0, 3.0]).1, [6.0, 0.0, 0.0], "a zero among the factors");
}

#[test]
fn powers_at_zero() {
    let two = [variable("a", Shape::Scalar), variable("b", Shape::Scalar)];
    let power = program("a ^ b", &two);
    assert_eq!(at(&power, &[0.0, 2.0]), (0.0, vec![0.0, 0.0]));
    assert_eq!(at(&power, &[0.0, 0.0]).1[0], 0.0);
    assert_eq!(at(&of_x("x ^ 0"), &[0.0]), (1.0, vec![0.0]));
    assert_eq!(at(&of_x("x ^ 1"), &[0.0]), (0.0, vec![1.0]));
}

#[test]
fn a_branch_not_taken_has_no_part_in_the_slope() {
    let program = of_x("where(x > 0, sqrt(x) * log(x), 2*x)");
    assert_eq!(at(&program, &[-3.0]), (-6.0, vec![2.0]));
    assert_eq!(at(&program, &[0.0]), (0.0, vec![2.0]));
}

#[test]
fn not_a_number_is_never_lost() {
    let v = [variable("a", Shape::Scalar), variable("b", Shape::Scalar)];
    for text in [
        "max(a, b)",
        "min(a, b)",
        "a < b",
        "a == b",
        "where(a, 1, 2) + b",
        "norm([a, b])",
        "logsumexp([a, b])",
        "relu(a) + b",
    ] {
        let program = program(text, &v);
        for point in [[f64::NAN, 1.0], [1.0, f64::NAN]] {
            assert!(at(&program, &point).0.is_nan(), "{text} at {point:?}");
        }
    }
}

#[test]
fn a_batch_is_many_single_draws() {
    let text = "logsumexp(z) * sin(z[0]) + norm(z * 2^z) / (1 + max(z)^2)";
    let program = program(text, &[variable("z", Shape::Vector(3))]);
    let mut batch = program.batch(64);
    let draw = |i: usize, k: usize| ((i * 3 + k) as f64 * 0.37).sin() * 2.0;
    // A full batch, then a shorter one in the same memory.
    for draws in [64, 5] {
        for k in 0..3 {
            (0..draws).for_each(|i| batch.input_mut(k)[i] = draw(i + draws, k));
        }
        batch.evaluate(draws);
        batch.differentiate(0);
        assert_eq!(batch.output(0).len(), draws);
        for i in 0..draws {
            let (value, slopes) = at(&program, &[0, 1, 2].map(|k| draw(i + draws, k)));
            assert_eq!(batch.output(0)[i], value);
            assert_eq!([0, 1, 2].map(|k| batch.slope(k)[i]), slopes[..]);
        }
    }
}

#[test]
fn each_output_has_its_own_slopes() {
    let program = program("[z[0]*z[1], z[1]^2]", &[variable("z", Shape::Vector(2))]);
    assert_eq!(program.shape(), Shape::Vector(2));
    let mut batch = program.batch(1);
    (batch.input_mut(0)[0], batch.input_mut(1)[0]) = (3.0, 5.0);
    batch.evaluate(1);
    let slopes = |batch: &mut Batch<'_>, output| {
        batch.differentiate(output);
        (batch.output(output)[0], batch.slope(0)[0], batch.slope(1)[0])
    };
    assert_eq!(slopes(&mut batch, 0), (15.0, 5.0, 3.0));
    assert_eq!(slopes(&mut batch, 1), (25.0, 0.0, 10.0));
}

#[test]
fn faults_name_the_operation_that_began_them() {
    let fault = |text: &str, x: f64| {
        let program = of_x(text);
        let mut batch = program.batch(2);
        batch.input_mut(0).copy_from_slice(&[1.0, x]);
        batch.evaluate(2);
        assert_eq!(batch.fault(0, 0), None, "{text} is finite at 1");
        batch
            .fault(0, 1)
            .map(|fault| (text[fault.span.range()].to_owned(), fault.operands, fault.value.to_string()))
    };
    let found = |part: &str, operands: &[f64], value: &str| {
        Some((part.to_owned(), operands.to_vec(), value.to_owned()))
    };
    assert_eq!(fault("2 * log(x - 2 + 1.5) + x^2", 0.25), found("log(x - 2 + 1.5)", &[-0.25], "NaN"));
    assert_eq!(fault("exp(tanh(x) / x)", 0.0), found("tanh(x) / x", &[0.0, 0.0], "NaN"));
    assert_eq!(fault("exp(700 * x) + x", -1.0), None);
    assert_eq!(fault("where(x > 0, log(x), exp(-900 * x))", -1.0), found("exp(-900 * x)", &[900.0], "inf"));
    assert_eq!(fault("x", f64::NAN), None, "an input is no operation");
}

#[test]
fn slope_faults_name_the_operation_that_began_them() {
    let text = "3 * sqrt(x) + x";
    let program = of_x(text);
    let mut batch = program.batch(2);
    batch.input_mut(0).copy_from_slice(&[1.0, 0.0]);
    batch.evaluate(2);
    assert_eq!(batch.fault(0, 1), None);
    assert_eq!(batch.slope_fault(0, 0), None);
    let fault = batch.slope_fault(0, 1).unwrap();
    assert_eq!((&text[fault.span.range()], fault.operands, fault.value), ("sqrt(x)", vec![0.0], 0.0));
}

#[test]
fn single_precision_gives_the_same_to_its_digits() {
    let everything: Vec<String> = reparam_lang::functions()
        .filter(|function| function.arguments == "x")
        .map(|function| format!("{}(x/4)", function.name))
        .collect();
    let others = ["x^3 - 2/x", "max(x, 1)^x", "logsumexp([x, 2*x])", "norm([x, 1])", "where(x < 2, x, -x)"];
    for text in everything.iter().map(String::as_str).chain(others) {
        let program = of_x(text);
        let (mut single, mut double) = (program.batch_of::<f32>(4), program.batch(4));
        let points = [0.3, 1.7, 2.9, 3.6];
        double.input_mut(0).copy_from_slice(&points);
        single.input_mut(0).copy_from_slice(&points.map(|x| x as f32));
        double.evaluate(4);
        single.evaluate_for_slopes(4);
        double.differentiate(0);
        single.differentiate(0);
        for (draw, x) in points.into_iter().enumerate() {
            for (a, b) in [
                (single.output(0)[draw], double.output(0)[draw]),
                (single.slope(0)[draw], double.slope(0)[draw]),
            ] {
                let close = (f64::from(a) - b).abs() <= 3e-6 * b.abs().max(1.0);
                assert!(close || (a.is_nan() && b.is_nan()), "{text} at {x}: {a}, not {b}");
            }
        }
    }
}
