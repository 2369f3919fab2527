//! Expressions taken apart at their sums.

use reparam_lang::{Program, Shape, Variable, parse};

fn program(text: &str) -> Program {
    let z = Variable { name: "z", shape: Shape::Vector(4) };
    let w = Variable { name: "w", shape: Shape::Scalar };
    parse(text)
        .and_then(|parsed| parsed.compile(&[z, w]))
        .unwrap_or_else(|error| panic!("{}", error.render()))
}

fn at(program: &Program, point: &[f64]) -> f64 {
    let mut batch = program.batch(1);
    point.iter().enumerate().for_each(|(element, x)| batch.input_mut(element)[0] = *x);
    batch.evaluate(1);
    batch.output(0)[0]
}

/// The inputs of the terms, which add up to the whole.
fn inputs(text: &str) -> Vec<Vec<usize>> {
    let point = [0.3, -1.7, 2.5, 0.9, -0.4];
    let whole = program(text);
    let terms = whole.terms(0);
    let parts = terms.iter().map(|term| {
        let own: Vec<f64> = term.inputs.iter().map(|input| point[*input]).collect();
        at(&term.program, &own)
    });
    let (sum, expected) = (parts.sum::<f64>(), at(&whole, &point));
    assert!((sum - expected).abs() <= 1e-14 * expected.abs(), "{text}: {sum}, not {expected}");
    terms.into_iter().map(|term| term.inputs).collect()
}

#[test]
fn sums_come_apart() {
    assert_eq!(inputs("sum(tanh(z))"), [vec![0], vec![1], vec![2], vec![3]]);
    assert_eq!(inputs("z[0] - 2*(z[1]*w - z[0]^2)/3"), [vec![0], vec![1, 4]]);
    assert_eq!(inputs("mean(z) + 7 - w"), [vec![], vec![0], vec![1], vec![2], vec![3], vec![4]]);
    assert_eq!(inputs("-(z[2] + -(w + z[2]))"), [vec![2], vec![4]]);
}

#[test]
fn what_is_no_sum_stays_whole() {
    assert_eq!(inputs("exp(sum(z))"), [vec![0, 1, 2, 3]]);
    assert_eq!(inputs("(z[0] + w)^2"), [vec![0, 4]]);
    assert_eq!(inputs("norm(z)/w + max(z[0], 1)"), [vec![0], vec![0, 1, 2, 3, 4]]);
    assert_eq!(inputs("3"), [Vec::<usize>::new()]);
}

#[test]
fn jumps_are_seen() {
    let text = "w*floor(z[0]) + (w > 1) + abs(w) + where(w < 0, w, 0)";
    let found: Vec<&str> = program(text).jumps().into_iter().map(|span| &text[span.range()]).collect();
    assert_eq!(found, ["floor(z[0])", "(w > 1)", "w < 0", "where(w < 0, w, 0)"]);
    assert!(program("max(w, 0) + abs(z[0]) + relu(w)").jumps().is_empty());
}
