//! The estimators for discrete draws: against the sum over all values, and against each other.

#![allow(clippy::float_cmp, reason = "what is exact is compared exactly")]

mod common;

use std::cell::RefCell;

use burn::tensor::{DType, Tensor};
use common::{
    assert_close,
    discrete::{Bits, OneHot, bits, coupled, toy, toy_slope},
};
use reparam::{
    Arm, Bernoulli, Binomial, Categorical, DisArm, DiscreteUniform, Enumerate, GumbelSoftmax, LeaveOneOut,
    Measurement, NoBaseline, OneHotCategorical, Params, Rebar, Relax, Rng, ScoreFunction, StraightThrough,
    SumAndSample, measure,
    prelude::*,
    shape::sum_event,
    testing::{gradient, tensor, values},
};
use reparam_testing::{MeanTest, Moments, Rates};

/// Panics unless the value and every element of the gradient may have the means of the enumeration.
#[track_caller]
fn assert_unbiased<Q, const D: usize>(
    name: &str,
    estimator: &mut impl Estimator<Q, D>,
    q: &Q,
    f: impl Fn(&Q, Tensor<D>) -> Tensor<1>,
) where
    Q: Enumerable<D> + Params,
{
    let mut rng = Rng::new(31);
    let exact = measure(&mut Enumerate, q, &f, 1, &mut rng);
    // What an estimator learns it learns here, so that the repetitions below are independent.
    for _ in 0..20 {
        measure(estimator, q, &f, 50, &mut rng);
    }
    let got = measure(estimator, q, &f, 20_000, &mut rng);
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    let check = |got: &Moments, exact: f64| {
        // What does not scatter is compared as it is.
        if got.variance() < 1e-28 {
            return assert_close(got.mean(), exact, 1e-14);
        }
        test.check(got, exact).unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
    };
    check(&got.value, exact.value.mean());
    assert_eq!(got.elements().count(), exact.elements().count());
    got.elements().zip(exact.elements()).for_each(|(got, exact)| check(got, exact.mean()));
    assert!(!estimator.is_biased(), "{name}");
}

/// Applies `assert_unbiased` to every estimator for Bernoulli draws.
#[track_caller]
fn all_unbiased_on_bits(q: &Bits, f: impl Fn(&Bits, Tensor<2>) -> Tensor<1>) {
    assert_unbiased("NoBaseline", &mut ScoreFunction { particles: 1, baseline: NoBaseline }, q, &f);
    assert_unbiased("LeaveOneOut", &mut ScoreFunction { particles: 3, baseline: LeaveOneOut }, q, &f);
    assert_unbiased("Arm", &mut Arm { particles: 1 }, q, &f);
    assert_unbiased("DisArm", &mut DisArm { particles: 2 }, q, &f);
    assert_unbiased("Rebar", &mut Rebar::new(2, 0.4), q, &f);
    assert_unbiased("Rebar, fixed", &mut Rebar::new(1, 0.7).with_coefficient(0.6), q, &f);
    assert_unbiased("Relax", &mut Relax::new(1, Some(0.5), 8, 0.02), q, &f);
    assert_unbiased("Relax, net alone", &mut Relax::new(2, None, 8, 0.02), q, &f);
    assert_unbiased("SumAndSample", &mut SumAndSample { exact: 1, particles: 2 }, q, &f);
}

#[test]
fn enumeration_is_exact() {
    for (logit, t) in [(-2.5, 0.45), (0.3, 0.499), (800.0, 0.3)] {
        let exact = measure(&mut Enumerate, &bits(&[logit]), toy(t), 1, &mut Rng::new(0));
        assert_close(exact.gradient[0][0].mean(), toy_slope(logit, t), 1e-16);
        assert_eq!(exact.evaluations, 2);
    }
    // E[b₁ b₂ b₃] = p₁ p₂ p₃.
    let logits = [0.4, -1.0, 2.0];
    let p = logits.map(|l: f64| 1.0 / (1.0 + (-l).exp()));
    let product = |_: &Bits, b: Tensor<2>| b.prod_dim(1).squeeze_dim(1);
    let exact = measure(&mut Enumerate, &bits(&logits), product, 3, &mut Rng::new(0));
    assert_close(exact.value.mean(), p[0] * p[1] * p[2], 1e-15);
    for (slope, p_i) in exact.elements().zip(p) {
        assert_close(slope.mean(), p[0] * p[1] * p[2] * (1.0 - p_i), 1e-15);
        assert!(slope.variance() < 1e-30);
    }
}

/// Rows may differ in what they can be: the mean of a count is n p, of an integer between two others their mean.
#[test]
fn enumeration_of_counts() {
    let slopes = gradient(&[0.3, -1.2], |logits| {
        let q = Binomial::<2>::new(tensor(&[5.0, 2.0], [2, 1]), logits.reshape([2, 1]));
        let mean = Enumerate.expectation(&q, |_, k| sum_event(k), &mut Rng::new(0));
        assert_close(values(mean.clone())[0], 5.0 / (1.0 + f64::exp(-0.3)), 1e-14);
        mean
    });
    for ((slope, n), l) in slopes.into_iter().zip([5.0, 2.0]).zip([0.3f64, -1.2]) {
        assert_close(slope, n / ((1.0 + (-l).exp()) * (1.0 + l.exp())), 1e-14);
    }
    let q = DiscreteUniform::<2>::new(tensor(&[-1.0, 3.0], [2, 1]), tensor(&[4.0, 3.0], [2, 1]));
    let mean = Enumerate.expectation(&q, |_, k| sum_event(k), &mut Rng::new(0));
    assert_eq!(values(mean), [1.5, 3.0]);
}

/// Class numbers and unit vectors are the same draws.
#[test]
fn enumeration_of_classes() {
    let logits = [0.2, -1.0, 0.7, f64::NEG_INFINITY, 1.0, 0.0, -0.5, 0.3];
    let weights = tensor(&[1.0, -2.0, 0.5, 9.0], [1, 1, 4]);
    let one_hot = |q: Tensor<1>| {
        let f = |_: &OneHot, b: Tensor<3>| sum_event(b * weights.clone()).powi_scalar(3);
        let q = OneHotCategorical::new(q.reshape([1, 2, 4]));
        Enumerate.expectation(&q, f, &mut Rng::new(0))
    };
    let numbers = |q: Tensor<1>| {
        let f = |_: &Categorical<3>, k: Tensor<3>| {
            let rows = k.dims()[0];
            let table = weights.clone().reshape([4]);
            sum_event(table.select(0, k.int().reshape([rows * 2])).reshape([rows, 2])).powi_scalar(3)
        };
        Enumerate.expectation(&Categorical::new(q.reshape([1, 2, 4])), f, &mut Rng::new(0))
    };
    let logits_tensor = tensor(&logits, [8]);
    assert_close(values(one_hot(logits_tensor.clone()))[0], values(numbers(logits_tensor))[0], 1e-14);
    for (a, b) in gradient(&logits, one_hot).into_iter().zip(gradient(&logits, numbers)) {
        assert_close(a, b, 1e-14);
    }
}

#[test]
#[should_panic(expected = "too many to list")]
fn what_is_too_long_is_not_listed() {
    Enumerate.expectation(&bits(&[0.0; 20]), coupled, &mut Rng::new(0));
}

#[test]
fn unbiased_on_the_toy() {
    for (logit, t) in [(-2.5, 0.45), (0.3, 0.45), (1.5, 0.499)] {
        all_unbiased_on_bits(&bits(&[logit]), toy(t));
    }
}

#[test]
fn unbiased_on_coupled_bits() {
    all_unbiased_on_bits(&bits(&[0.4, -1.1, 1.8]), coupled);
}

/// The entropy: f is a function of q itself.
#[test]
fn unbiased_where_f_depends_on_q() {
    all_unbiased_on_bits(&bits(&[0.4, -1.1]), |q, b| coupled(q, b.clone()) - q.log_prob(b));
}

#[test]
fn unbiased_on_coupled_classes() {
    let logits = [0.2, -1.0, 0.7, 0.1, 1.0, 0.0, -0.5, 0.3];
    let q = OneHot::new(tensor(&logits, [1, 2, 4]));
    let f = coupled::<OneHot, 3>;
    assert_unbiased("NoBaseline", &mut ScoreFunction { particles: 1, baseline: NoBaseline }, &q, f);
    assert_unbiased("Rebar", &mut Rebar::new(1, 0.5), &q, f);
    assert_unbiased("Relax", &mut Relax::new(1, Some(0.5), 8, 0.02), &q, f);
    assert_unbiased("Relax, net alone", &mut Relax::new(1, None, 8, 0.02), &q, f);
    assert_unbiased("SumAndSample", &mut SumAndSample { exact: 5, particles: 1 }, &q, f);
    let numbers = Categorical::<2>::new(tensor(&logits[..4], [1, 4]));
    assert_unbiased("Categorical", &mut SumAndSample { exact: 2, particles: 2 }, &numbers, coupled);
}

/// All values summed leave nothing to chance.
#[test]
fn the_sum_of_all_values_is_the_enumeration() {
    let q = bits(&[0.4, -1.1, 1.8]);
    let mut rng = Rng::new(5);
    let exact = measure(&mut Enumerate, &q, coupled, 1, &mut rng);
    let summed = measure(&mut SumAndSample { exact: 9, particles: 1 }, &q, coupled, 10, &mut rng);
    for (got, exact) in summed.elements().zip(exact.elements()) {
        assert_close(got.mean(), exact.mean(), 1e-14);
        assert!(got.variance() < 1e-28);
    }
}

#[test]
fn a_constant_has_no_gradient() {
    let q = bits(&[0.4, -1.1, 1.8]);
    let constant = |_: &Bits, b: Tensor<2>| sum_event(b * 0.0) + 7.0;
    for particles in [1, 3] {
        let arm = measure(&mut Arm { particles }, &q, constant, 10, &mut Rng::new(1));
        let disarm = measure(&mut DisArm { particles }, &q, constant, 10, &mut Rng::new(1));
        for measurement in [arm, disarm] {
            assert!(measurement.elements().all(|slope| slope.mean() == 0.0 && slope.variance() == 0.0));
        }
    }
}

/// DisArm is Arm averaged over the uniform number that a pair of draws leaves open.
#[test]
fn disarm_is_arm_given_the_pair() {
    let rows = 20_000;
    for logit in [-1.3, 0.4] {
        let at_rows = |estimator: &mut dyn FnMut(&Bits, &mut Rng) -> Tensor<1>| {
            let leaf = tensor(&vec![logit; rows], [rows, 1]).require_grad();
            let estimate = estimator(&Bernoulli::new(leaf.clone()), &mut Rng::new(6));
            values(leaf.grad(&estimate.sum().backward()).unwrap())
        };
        let arm = at_rows(&mut |q, rng| Arm { particles: 1 }.expectation(q, toy(0.2), rng));
        let disarm = at_rows(&mut |q, rng| DisArm { particles: 1 }.expectation(q, toy(0.2), rng));
        let exact = disarm.iter().copied().find(|slope| *slope != 0.0).unwrap();
        let group = |wanted: f64| {
            let pairs = arm.iter().zip(&disarm).filter(|(_, disarm)| **disarm == wanted);
            pairs.map(|(arm, _)| *arm).collect::<Vec<_>>()
        };
        let (apart, alike) = (group(exact), group(0.0));
        assert_eq!(apart.len() + alike.len(), rows);
        assert!(alike.iter().all(|slope| *slope == 0.0));
        common::assert_mean(&apart, exact);
    }
}

#[test]
fn biased_estimators_say_so() {
    let q = bits(&[0.4, -1.1, 1.8]);
    let mut rng = Rng::new(9);
    let exact = measure(&mut Enumerate, &q, coupled, 1, &mut rng);
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    let differs = |got: &Measurement| {
        got.elements().zip(exact.elements()).any(|(got, exact)| test.check(got, exact.mean()).is_err())
    };
    macro_rules! biased {
        ($($estimator:expr),+) => {$(
            let mut estimator = $estimator;
            assert!(Estimator::<Bits, 2>::is_biased(&estimator), "{estimator:?}");
            assert!(differs(&measure(&mut estimator, &q, coupled, 20_000, &mut rng)), "{estimator:?}");
        )+};
    }
    biased!(
        GumbelSoftmax { particles: 1, temperature: 0.7 },
        StraightThrough { particles: 1, temperature: None },
        StraightThrough { particles: 1, temperature: Some(0.7) }
    );
}

/// For a linear f the slope of the probabilities is the right one, draw by draw; the draw itself is a true one.
#[test]
fn straight_through_is_exact_for_linear_functions() {
    let q = bits(&[0.4, -1.1]);
    let linear = |_: &Bits, b: Tensor<2>| sum_event(b * tensor(&[2.0, -3.0], [1, 2]));
    let mut rng = Rng::new(1);
    let exact = measure(&mut Enumerate, &q, linear, 1, &mut rng);
    let got = measure(&mut StraightThrough { particles: 2, temperature: None }, &q, linear, 100, &mut rng);
    for (got, exact) in got.elements().zip(exact.elements()) {
        assert_close(got.mean(), exact.mean(), 1e-14);
        assert!(got.variance() < 1e-28);
    }
}

/// f = w · g(b): the estimate is linear in w, so its slope in w is the estimate over w, draw by draw. No relaxation, no
/// control variate and no baseline adds to it.
#[test]
fn a_parameter_of_f_has_its_gradient_from_the_draw() {
    let slope_in_w = |estimator: &mut dyn FnMut(&Bits, Tensor<1>, &mut Rng) -> Tensor<1>| {
        let w = tensor(&[1.7], [1]).require_grad();
        let logits = tensor(&[0.4, -1.1, 0.2, 2.0], [2, 2]).require_grad();
        // The first call teaches those that learn.
        for _ in 0..2 {
            let estimate = estimator(&Bernoulli::new(logits.clone()), w.clone(), &mut Rng::new(4)).sum();
            let value = values(estimate.clone())[0];
            let grads = estimate.backward();
            assert_close(values(w.grad(&grads).unwrap())[0], value / 1.7, 1e-13);
            assert!(values(logits.grad(&grads).unwrap()).iter().all(|slope| slope.is_finite()));
        }
    };
    macro_rules! check {
        ($($estimator:expr),+) => {$(
            let mut estimator = $estimator;
            slope_in_w(&mut |q, w, rng| estimator.expectation(q, |q, b| coupled(q, b) * w.clone(), rng));
        )+};
    }
    check!(
        Enumerate,
        Arm { particles: 2 },
        DisArm { particles: 2 },
        Rebar::new(3, 0.5),
        Relax::new(3, Some(0.5), 4, 0.1),
        Relax::new(3, None, 4, 0.1),
        SumAndSample { exact: 2, particles: 2 },
        StraightThrough { particles: 2, temperature: None }
    );
}

/// A first draw moves the logits of a second: the surrogate of the inner expectation is the f of the outer one, and one
/// backward pass gives both gradients.
#[test]
fn estimators_nest() {
    let exact = nested(Enumerate, Enumerate, 1);
    let exact: Vec<f64> = exact.into_iter().map(|slopes| slopes[0]).collect();
    let check = |name: &str, got: [Vec<f64>; 2]| {
        for (got, exact) in got.iter().zip(&exact) {
            println!("{name}");
            common::assert_mean(got, *exact);
        }
    };
    let rows = 10_000;
    let score = ScoreFunction { particles: 2, baseline: LeaveOneOut };
    check("Rebar in Rebar", nested(Rebar::new(1, 0.5), Rebar::new(1, 0.5), rows));
    check("DisArm in Relax", nested(Relax::new(1, Some(0.5), 4, 0.02), DisArm { particles: 1 }, rows));
    check(
        "Relax in SumAndSample",
        nested(SumAndSample { exact: 1, particles: 1 }, Relax::new(1, None, 4, 0.02), rows),
    );
    check("Rebar in ScoreFunction", nested(score, Rebar::new(2, 0.5), rows));
    check("Enumerate in Arm", nested(Arm { particles: 1 }, Enumerate, rows));
}

/// The slopes in the first logit and in the second one's own part, of each row, after a first call to learn from.
fn nested(mut outer: impl Estimator<Bits, 2>, inner: impl Estimator<Bits, 2>, rows: usize) -> [Vec<f64>; 2] {
    let inner = RefCell::new(inner);
    let mut rng = Rng::new(12);
    let inner_rng = RefCell::new(Rng::new(13));
    let mut slopes = [Vec::new(), Vec::new()];
    for _ in 0..2 {
        let [first, own] = [0.6, -0.3].map(|l| tensor(&vec![l; rows], [rows, 1]).require_grad());
        let estimate = outer.expectation(
            &Bernoulli::new(first.clone()),
            |_, a| {
                let particles = a.dims()[0] / rows;
                let second = Bernoulli::new(own.clone().repeat_dim(0, particles) + a.clone() * 1.4);
                let f = |_: &Bits, b: Tensor<2>| {
                    let a = a.clone().repeat_dim(0, b.dims()[0] / a.dims()[0]);
                    sum_event(((b + 0.3) * (a + 0.5)).square())
                };
                inner.borrow_mut().expectation(&second, f, &mut inner_rng.borrow_mut())
            },
            &mut rng,
        );
        let grads = estimate.sum().backward();
        slopes = [first, own].map(|leaf| values(leaf.grad(&grads).unwrap()));
    }
    slopes
}

/// Values and gradients stay finite where a probability rounds to 0 or 1, and where a class is masked.
#[test]
fn extreme_logits_stay_finite() {
    let extremes = [-800.0, -50.0, 50.0, 800.0];
    macro_rules! check {
        ($q:expr => $($estimator:expr),+) => {$(
            let (mut estimator, q) = ($estimator, $q);
            for seed in 0..3 {
                let got = measure(&mut estimator, &q, coupled, 40, &mut Rng::new(seed));
                let finite = |m: &Moments| m.mean().is_finite() && m.variance().is_finite();
                assert!(finite(&got.value) && got.elements().all(finite), "{}", stringify!($estimator));
            }
        )+};
    }
    check!(bits(&extremes) =>
        Enumerate, Arm { particles: 1 }, DisArm { particles: 1 }, Rebar::new(1, 0.3),
        Relax::new(1, Some(0.3), 4, 0.1), Relax::new(1, None, 4, 0.1), SumAndSample { exact: 1, particles: 2 },
        GumbelSoftmax { particles: 1, temperature: 0.3 }, StraightThrough { particles: 1, temperature: None },
        StraightThrough { particles: 1, temperature: Some(0.3) });
    let single = Bernoulli::new(tensor(&extremes, [1, 4]).cast(DType::F32));
    check!(single.clone() => Rebar::new(1, 0.3), Relax::new(1, Some(0.3), 4, 0.1), DisArm { particles: 1 });
    for last in [800.0, f64::NEG_INFINITY] {
        let classes = [-800.0, -50.0, 0.0, last, 0.0, 1.0, 2.0, f64::NEG_INFINITY];
        check!(OneHot::new(tensor(&classes, [1, 2, 4])) =>
            Enumerate, Rebar::new(1, 0.3), Relax::new(1, Some(0.3), 4, 0.1), Relax::new(1, None, 4, 0.1),
            SumAndSample { exact: 1, particles: 2 }, GumbelSoftmax { particles: 1, temperature: 0.3 },
            StraightThrough { particles: 1, temperature: None },
            StraightThrough { particles: 1, temperature: Some(0.3) });
    }
}
