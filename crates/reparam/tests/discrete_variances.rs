//! The estimators for discrete draws: how much they scatter, what they learn, what they cost.

#![allow(clippy::float_cmp, reason = "what is exact is compared exactly")]

mod common;

use burn::tensor::Tensor;
use common::discrete::{Bits, OneHot, bits, coupled, toy, toy_slope};
use reparam::{
    Arm, Bernoulli, DisArm, Enumerate, GumbelSoftmax, LeaveOneOut, NetworkBaseline, NoBaseline, Params,
    Rebar, Relax, Rng, ScoreFunction, StraightThrough, SumAndSample, measure,
    prelude::*,
    testing::{tensor, values},
};
use reparam_testing::{MeanTest, Moments, Rates};

/// The variance of one draw's gradient after `calls` batches to learn from.
fn variance_after(calls: usize, estimator: &mut impl Estimator<Bits, 2>, logit: f64, t: f64) -> f64 {
    let (q, mut rng) = (bits(&[logit]), Rng::new(17));
    for _ in 0..calls {
        measure(estimator, &q, toy(t), 50, &mut rng);
    }
    measure(estimator, &q, toy(t), 10_000, &mut rng).total_variance()
}

/// On the toy a softened draw resembles a draw only where it is so soft that c is all but constant.
#[test]
fn what_learns_scatters_less() {
    for (logit, t, temperature) in [(0.0, 0.45, 30.0), (1.0, 0.499, 3000.0)] {
        let score = variance_after(0, &mut ScoreFunction { particles: 1, baseline: NoBaseline }, logit, t);
        let mut rebar = Rebar::new(1, temperature);
        let rebar_variance = variance_after(100, &mut rebar, logit, t);
        let relax = variance_after(600, &mut Relax::new(1, Some(0.5), 10, 0.02), logit, t);
        println!("t = {t}: score function {score:.2e}, Rebar {rebar_variance:.2e}, Relax {relax:.2e}");
        assert!(relax < 0.5 * rebar_variance && rebar_variance < 0.5 * score);
    }
}

#[test]
fn disarm_scatters_less_than_arm() {
    for (logit, t) in [(-1.0, 0.45), (0.0, 0.45), (1.0, 0.499)] {
        let arm = variance_after(0, &mut Arm { particles: 1 }, logit, t);
        let disarm = variance_after(0, &mut DisArm { particles: 1 }, logit, t);
        assert!(disarm < 0.95 * arm, "{disarm:.3e} {arm:.3e}");
    }
}

/// The learned coefficient is the best one: others near it do no better.
#[test]
fn rebar_finds_the_best_coefficient() {
    fn check<Q: Relaxable<D> + Params, const D: usize>(q: &Q, f: impl Fn(&Q, Tensor<D>) -> Tensor<1>) {
        let variance =
            |estimator: &mut Rebar<D>| measure(estimator, q, &f, 10_000, &mut Rng::new(18)).total_variance();
        let mut learned = Rebar::new(1, 0.5);
        measure(&mut learned, q, &f, 10_000, &mut Rng::new(17));
        let least = variance(&mut learned);
        let best = learned.coefficient();
        for other in [best - 0.2, best + 0.2] {
            let variance = variance(&mut Rebar::new(1, 0.5).with_coefficient(other));
            assert!(variance > least, "{variance:.3e} at {other:.3}, {least:.3e} at {best:.3}");
        }
    }
    check(&bits(&[0.7]), toy(0.3));
    check(&bits(&[0.4, -1.1, 1.8]), coupled);
    check(&OneHot::new(tensor(&[0.2, -1.0, 0.7, 0.1, 1.0, 0.0, -0.5, 0.3], [1, 2, 4])), coupled);
}

/// How often each estimator evaluates f for one row, with three particles.
#[test]
fn costs_are_as_stated() {
    let q = bits(&[0.4, -1.1]);
    macro_rules! cost {
        ($($estimator:expr => $cost:literal),+) => {$(
            let measured = measure(&mut $estimator, &q, coupled, 4, &mut Rng::new(0));
            assert_eq!(measured.evaluations_each(), f64::from($cost), "{}", stringify!($estimator));
        )+};
    }
    cost!(
        Enumerate => 4,
        Arm { particles: 3 } => 6,
        DisArm { particles: 3 } => 6,
        Rebar::new(3, 0.5) => 9,
        Relax::new(3, Some(0.5), 4, 0.1) => 9,
        Relax::new(3, None, 4, 0.1) => 3,
        SumAndSample { exact: 2, particles: 3 } => 5,
        GumbelSoftmax { particles: 3, temperature: 0.5 } => 3,
        StraightThrough { particles: 3, temperature: None } => 3
    );
}

/// For t < ½ the mean of (b − t)² is least at p = 0.
#[test]
fn descent_finds_the_right_corner() {
    fn descend(mut estimator: impl Estimator<Bits, 2>) -> f64 {
        let (mut logit, mut rng) = (0.0, Rng::new(3));
        for _ in 0..150 {
            let gradient = measure(&mut estimator, &bits(&[logit]), toy(0.45), 20, &mut rng);
            logit -= 20.0 * gradient.gradient[0][0].mean();
        }
        1.0 / (1.0 + (-logit).exp())
    }
    let probabilities = [
        descend(ScoreFunction { particles: 2, baseline: LeaveOneOut }),
        descend(Arm { particles: 1 }),
        descend(DisArm { particles: 1 }),
        descend(Rebar::new(1, 0.5)),
        descend(Relax::new(1, Some(0.5), 10, 0.02)),
        descend(SumAndSample { exact: 1, particles: 1 }),
        descend(Enumerate),
    ];
    assert!(probabilities.iter().all(|p| *p < 0.05), "{probabilities:?}");
}

/// f is 10 in some rows and −10 in others: no constant fits both, what a net makes of the context does.
#[test]
fn a_network_baseline_learns_from_the_context() {
    let rows = 64;
    let kind: Vec<f64> = (0..rows).map(|row| if row % 2 == 0 { 1.0 } else { -1.0 }).collect();
    let context = tensor(&kind, [rows, 1]);
    let exact = toy_slope(0.4, 0.2);
    let run = |estimator: &mut dyn FnMut(&Bits, &mut Rng) -> Tensor<1>, calls: usize| {
        let mut rng = Rng::new(21);
        let mut slopes = Moments::new();
        for call in 0..calls {
            let leaf = tensor(&vec![0.4; rows], [rows, 1]).require_grad();
            let estimate = estimator(&Bernoulli::new(leaf.clone()), &mut rng);
            let grads = estimate.sum().backward();
            if call >= calls / 2 {
                slopes.merge(&values(leaf.grad(&grads).unwrap()).into_iter().collect());
            }
        }
        slopes
    };
    let f = |q: &Bits, b: Tensor<2>| {
        let particles = b.dims()[0] / rows;
        toy(0.2)(q, b) + tensor(&kind, [rows]).repeat_dim(0, particles) * 10.0
    };
    let mut baseline = NetworkBaseline::new(8, 0.05, Rng::new(2));
    baseline.given(context);
    let mut with = ScoreFunction { particles: 2, baseline };
    let with = run(&mut |q, rng| with.expectation(q, f, rng), 400);
    let mut without = ScoreFunction { particles: 2, baseline: NoBaseline };
    let without = run(&mut |q, rng| without.expectation(q, f, rng), 400);
    for slopes in [&with, &without] {
        MeanTest::new(Rates::new(1e-9, 1e-3)).check(slopes, exact).unwrap();
    }
    assert!(with.variance() < 0.01 * without.variance(), "{} {}", with.variance(), without.variance());
}

#[test]
#[should_panic(expected = "expected a context of 1 rows")]
fn a_network_baseline_needs_its_context() {
    let baseline = NetworkBaseline::new(8, 0.05, Rng::new(2));
    ScoreFunction { particles: 2, baseline }.expectation(&bits(&[0.4]), toy(0.2), &mut Rng::new(0));
}
