//! Numbers of the project itself: variances of estimators, and draws under fixed noise.

use burn::tensor::{Device, Tensor};
use reparam::{
    Antithetic, LeaveOneOut, MeasureValued, NoBaseline, Normal, Pathwise, Rng, ScoreFunction, measure,
};
use reparam_kernels::law::{Level, Quantile};
use reparam_kernels::laws;

use super::assert_drawn;
use crate::plot::{Axis, Chart, Line, Tint, sheet};

const SIZE: (f64, f64) = (340.0, 280.0);

/// The variance of the gradient for one evaluation of f, for f = (z − 2)² and z ~ Normal(μ, 1), against μ.
#[test]
fn the_variance_of_estimators_against_a_parameter() {
    let device = Device::flex().autodiff();
    let values: Vec<f64> = (0..17).map(|i| f64::from(i) * 0.5 - 2.0).collect();
    let curve = |estimator: &dyn Fn(Normal<2>, &mut Rng) -> reparam::Measurement| {
        values
            .iter()
            .map(|loc| {
                let row = |x: f64| Tensor::<2>::from_floats([[x as f32]], &device);
                let measured = estimator(Normal::new(row(*loc), row(1.0)), &mut Rng::new(3));
                (*loc, (measured.total_variance() * measured.evaluations_each()).log10())
            })
            .collect::<Vec<_>>()
    };
    macro_rules! curve {
        ($estimator:expr) => {
            curve(&|q, rng| {
                let f = |_: &Normal<2>, z: Tensor<2>| reparam::shape::sum_event((z - 2.0).square());
                measure(&mut $estimator, &q, f, 4096, rng)
            })
        };
    }
    let curves = [
        ("pathwise", curve!(Pathwise { particles: 1 })),
        ("antithetic", curve!(Antithetic { pairs: 1 })),
        ("measure-valued", curve!(MeasureValued { particles: 1, coupled: true })),
        ("score function", curve!(ScoreFunction { particles: 1, baseline: NoBaseline })),
        ("score, leave-one-out", curve!(ScoreFunction { particles: 4, baseline: LeaveOneOut })),
    ];
    let mut chart = Chart::new("Variance of the gradient of E[(z − 2)²] against μ")
        .size(560.0, 340.0)
        .x(Axis::linear("μ").tight())
        .y(Axis::linear("variance × evaluations").powers());
    for (place, (name, points)) in curves.into_iter().enumerate() {
        chart = chart.mark(Line::new(name, points).tint(Tint::Series(place)));
    }
    let title = "∇ E[(z − 2)²],  z ~ Normal(μ, 1)".to_owned();
    assert_drawn("variances.svg", &sheet("Variance of estimators", &[(title, chart)]));
}

/// Draws as functions of a parameter, each at noise that stays as it is: they move smoothly, or jump.
#[test]
fn a_draw_moves_with_its_parameter() {
    let levels: Vec<f64> = (0..11).map(|i| (f64::from(i) + 0.5) / 11.0).collect();
    let at = |from: f64, to: f64| (0..=120).map(move |i| from + (to - from) * f64::from(i) / 120.0);
    let family = |name: &str, x: &str, draw: &dyn Fn(f64, f64) -> f64, (from, to): (f64, f64)| {
        let mut chart = Chart::new(format!("Draws of {name} under fixed noise"))
            .size(SIZE.0, SIZE.1)
            .x(Axis::linear(x).tight())
            .y(Axis::linear("z"));
        for level in &levels {
            let points = at(from, to).map(|theta| (theta, draw(*level, theta))).collect();
            chart = chart.mark(Line::new("", points).tint(Tint::Series(0)));
        }
        (name.to_owned(), chart)
    };
    let level = Level::<f64>::lower;
    let charts = [
        family("Normal(0, σ)", "σ", &|u, s| laws::Normal::quantile(level(u), [0.0, s]), (0.1, 3.0)),
        family("Gamma(α, 1)", "α", &|u, a| laws::Gamma::quantile(level(u), [a, 1.0]), (0.1, 5.0)),
        family(
            "Bernoulli(p)",
            "p",
            &|u, p| laws::Bernoulli::<laws::Probs>::quantile(level(u), [p]),
            (0.02, 0.98),
        ),
    ];
    assert_drawn("draws.svg", &sheet("Draws under fixed noise", &charts));
}
