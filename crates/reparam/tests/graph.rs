//! Draws of several kinds in one graph: its gradient against the exact one, and what it refuses.

use burn::tensor::Tensor;
use reparam::{
    Bernoulli, Draw, Graph, GraphError, MovingAverage, Normal, Poisson, Rng, Trace, Uniform,
    gradient::stop,
    prelude::*,
    shape::sum_event,
    testing::{tensor, values},
};
use reparam_testing::{GaussHermite, MeanTest, Moments, Rates};

const LOC: f64 = 0.4;
const SLOPE: f64 = 1.3;
const BATCH: usize = 20_000;

fn rows(value: f64) -> Tensor<2> {
    tensor(&vec![value; BATCH], [BATCH, 1]).require_grad()
}

/// Tests the mean of the rows and of their gradients, and gives the moments of the gradients.
fn assert_estimates(surrogate: &Tensor<1>, exact: f64, leaves: &[(Tensor<2>, f64)]) -> Vec<Moments> {
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    let found = values(surrogate.clone());
    test.check(&Moments::of(|| found.iter().copied()), exact).unwrap();
    let gradients = surrogate.clone().sum().backward();
    let moments = leaves.iter().map(|(leaf, exact)| {
        let slopes = values(leaf.grad(&gradients).unwrap());
        let moments = Moments::of(|| slopes.iter().copied());
        test.check(&moments, *exact).unwrap();
        moments
    });
    moments.collect()
}

/// z ~ N(loc, 1), b ~ Bernoulli(logits = slope · z), cost (b − z)² + b: a draw by its path leads into the parameters of a
/// draw by its score.
#[test]
fn a_path_through_a_score() {
    let (loc, slope) = (rows(LOC), rows(SLOPE));
    let particles = 4;
    let surrogate = Graph::new(particles).surrogate(&mut Rng::new(1), |trace, rng| {
        let q = Normal::new(loc.clone(), stop(loc.clone()).ones_like()).repeated(particles);
        let z = trace.pathwise("z", &q, &[], rng);
        let logits = slope.clone().repeat_dim(0, particles) * z.value();
        let b = trace.score("b", &Bernoulli::new(logits), &[z.node()], rng);
        trace.cost("error", sum_event((b.value() - z.value()).square()), &[z.node(), b.node()]);
        trace.cost("count", sum_event(b.value()), &[b.node()]);
    });

    // With p = σ(slope z): E[(b − z)² + b | z] = p ((1 − z)² + 1) + (1 − p) z².
    let rule = GaussHermite::new(100);
    let p = |z: f64| 1.0 / (1.0 + (-SLOPE * z).exp());
    let mean = |z: f64| p(z) * ((1.0 - z).powi(2) + 1.0) + (1.0 - p(z)) * z * z;
    let in_loc = rule.expectation(LOC, 1.0, |z| mean(z) * (z - LOC));
    let in_slope =
        rule.expectation(LOC, 1.0, |z| p(z) * (1.0 - p(z)) * z * ((1.0 - z).powi(2) + 1.0 - z * z));
    let exact = rule.expectation(LOC, 1.0, mean);
    assert_estimates(&surrogate.unwrap(), exact, &[(loc, in_loc), (slope, in_slope)]);
}

/// A Poisson count shifts a normal draw: E[(z + n)²] for n ~ Poisson(r), z ~ N(n · s, 1).
#[test]
fn a_score_above_a_path() {
    let (rate, s) = (rows(2.0), rows(0.5));
    let mut graph = Graph::new(1).baseline("n", MovingAverage::new(0.9));
    let surrogate = graph.surrogate(&mut Rng::new(2), |trace, rng| {
        let n: Draw<2> = trace.score("n", &Poisson::new(rate.clone()), &[], rng);
        let q = Normal::new(n.value() * s.clone(), stop(s.clone()).ones_like());
        let z = trace.pathwise("z", &q, &[n.node()], rng);
        trace.cost("square", sum_event((z.value() + n.value()).square()), &[z.node(), n.node()]);
    });
    // E[(n (1 + s) + ε)²] = (1 + s)² (r + r²) + 1.
    let exact = 1.5f64.powi(2) * 6.0 + 1.0;
    assert_estimates(&surrogate.unwrap(), exact, &[(rate, 1.5f64.powi(2) * 5.0), (s, 2.0 * 1.5 * 6.0)]);
}

/// Two independent draws, each with a cost of its own: with its own cost alone a score scatters less.
#[test]
fn a_cost_of_another_draw_is_left_out() {
    let variance = |shared: bool| {
        let logits = rows(0.2);
        let surrogate = Graph::new(1).surrogate(&mut Rng::new(3), |trace, rng| {
            let a = trace.score("a", &Bernoulli::new(logits.clone()), &[], rng);
            let b = trace.score("b", &Bernoulli::new(stop(logits.clone())), &[], rng);
            let all = [a.node(), b.node()];
            trace.cost("own", sum_event(a.value() * 2.0), if shared { &all } else { &all[..1] });
            trace.cost("other", sum_event(b.value() * 9.0), if shared { &all } else { &all[1..] });
        });
        let p = 1.0 / (1.0 + (-0.2f64).exp());
        assert_estimates(&surrogate.unwrap(), 11.0 * p, &[(logits, 2.0 * p * (1.0 - p))])[0].variance()
    };
    assert!(variance(false) < 0.1 * variance(true));
}

fn normal(trace: &mut Trace, rng: &mut Rng) -> Draw<2> {
    let loc = tensor(&[0.0; 8], [8, 1]).require_grad();
    trace.pathwise("z", &Normal::new(loc.clone(), loc.ones_like()), &[], rng)
}

fn error_of(build: impl Fn(&mut Trace, &mut Rng)) -> GraphError {
    Graph::new(1).surrogate(&mut Rng::new(4), build).unwrap_err()
}

#[test]
fn a_dependence_that_was_not_declared_is_an_error() {
    let error = error_of(|trace, rng| {
        let z = normal(trace, rng);
        let b = trace.score("b", &Bernoulli::new(z.value()), &[], rng);
        trace.cost("sum", sum_event(z.value() + b.value()), &[z.node(), b.node()]);
    });
    assert_eq!(error, GraphError::Undeclared { what: "b", draw: "z" });
    let error = error_of(|trace, rng| {
        let z = normal(trace, rng);
        trace.cost("square", sum_event(z.value().square()), &[]);
    });
    assert_eq!(error, GraphError::Undeclared { what: "square", draw: "z" });
    assert!(error.to_string().contains("`square` moves with the draw `z`"), "{error}");
}

#[test]
fn a_path_without_a_slope_is_an_error() {
    for cost in [
        |z: Tensor<2>| sum_event(z.greater_elem(0.0).float()),
        |z: Tensor<2>| sum_event(z.sign()),
        |z: Tensor<2>| sum_event(stop(z).square()),
    ] {
        let error = error_of(|trace, rng| {
            let z = normal(trace, rng);
            trace.cost("step", cost(z.value()), &[z.node()]);
        });
        assert_eq!(error, GraphError::NoSlope { draw: "z" });
    }
}

#[test]
#[should_panic(expected = "the draw `u` by its score: an end of the support moves with `high`")]
fn a_score_with_a_moving_edge_is_refused() {
    error_of(|trace, rng| {
        let [low, high] = [0.0, 1.0].map(|end| tensor(&[end], [1, 1]));
        trace.score("u", &Uniform::<2>::new(low, high.require_grad()), &[], rng);
    });
}
