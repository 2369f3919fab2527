//! Ends of the support that move with a parameter: the score does not see them, and must not be asked.

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use burn::tensor::Tensor;
use common::assert_mean;
use reparam::{
    Affine, Beta, Cauchy, Chain, DReG, Elbo, Exp, Exponential, Gamma, GeneralizedExtremeValue,
    GeneralizedPareto, Graph, Laplace, Logistic, MixtureSameFamily, MonteCarlo, NoBaseline, Normal,
    OptimalCoefficient, Params, Pathwise, Power, Rng, ScoreFunction, StickTheLanding, Transformed,
    Triangular, Truncated, Uniform, Univariate, Vimco, VonMises, VonMisesFisher, WakeSleep, law, laws,
    prelude::*,
    shape::sum_event,
    testing::{tensor, values},
};

fn number(x: f64) -> Tensor<2> {
    tensor(&[x], [1, 1])
}

/// A parameter with a gradient.
fn moving(x: f64) -> Tensor<2> {
    number(x).require_grad()
}

fn shifted<Q: Distribution<2>>(base: Q) -> Transformed<Q, Affine<2>> {
    Transformed::new(base, Affine::new(moving(0.5), number(2.0)))
}

/// What a panic says.
fn said(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("no panic");
    panic
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap().to_string())
}

/// Every estimator that relies on E\[f ∇ log q\] refuses, naming the parameter.
fn refuses<Q: Distribution<2> + Params>(q: &Q, parameter: &str) {
    assert_eq!(q.moving_edge(), Some(parameter));
    let f = |_: &Q, z: Tensor<2>| sum_event(z);
    let rng = || Rng::new(0);
    let score = said(|| {
        ScoreFunction { particles: 1, baseline: NoBaseline }.expectation(q, f, &mut rng());
    });
    assert!(score.contains(&format!("an end of the support moves with `{parameter}`")), "{score}");
    let optimal = said(|| {
        OptimalCoefficient { particles: 2 }.expectation(q, f, &mut rng());
    });
    assert!(optimal.contains(&format!("moves with `{parameter}`")), "{optimal}");
    let graph = said(|| {
        let _ = Graph::new(1).surrogate(&mut rng(), |trace, rng| {
            trace.score("z", q, &[], rng);
        });
    });
    assert!(graph.contains("the draw `z` by its score: an end of the support moves"), "{graph}");
    for bound in [
        said(|| drop(Vimco { particles: 2 }.loss(q, sum_event, &mut rng()))),
        said(|| drop(WakeSleep { particles: 2 }.loss(q, sum_event, &mut rng()))),
    ] {
        assert!(bound.contains(&format!("moves with `{parameter}`")), "{bound}");
    }
}

#[test]
fn a_shift_moves_the_end_of_its_base() {
    refuses(&shifted(Exponential::new(number(1.0))), "shift");
    refuses(&shifted(Beta::new(number(1.0), number(3.0))), "shift");
    refuses(&shifted(Beta::new(number(3.0), number(0.5))), "shift");
    refuses(&shifted(shifted(Exponential::new(number(1.0)))), "shift");
    // A scale moves the upper end of an interval that begins at 0.
    let scaled = |base| Transformed::new(base, Affine::new(number(0.0), moving(2.0)));
    refuses(&scaled(Beta::new(number(3.0), number(1.0))), "scale");
    // e^x of a logistic number is log-logistic: its density at 0 is not 0.
    let exp = Chain::new(Exp, Affine::new(moving(0.5), number(2.0)));
    refuses(&Transformed::new(Logistic::new(number(0.0), number(1.0)), exp.clone()), "shift");
    refuses(
        &Transformed::new(Transformed::new(Cauchy::new(number(0.0), number(1.0)), Exp), exp.clone()),
        "shift",
    );
    // The square of a Gamma(2) number has the density ½ e^(−√y) at 0.
    let square = Chain::new(Power::new(number(2.0)), Affine::new(moving(0.5), number(2.0)));
    refuses(&Transformed::new(Gamma::new(number(2.0), number(1.0)), square), "shift");
    refuses(
        &MixtureSameFamily::new(
            tensor(&[0.0, 0.3], [1, 2]),
            Uniform::new(tensor(&[0.0, 1.0], [1, 2]), tensor(&[2.0, 3.0], [1, 2]).require_grad()),
        ),
        "high",
    );
}

#[test]
fn what_moves_follows_from_the_values() {
    refuses(&GeneralizedPareto::new(number(0.0), moving(1.0), number(-1.0)), "scale");
    refuses(&GeneralizedPareto::new(moving(0.0), number(1.0), number(-0.3)), "loc");
    refuses(&GeneralizedPareto::new(number(0.0), number(1.0), moving(-1.5)), "concentration");
    refuses(&GeneralizedExtremeValue::new(moving(0.0), number(1.0), number(-1.0)), "loc");
    refuses(&GeneralizedExtremeValue::new(moving(1.0), number(2.0), number(-1.5)), "loc");
    refuses(&Triangular::new(moving(0.0), number(1.0), number(0.0)), "low");
    refuses(&Triangular::new(number(0.0), moving(1.0), number(1.0)), "high");
    refuses(&VonMises::new(moving(0.3), number(2.0)), "loc");
    // In one row of two.
    let concentration = tensor(&[-0.5, -1.0], [2, 1]);
    let loc = tensor(&[0.0, 0.0], [2, 1]).require_grad();
    assert_eq!(
        GeneralizedExtremeValue::new(loc, tensor(&[1.0], [1, 1]), concentration).moving_edge(),
        Some("loc")
    );
    // Of a law that is truncated where it has an end of its own.
    let truncated = |low: f64| {
        let theta = [number(0.0), moving(1.0), number(-1.0), number(low), number(5.0)];
        Univariate::<Truncated<laws::GeneralizedPareto>, 5, 2>::from_parameters(theta)
    };
    assert_eq!(truncated(0.1).moving_edge(), Some("scale"));
}

/// Where the density vanishes at the end, or the end stays, there is a score.
#[test]
fn other_supports_are_no_obstacle() {
    let stay: [&dyn Distribution<2>; 11] = [
        &shifted(Gamma::new(number(2.5), number(1.0))),
        &shifted(Normal::new(number(0.0), number(1.0))),
        &shifted(Laplace::new(moving(0.0), number(1.0))),
        &Transformed::new(
            Normal::new(number(0.0), number(1.0)),
            Chain::new(Exp, Affine::new(moving(1.0), moving(2.0))),
        ),
        &Transformed::new(Exponential::new(moving(1.0)), Affine::new(number(1.0), number(2.0))),
        &Transformed::new(Exponential::new(moving(1.0)), Affine::new(number(1.0), moving(2.0))),
        &GeneralizedPareto::new(number(0.0), moving(1.0), moving(-0.5)),
        &GeneralizedExtremeValue::new(moving(0.0), moving(1.0), moving(-0.5)),
        &GeneralizedExtremeValue::new(moving(0.0), moving(1.0), moving(0.5)),
        &Triangular::new(moving(0.0), moving(1.0), moving(0.4)),
        // Its ends are at a density of e^−1600.
        &VonMises::new(moving(0.3), number(800.0)),
    ];
    for (place, q) in stay.iter().enumerate() {
        assert_eq!(q.moving_edge(), None, "the {place}th");
    }
    let direction = VonMisesFisher::new(tensor(&[0.6, 0.8], [1, 2]).require_grad(), tensor(&[2.0], [1]));
    assert_eq!(direction.moving_edge(), None);
}

/// The mean of 0.5 + 2 z grows with its shift at the rate 1, and the score sees it: z is Gamma(2.5, 1).
#[test]
fn the_score_of_a_shift_without_an_edge_is_unbiased() {
    let rows = 40_000;
    let ones = |x: f64| tensor(&vec![x; rows], [rows, 1]);
    let shift = ones(0.5).require_grad();
    let q = Transformed::new(Gamma::new(ones(2.5), ones(1.0)), Affine::new(shift.clone(), ones(2.0)));
    let mut score = ScoreFunction { particles: 2, baseline: NoBaseline };
    let loss = score.expectation(&q, |_, z| sum_event(z), &mut Rng::new(3));
    assert_mean(&values(shift.grad(&loss.sum().backward()).unwrap()), 1.0);
}

/// The entropy of Uniform(0, h) is ln h; with the parameters held fixed in the density its slope would be 0.
#[test]
fn sticking_the_landing_refuses_an_edge_but_not_a_turn() {
    let uniform = Uniform::new(number(0.0), moving(2.0));
    let flat = |z: Tensor<2>| sum_event(z * 0.0);
    let stick = said(|| {
        Elbo { estimator: Pathwise { particles: 2 }, entropy: StickTheLanding }.loss(
            &uniform,
            flat,
            &mut Rng::new(0),
        );
    });
    assert!(stick.contains("moves with `high`") && stick.contains("`MonteCarlo`"), "{stick}");
    let dreg = said(|| drop(DReG { particles: 2 }.loss(&uniform, flat, &mut Rng::new(0))));
    assert!(dreg.contains("DReG: an end of the support moves with `high`"), "{dreg}");

    let slope = |of: &dyn Fn(&Uniform<2>) -> Tensor<1>| {
        let high = moving(2.0);
        let loss = of(&Uniform::new(number(0.0), high.clone()));
        values(high.grad(&loss.backward()).unwrap())[0]
    };
    let monte_carlo = slope(&|q| {
        Elbo { estimator: Pathwise { particles: 2 }, entropy: MonteCarlo }.loss(q, flat, &mut Rng::new(0))
    });
    assert!((monte_carlo + 0.5).abs() < 1e-15, "{monte_carlo}");

    // Of an angle both slopes in the location are 0: what leaves the turn at one end enters at the other.
    let rows = 20_000;
    let loc = tensor(&vec![0.3; rows], [rows, 1]).require_grad();
    let q = VonMises::new(loc.clone(), tensor(&vec![0.4; rows], [rows, 1]));
    let mut elbo = Elbo { estimator: Pathwise { particles: 1 }, entropy: StickTheLanding };
    let loss = elbo.loss(&q, flat, &mut Rng::new(1)) * rows as f64;
    assert_mean(&values(loc.grad(&loss.backward()).unwrap()), 0.0);
}

#[test]
fn edges_of_a_law_are_those_of_its_support() {
    assert_eq!(law::moving_edges::<laws::Uniform, 2>([0.0, 1.0]), [true, true]);
    assert_eq!(
        law::moving_edges::<laws::TruncatedNormal, 4>([0.0, 1.0, f64::NEG_INFINITY, 2.0]),
        [false, false, false, true]
    );
    assert_eq!(
        law::moving_edges::<laws::TruncatedNormal, 4>([0.0, 1.0, -60.0, 2.0]),
        [false, false, false, true]
    );
}
