//! The gradient estimators: what holds for any draws, what holds on average, and how much they scatter.

#![allow(clippy::float_cmp, reason = "what is exact is compared exactly")]

mod common;

use burn::tensor::{DType, Tensor};
use common::{assert_close, assert_mean};
use reparam::{
    Bernoulli, LeaveOneOut, MovingAverage, NoBaseline, Normal, Params, Pathwise, Rng, ScoreFunction, Uniform,
    prelude::*,
    shape::sum_event,
    testing::{gradient, parts, tensor, values},
};

/// f(z) = (z − K)², whose mean has the gradient 2 (μ − K), 2σ.
const K: f64 = -0.4;
const LOC: f64 = 0.7;
const SCALE: f64 = 1.2;

fn square<Q>(_: &Q, z: Tensor<2>) -> Tensor<1> {
    sum_event((z - K).square())
}

/// A normal whose six draws are the nodes of Gauss-Hermite quadrature, −√3, 0 four times and √3: their mean is the
/// exact one for every polynomial up to degree 5, so expectations can be compared without noise.
struct Nodes(Normal<2>);

impl Params for Nodes {
    fn map(&self, f: &impl reparam::ParamMap) -> Self {
        Self(self.0.map(f))
    }
}

impl Distribution<2> for Nodes {
    fn dims(&self) -> [usize; 2] {
        self.0.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        self.rsample(rng).detach()
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        self.0.log_prob(x)
    }
}

impl Reparameterized<2> for Nodes {
    fn rsample(&self, _: &mut Rng) -> Tensor<2> {
        let node = 3.0f64.sqrt();
        self.0.path(tensor(&[-node, 0.0, 0.0, 0.0, 0.0, node], [6, 1]))
    }
}

/// Value and gradient in loc and scale that an estimator gives for f at the nodes.
fn at_nodes(
    estimator: impl Estimator<Nodes, 2> + Copy,
    f: impl Fn(&Nodes, Tensor<2>) -> Tensor<1> + Copy,
) -> [f64; 3] {
    let expectation = |params: Tensor<1>| {
        let [loc, scale] = parts(params);
        let mut estimator = estimator;
        estimator.expectation(&Nodes(Normal::new(loc, scale)), f, &mut Rng::new(0))
    };
    let value = values(expectation(tensor(&[LOC, SCALE], [2])))[0];
    let slopes = gradient(&[LOC, SCALE], expectation);
    [value, slopes[0], slopes[1]]
}

fn assert_all_close(got: [f64; 3], expected: [f64; 3]) {
    got.into_iter().zip(expected).for_each(|(got, expected)| assert_close(got, expected, 1e-13));
}

#[test]
fn estimators_agree_exactly_on_polynomials() {
    let pathwise = Pathwise { particles: 6 };
    let score = ScoreFunction { particles: 6, baseline: NoBaseline };
    let linear = |_: &Nodes, z: Tensor<2>| sum_event(z * 3.0 + 0.5);
    let exact = [3.0 * LOC + 0.5, 3.0, 0.0];
    assert_all_close(at_nodes(pathwise, linear), exact);
    assert_all_close(at_nodes(score, linear), exact);
    let exact = [(LOC - K).powi(2) + SCALE.powi(2), 2.0 * (LOC - K), 2.0 * SCALE];
    assert_all_close(at_nodes(pathwise, square), exact);
    assert_all_close(at_nodes(score, square), exact);
}

/// f may depend on the distribution itself: the mean of loc · z is loc², and half of its gradient 2 loc is f's own.
#[test]
fn a_parameter_inside_f_has_its_gradient() {
    let f = |q: &Nodes, z: Tensor<2>| sum_event(q.0.loc() * z);
    let exact = [LOC * LOC, 2.0 * LOC, 0.0];
    assert_all_close(at_nodes(Pathwise { particles: 6 }, f), exact);
    assert_all_close(at_nodes(ScoreFunction { particles: 6, baseline: NoBaseline }, f), exact);
}

/// With pairs ε, −ε an odd function has the mean 0 and the gradient in the scale 0, whatever ε.
#[test]
fn antithetic_pairs_are_exact_for_odd_functions() {
    let slopes = gradient(&[0.0, SCALE], |params| {
        let [loc, scale] = parts(params);
        let q = Normal::<2>::new(loc, scale).repeated(8);
        let noise = q.noise(&mut Rng::new(1));
        let f = |z: Tensor<2>| z.clone().powi_scalar(3) + z.sin();
        let value = (f(q.path(noise.clone())) + f(q.path(-noise))).sum();
        assert_eq!(values(value.clone()), [0.0]);
        value
    });
    assert_eq!(slopes[1], 0.0);
    assert!(slopes[0] > 0.0);
}

/// Gradients in loc and scale of `rows` independent estimates with `particles` draws each.
fn gradients(mut estimator: impl Estimator<Normal<2>, 2>, rows: usize) -> [Vec<f64>; 2] {
    let [loc, scale] = [LOC, SCALE].map(|value| tensor(&vec![value; rows], [rows, 1]).require_grad());
    let q = Normal::new(loc.clone(), scale.clone());
    let loss = estimator.expectation(&q, square, &mut Rng::new(2));
    assert_eq!(loss.dims(), [rows]);
    let grads = loss.sum().backward();
    [loc, scale].map(|leaf| values(leaf.grad(&grads).unwrap()))
}

/// Panics unless both gradients are unbiased.
fn assert_unbiased(name: &str, estimator: impl Estimator<Normal<2>, 2>) {
    let exact = [2.0 * (LOC - K), 2.0 * SCALE];
    for (gradients, exact) in gradients(estimator, 40_000).iter().zip(exact) {
        println!("{name}");
        assert_mean(gradients, exact);
    }
}

#[test]
fn gradients_are_unbiased() {
    assert_unbiased("Pathwise", Pathwise { particles: 1 });
    assert_unbiased("ScoreFunction", ScoreFunction { particles: 1, baseline: NoBaseline });
    assert_unbiased("LeaveOneOut", ScoreFunction { particles: 4, baseline: LeaveOneOut });
    let mut average = MovingAverage::new(0.9);
    average.of(&tensor(&[2.0, 3.5], [2]), 1);
    assert_unbiased("MovingAverage", ScoreFunction { particles: 1, baseline: average });
}

fn variance(numbers: &[f64]) -> f64 {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (numbers.len() - 1) as f64
}

/// Of one draw's gradient in loc, with d = LOC − K: pathwise 4σ², score function d⁴/σ² + 14 d² + 15 σ².
#[test]
fn variances_are_those_of_theory() {
    let exact_mean = 2.0 * (LOC - K);
    let d = LOC - K;
    let theory = [4.0 * SCALE.powi(2), d.powi(4) / SCALE.powi(2) + 14.0 * d.powi(2) + 15.0 * SCALE.powi(2)];
    let estimates = [
        gradients(Pathwise { particles: 1 }, 200_000),
        gradients(ScoreFunction { particles: 1, baseline: NoBaseline }, 200_000),
    ];
    for ([gradients, _], theory) in estimates.iter().zip(theory) {
        let squares: Vec<f64> = gradients.iter().map(|g| (g - exact_mean).powi(2)).collect();
        assert_mean(&squares, theory);
    }
}

#[test]
fn leave_one_out_lowers_the_variance() {
    let without = gradients(ScoreFunction { particles: 4, baseline: NoBaseline }, 20_000);
    let with = gradients(ScoreFunction { particles: 4, baseline: LeaveOneOut }, 20_000);
    for (without, with) in without.iter().zip(&with) {
        assert!(variance(with) < 0.8 * variance(without), "{} {}", variance(with), variance(without));
    }
}

/// With the mean of the others as baseline the estimate is the sample covariance of f and ∇ log q, for any draws.
#[test]
fn leave_one_out_is_a_sample_covariance() {
    const N: usize = 5;
    let mut estimator = ScoreFunction { particles: N, baseline: LeaveOneOut };
    let loc = tensor(&[LOC], [1, 1]).require_grad();
    let q = Normal::new(loc.clone(), tensor(&[SCALE], [1, 1]));
    let estimate = estimator.expectation(&q, square, &mut Rng::new(3));
    let slope = values(loc.grad(&estimate.backward()).unwrap())[0];

    let z = values(q.repeated(N).sample(&mut Rng::new(3)));
    let mean = |f: &dyn Fn(f64) -> f64| z.iter().map(|&z| f(z)).sum::<f64>() / N as f64;
    let (f, score) = (|z: f64| (z - K).powi(2), |z: f64| (z - LOC) / SCALE.powi(2));
    let covariance = mean(&|z| f(z) * score(z)) - mean(&f) * mean(&score);
    assert_close(slope, covariance * N as f64 / (N as f64 - 1.0), 1e-13);
}

#[test]
fn moving_average_sees_earlier_calls_only() {
    let mut average = MovingAverage::new(0.75);
    let mut baseline =
        |values: &[f64]| reparam::testing::values(average.of(&tensor(values, [values.len()]), 1));
    assert_eq!(baseline(&[4.0, 8.0]), [0.0, 0.0]);
    assert_eq!(baseline(&[1e9, -3.0]), [6.0, 6.0]);
    let mean = (1e9 - 3.0) / 2.0;
    // Weights ¼ · ¾ and ¼, corrected by 1 − ¾².
    let expected = (0.1875 * 6.0 + 0.25 * mean) / (1.0 - 0.5625);
    assert_close(baseline(&[0.0])[0], expected, 1e-14);
}

/// f(b) = (b − t)² has the mean p (1 − t)² + (1 − p) t² and the gradient p (1 − p) (1 − 2t) in the logit.
#[test]
fn bernoulli_gradient() {
    const T: f64 = 0.45;
    let logit = 0.8f64;
    let p = 1.0 / (1.0 + (-logit).exp());
    let exact = p * (1.0 - p) * (1.0 - 2.0 * T);
    let f = |_: &Bernoulli<2>, b: Tensor<2>| sum_event((b - T).square());

    let enumerated = gradient(&[logit], |l| {
        let q = Bernoulli::<2>::new(l.reshape([1, 1]));
        let both = tensor(&[0.0, 1.0], [2, 1]);
        q.log_prob(both.clone()).exp() * f(&q, both)
    });
    assert_close(enumerated[0], exact, 1e-15);

    let rows = 40_000;
    let logits = tensor(&vec![logit; rows], [rows, 1]).require_grad();
    let q = Bernoulli::new(logits.clone());
    for baseline in [false, true] {
        let loss = if baseline {
            ScoreFunction { particles: 3, baseline: LeaveOneOut }.expectation(&q, f, &mut Rng::new(7))
        } else {
            ScoreFunction { particles: 1, baseline: NoBaseline }.expectation(&q, f, &mut Rng::new(8))
        };
        assert_eq!(loss.dtype(), DType::F64);
        let slopes = values(logits.grad(&loss.sum().backward()).unwrap());
        assert_mean(&slopes, exact);
    }
}

/// The mean of Uniform(0, h) grows with h at the rate ½; E[z ∇ log q] is −½.
#[test]
#[should_panic(expected = "an end of the support moves with `high`")]
fn the_score_function_refuses_a_moving_edge() {
    let [low, high] = [0.0, 2.0].map(|end| tensor(&[end], [1, 1]));
    let q = Uniform::<2>::new(low, high.require_grad());
    ScoreFunction { particles: 1, baseline: NoBaseline }.expectation(
        &q,
        |_, z| sum_event(z),
        &mut Rng::new(0),
    );
}

/// With fixed ends the same distribution has a score like any other: none.
#[test]
fn an_edge_that_stays_is_no_obstacle() {
    let [low, high] = [0.0, 2.0].map(|end| tensor(&[end], [1, 1]));
    let q = Uniform::<2>::new(low, high);
    let mut score = ScoreFunction { particles: 4, baseline: NoBaseline };
    let value = values(score.expectation(&q, |_, z| sum_event(z), &mut Rng::new(0)))[0];
    assert!((0.0..2.0).contains(&value));
}
