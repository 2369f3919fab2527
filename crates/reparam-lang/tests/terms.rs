//! Expressions taken apart at their sums.

use reparam_lang::{Program, Shape, Term, Variable, parse};

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
    assert_same_together(&whole, &terms, &point);
    terms.into_iter().map(|term| term.inputs).collect()
}

/// Holds the program of all terms to the terms.
fn assert_same_together(whole: &Program, terms: &[Term], point: &[f64]) {
    let (together, inputs) = whole.with_terms(0);
    let mut batch = together.batch(1);
    point.iter().enumerate().for_each(|(element, x)| batch.input_mut(element)[0] = *x);
    batch.evaluate(1);
    assert_eq!(batch.output(0)[0], at(whole, point));
    assert_eq!(together.shape(), Shape::Vector(1 + terms.len()));
    assert_eq!(inputs, terms.iter().map(|term| term.inputs.clone()).collect::<Vec<_>>());
    for (place, term) in terms.iter().enumerate() {
        let own: Vec<f64> = term.inputs.iter().map(|input| point[*input]).collect();
        assert_eq!(batch.output(1 + place)[0], at(&term.program, &own));
    }
}

#[test]
fn sums_come_apart() {
    assert_eq!(inputs("sum(tanh(z))"), [vec![0], vec![1], vec![2], vec![3]]);
    assert_eq!(inputs("z[0] - 2*(z[1]*w - z[0]^2)/3"), [vec![0], vec![1, 4]]);
    assert_eq!(inputs("mean(z) + 7 - w"), [vec![], vec![0], vec![1], vec![2], vec![3], vec![4]]);
    assert_eq!(inputs("-(z[2] + -(w + z[2]))"), [vec![2], vec![4]]);
}

/// The inputs of the terms that share none, which add up to the whole in values and slopes.
fn independent(text: &str) -> Vec<Vec<usize>> {
    let point = [0.3, -1.7, 2.5, 0.9, -0.4];
    let whole = program(text);
    let mut batch = whole.batch(1);
    point.iter().enumerate().for_each(|(element, x)| batch.input_mut(element)[0] = *x);
    batch.evaluate(1);
    batch.differentiate(0);
    let terms = whole.independent_terms(0);
    let mut sum = 0.0;
    let mut part = terms[0].program.batch(1);
    for term in &terms {
        part.turn_to(&term.program);
        term.inputs.iter().enumerate().for_each(|(place, input)| part.input_mut(place)[0] = point[*input]);
        part.evaluate_for_slopes(1);
        sum += part.output(0)[0];
        part.differentiate(0);
        for (place, input) in term.inputs.iter().enumerate() {
            let (own, expected) = (part.slope(place)[0], batch.slope(*input)[0]);
            assert!((own - expected).abs() <= 1e-14 * expected.abs(), "{text}: {own}, not {expected}");
        }
    }
    let expected = batch.output(0)[0];
    assert!((sum - expected).abs() <= 1e-14 * expected.abs(), "{text}: {sum}, not {expected}");
    terms.into_iter().map(|term| term.inputs).collect()
}

#[test]
fn terms_that_share_an_input_are_joined() {
    assert_eq!(independent("sum(tanh(z)) - 3"), [vec![], vec![0], vec![1], vec![2], vec![3]]);
    assert_eq!(independent("sum(z^3) + z[3]*w - z[0]*z[2]"), [vec![0, 2], vec![1], vec![3, 4]]);
    assert_eq!(independent("z[0]*z[1] + z[1]*exp(z[2]) + sigmoid(z[2])*z[3]"), [vec![0, 1, 2, 3]]);
    assert_eq!(independent("norm(z) + softplus(w)"), [vec![0, 1, 2, 3], vec![4]]);
}

#[test]
fn what_is_no_sum_stays_whole() {
    assert_eq!(inputs("exp(sum(z))"), [vec![0, 1, 2, 3]]);
    assert_eq!(inputs("(z[0] + w)^2"), [vec![0, 4]]);
    assert_eq!(inputs("norm(z)/w + max(z[0], 1)"), [vec![0], vec![0, 1, 2, 3, 4]]);
    assert_eq!(inputs("3"), [Vec::<usize>::new()]);
}
