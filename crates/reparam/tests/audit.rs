//! The audit sees a bias and passes what is right; the autopilot picks what costs least.

mod common;

use burn::tensor::Tensor;
use reparam::{
    Auto, Estimator, Exponential, LeaveOneOut, Measurement, NoBaseline, Normal, Params, Pathwise, Rng,
    ScoreFunction, StraightThroughBernoulli, Truth, audit, measure,
    prelude::*,
    shape::sum_event,
    testing::{parts, tensor, values},
};
use reparam_testing::Estimate;

const RATE: f64 = 1e-6;

fn normal() -> Normal<2> {
    Normal::new(tensor(&[0.7], [1, 1]), tensor(&[1.2], [1, 1]))
}

fn found<Q: Distribution<2> + Params>(mut estimator: impl Estimator<Q, 2>, q: &Q, k: f64) -> Measurement {
    measure(&mut estimator, q, |_, z| sum_event((z - k).square()), 20_000, &mut Rng::new(7))
}

#[test]
fn unbiased_estimators_pass_against_the_exact_gradient_and_each_other() {
    let truth = Truth::Exact(vec![vec![2.0 * (0.7 + 0.4)], vec![2.4]]);
    let pathwise = found(Pathwise { particles: 1 }, &normal(), -0.4);
    let score = found(ScoreFunction { particles: 4, baseline: LeaveOneOut }, &normal(), -0.4);
    for measurement in [&pathwise, &score] {
        let report = audit(measurement, &truth, RATE);
        assert!(report.passed(), "{report}");
    }
    let report = audit(&score, &Truth::Run(pathwise), RATE);
    assert!(report.passed() && report.to_string().starts_with("passed: 2 slopes"), "{report}");
}

/// What quadrature is off by is no bias.
#[test]
fn a_truth_may_have_errors_of_its_own() {
    let exact = found(Pathwise { particles: 1 }, &normal(), -0.4);
    let near = |error| {
        let off = |value| vec![Estimate { value: value + 0.5, error }];
        audit(&exact, &Truth::Near(vec![off(2.2), off(2.4)]), RATE)
    };
    assert!(near(0.5).passed() && !near(0.0).passed(), "{}{}", near(0.5), near(0.0));
}

/// A straight-through draw has the slope of a relaxation: b³ = b, but its slope 3 b² is not 1 everywhere.
#[test]
fn a_bias_is_seen() {
    let [temperature, logits] = [0.5, 0.3].map(|x| tensor(&[x], [1, 1]));
    let q = StraightThroughBernoulli::<2>::new(temperature, logits);
    let cube = |_: &StraightThroughBernoulli<2>, z: Tensor<2>| sum_event(z.powi_scalar(3));
    let found = measure(&mut Pathwise { particles: 1 }, &q, cube, 20_000, &mut Rng::new(7));
    let p = 1.0 / (1.0 + (-0.3f64).exp());
    let report = audit(&found, &Truth::Exact(vec![vec![0.0], vec![p * (1.0 - p)]]), RATE);
    assert!(!report.passed() && report.to_string().contains("FAILED"), "{report}");
    assert!(!report.slopes[1].passed(), "{report}");
}

/// An estimator of the user's own that forgets a factor of two.
struct Careless;

impl Estimator<Exponential<2>, 2> for Careless {
    fn expectation(
        &mut self,
        q: &Exponential<2>,
        f: impl Fn(&Exponential<2>, Tensor<2>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        f(q, q.rsample(rng)) * 0.5
    }
}

#[test]
fn a_users_own_estimator_can_be_audited() {
    let q = Exponential::<2>::new(tensor(&[2.0], [1, 1]));
    let careful = found(Pathwise { particles: 1 }, &q, 0.0);
    let report = audit(&found(Careless, &q, 0.0), &Truth::Run(careful), RATE);
    assert!(!report.passed(), "{report}");
}

/// SNR and cost follow from the known variance 4 σ² of the slope in loc.
#[test]
fn signal_noise_and_cost_are_reported() {
    let measurement = found(Pathwise { particles: 1 }, &normal(), -0.4);
    let report = audit(&measurement, &Truth::Exact(vec![vec![2.2], vec![2.4]]), RATE);
    let snr = 2.2 / (2.0 * 1.2);
    assert!((report.slopes[0].snr / snr - 1.0).abs() < 0.05, "{report}");
    assert_eq!(report.slopes[0].repetitions_for(10.0), (10.0 / report.slopes[0].snr).powi(2).ceil());
    assert_eq!(report.evaluations, 1.0);
    assert!(report.precision_per_second() > 0.0);
}

#[test]
#[should_panic(expected = "the gradient has [1, 1] numbers in its parameters, the truth [1]")]
fn a_truth_of_another_shape_is_refused() {
    audit(&found(Pathwise { particles: 1 }, &normal(), 0.0), &Truth::Exact(vec![vec![1.0]]), RATE);
}

#[test]
fn the_autopilot_picks_the_cheapest_and_says_why() {
    let mut auto = Auto::new()
        .candidate("score", ScoreFunction { particles: 8, baseline: NoBaseline })
        .candidate("pathwise", Pathwise { particles: 8 });
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event((z - 9.0).square());
    let first = auto.expectation(&normal(), f, &mut Rng::new(1));
    assert_eq!(auto.choice(), Some("pathwise"));
    let reason = auto.reason().unwrap();
    assert!(
        reason.starts_with("pathwise: variance × seconds") && reason.contains("against score"),
        "{reason}"
    );
    // The pilot uses none of the draws.
    let alone = Pathwise { particles: 8 }.expectation(&normal(), f, &mut Rng::new(1));
    assert_eq!(values(first), values(alone));
}

/// A candidate that is exact but of another function.
struct Biased;

impl Estimator<Normal<2>, 2> for Biased {
    fn expectation(
        &mut self,
        q: &Normal<2>,
        f: impl Fn(&Normal<2>, Tensor<2>) -> Tensor<1>,
        _: &mut Rng,
    ) -> Tensor<1> {
        f(q, q.loc())
    }
    fn is_biased(&self) -> bool {
        true
    }
}

#[test]
fn the_autopilot_picks_no_biased_candidate_unasked() {
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event(z.square());
    let candidates =
        || Auto::new().candidate("biased", Biased).candidate("pathwise", Pathwise { particles: 2 });
    let (mut careful, mut careless) = (candidates(), candidates().allow_biased());
    careful.expectation(&normal(), f, &mut Rng::new(2));
    careless.expectation(&normal(), f, &mut Rng::new(2));
    assert_eq!((careful.choice(), careful.is_biased()), (Some("pathwise"), false));
    assert_eq!((careless.choice(), careless.is_biased()), (Some("biased"), true));
}

/// A distribution may be given as a function of its parameters, as those of a test are.
#[test]
fn draws_of_a_leaf_without_a_path_carry_no_gradient() {
    let [rate] = parts(tensor(&[3.0], [1]).require_grad());
    let draw = reparam::Poisson::<2>::new(rate).sample(&mut Rng::new(0));
    assert!(!draw.is_tracked());
}
