//! Every function that a user writes gives one number per row: another length would broadcast without a word.

use std::panic::{AssertUnwindSafe, catch_unwind};

use burn::tensor::Tensor;
use reparam::{
    Antithetic, Arm, Auto, Bernoulli, ClosedForm, DReG, DeltaMethod, DisArm, Elbo, Enumerate, Graph,
    GumbelSoftmax, Iwae, IwaeStickTheLanding, LeaveOneOut, MeasureValued, MonteCarlo, NoBaseline, Normal,
    OptimalCoefficient, ParamMap, Params, Pathwise, QuasiRandom, Rebar, Relax, Rng, ScoreFunction,
    StraightThrough, SumAndSample, Vimco, WakeSleep, measure, measure_surrogate,
    prelude::*,
    shape::sum_event,
    testing::{tensor, values},
};

/// Three rows.
fn normal() -> Normal<2> {
    Normal::new(tensor(&[0.3, -0.2, 1.0], [3, 1]).require_grad(), tensor(&[1.0, 2.0, 0.5], [3, 1]))
}

fn bits() -> Bernoulli<2> {
    Bernoulli::new(tensor(&[0.3, -0.2, 1.0], [3, 1]).require_grad())
}

fn said<T>(run: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(run)) else { panic!("no panic") };
    panic
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap().to_string())
}

/// One number where one for each row is due.
fn all<Q>(_: &Q, z: Tensor<2>) -> Tensor<1> {
    z.sum()
}

fn refused<Q>(name: &str, q: &Q, mut estimator: impl Estimator<Q, 2>) {
    let message = said(|| estimator.expectation(q, all, &mut Rng::new(0)));
    assert!(
        message.contains(name) && message.contains("one number per row it was given"),
        "{name}: {message}"
    );
}

#[test]
fn estimators_hold_f_to_the_rows() {
    for particles in [1, 2] {
        refused("Pathwise", &normal(), Pathwise { particles });
        refused("QuasiRandom", &normal(), QuasiRandom { particles });
        refused("Antithetic", &normal(), Antithetic { pairs: particles });
        refused("DeltaMethod", &normal(), DeltaMethod { inner: Pathwise { particles } });
        refused("ScoreFunction", &normal(), ScoreFunction { particles, baseline: NoBaseline });
        refused("MeasureValued", &normal(), MeasureValued { particles, coupled: false });
        refused("Arm", &bits(), Arm { particles });
        refused("DisArm", &bits(), DisArm { particles });
        refused("GumbelSoftmax", &bits(), GumbelSoftmax { particles, temperature: 0.5 });
        refused("StraightThrough", &bits(), StraightThrough { particles, temperature: None });
        refused("Rebar", &bits(), Rebar::new(particles, 0.5));
        refused("Relax", &bits(), Relax::new(particles, None, 3, 1e-2));
        refused("SumAndSample", &bits(), SumAndSample { exact: 1, particles });
    }
    refused("OptimalCoefficient", &normal(), OptimalCoefficient { particles: 2 });
    refused("Enumerate", &bits(), Enumerate);
    refused("Pathwise", &normal(), Auto::new().candidate("path", Pathwise { particles: 1 }));
}

fn bounded<Q>(name: &str, q: &Q, mut bound: impl Objective<Q, 2>) {
    let message = said(|| bound.loss(q, Tensor::sum, &mut Rng::new(0)));
    assert!(
        message.contains(name) && message.contains("log_joint must return one number per row it was given"),
        "{name}: {message}"
    );
}

#[test]
fn objectives_hold_log_joint_to_the_rows() {
    for particles in [1, 2] {
        bounded("Elbo", &normal(), Elbo { estimator: Pathwise { particles }, entropy: ClosedForm });
        bounded(
            "Elbo",
            &bits(),
            Elbo { estimator: ScoreFunction { particles, baseline: NoBaseline }, entropy: MonteCarlo },
        );
        bounded("Iwae", &normal(), Iwae { particles });
        bounded("IwaeStickTheLanding", &normal(), IwaeStickTheLanding { particles });
        bounded("DReG", &normal(), DReG { particles });
    }
    bounded("Vimco", &bits(), Vimco { particles: 2 });
    bounded("WakeSleep", &bits(), WakeSleep { particles: 2 });
}

/// Slopes of −⅓, not −1: E\[Σ z / 3\] over three rows.
#[test]
fn one_number_per_row_gives_the_slope_of_the_mean() {
    for particles in [1, 2] {
        let loc = tensor(&[0.3, -0.2, 1.0], [3, 1]).require_grad();
        let q = Normal::new(loc.clone(), tensor(&[1.0], [1, 1]));
        let mut elbo = Elbo { estimator: Pathwise { particles }, entropy: ClosedForm };
        let loss = elbo.loss(&q, sum_event, &mut Rng::new(0));
        for slope in values(loc.grad(&loss.backward()).unwrap()) {
            assert!((slope + 1.0 / 3.0).abs() < 1e-15, "{slope}");
        }
    }
}

#[test]
fn graphs_and_measurements_hold_costs_to_the_rows() {
    let message = said(|| {
        Graph::new(1).surrogate(&mut Rng::new(0), |trace, rng| {
            let z = trace.pathwise("z", &normal(), &[], rng);
            trace.cost("sum", z.value().sum(), &[z.node()]);
        })
    });
    assert!(message.contains("`sum` has 1 rows, `z` 3"), "{message}");
    let one = Normal::new(tensor(&[0.3], [1, 1]), tensor(&[1.0], [1, 1]));
    let message = said(|| measure_surrogate(&one, |q| (q.loc().sum(), 1), 4));
    assert!(message.contains("the surrogate must return one number per row"), "{message}");
    let message = said(|| measure(&mut Pathwise { particles: 1 }, &one, |_, z| z.sum(), 4, &mut Rng::new(0)));
    assert!(message.contains("one number per row"), "{message}");
}

/// A distribution whose log-density adds up the batch, and a baseline and an entropy that do.
#[derive(Clone)]
struct Summed(Normal<2>);

impl Params for Summed {
    fn map(&self, f: &impl ParamMap) -> Self {
        Self(self.0.map(f))
    }
}

impl Distribution<2> for Summed {
    fn dims(&self) -> [usize; 2] {
        self.0.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        self.0.sample(rng)
    }
    fn log_prob(&self, x: Tensor<2>) -> Tensor<1> {
        self.0.log_prob(x).sum()
    }
}

struct Mean;
impl Baseline for Mean {
    fn of(&mut self, values: &Tensor<1>, _: usize) -> Tensor<1> {
        values.clone().mean()
    }
}
impl<Q> EntropyTerm<Q, 2> for Mean {
    fn at(&self, _: &Q, z: Tensor<2>) -> Tensor<1> {
        -z.sum()
    }
}

#[test]
fn densities_baselines_and_entropies_are_held_to_the_rows() {
    let f = |_: &Summed, z: Tensor<2>| sum_event(z);
    let q = Summed(normal());
    let message =
        said(|| ScoreFunction { particles: 2, baseline: LeaveOneOut }.expectation(&q, f, &mut Rng::new(0)));
    assert!(message.contains("log_prob must return one number per row"), "{message}");
    let message = said(|| {
        ScoreFunction { particles: 1, baseline: Mean }.expectation(
            &normal(),
            |_, z| sum_event(z),
            &mut Rng::new(0),
        )
    });
    assert!(message.contains("the baseline must return one number per row"), "{message}");
    let message = said(|| {
        Elbo { estimator: Pathwise { particles: 1 }, entropy: Mean }.loss(
            &normal(),
            sum_event,
            &mut Rng::new(0),
        )
    });
    assert!(message.contains("the entropy term must return one number per row"), "{message}");
}

#[test]
fn no_particles_and_empty_batches_are_named() {
    let message =
        said(|| Pathwise { particles: 0 }.expectation(&normal(), |_, z| sum_event(z), &mut Rng::new(0)));
    assert!(message.contains("at least 1 draw per row is needed, got 0"), "{message}");
    let message = said(|| Iwae { particles: 0 }.loss(&normal(), sum_event, &mut Rng::new(0)));
    assert!(message.contains("at least 1 draw per row is needed, got 0"), "{message}");
    let empty = Normal::new(tensor(&[], [0, 1]), tensor(&[], [0, 1]));
    let message =
        said(|| Pathwise { particles: 1 }.expectation(&empty, |_, z| sum_event(z), &mut Rng::new(0)));
    assert!(message.contains("the batch is empty"), "{message}");
}
