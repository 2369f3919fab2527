//! What is refused says what was wrong, and what to do.

use std::panic::{AssertUnwindSafe, catch_unwind};

use burn::tensor::{DType, Distribution, Tensor, TensorData};
use reparam::{
    Bernoulli, Categorical, FullRank, Gamma, Kl, MeanField, MultivariateNormal, Normal, OneHotCategorical,
    ParamError, Truth, audit, measure,
    prelude::*,
    shape::sum_event,
    stats,
    testing::{tensor, values},
};

fn said<T>(run: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(run)) else { panic!("no panic") };
    panic
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap().to_string())
}

fn double(x: f64) -> Tensor<2> {
    tensor(&[x], [1, 1])
}

fn single(x: f64) -> Tensor<2> {
    double(x).cast(DType::F32)
}

#[test]
fn two_element_types_are_named_at_the_constructor() {
    for message in [
        said(|| Gamma::new(double(1.0), single(2.0))),
        said(|| Normal::new(double(1.0), single(2.0))),
        said(|| MultivariateNormal::new(double(1.0), single(2.0).reshape([1, 1, 1]))),
    ] {
        assert!(message.contains("its parameters have the element types f64 and f32; cast one"), "{message}");
    }
    assert!(said(|| Gamma::new(double(1.0), single(2.0))).starts_with("Gamma: "));
}

#[test]
fn a_value_of_another_element_type_is_named_with_the_operation() {
    let message = said(|| Gamma::new(double(1.0), double(2.0)).log_prob(single(0.5)));
    assert!(
        message.starts_with(
            "Gamma::log_prob: expected a value of the element type f64 that the parameters have, got f32"
        ),
        "{message}"
    );
    for message in [
        said(|| Gamma::new(double(1.0), double(2.0)).cdf(single(0.5))),
        said(|| Normal::new(double(1.0), double(2.0)).log_prob(single(0.5))),
        said(|| Bernoulli::new(double(1.0)).log_prob(single(1.0))),
        said(|| Bernoulli::new(double(1.0)).log_prob_each(single(1.0))),
        said(|| OneHotCategorical::new(double(1.0)).log_prob(single(1.0))),
        said(|| Gamma::new(double(1.0), double(2.0)).kl(&Gamma::new(single(1.0), single(2.0)))),
    ] {
        assert!(
            message.contains("f64") && message.contains("f32") && message.contains("cast one"),
            "{message}"
        );
    }
}

/// Labels as a file of integers holds them.
#[test]
fn integer_labels_are_scored() {
    let device = double(0.0).device();
    let labels = Tensor::<2, burn::tensor::Int>::from_data(TensorData::new(vec![0_i64, 1], [2, 1]), &device);
    let q = Categorical::new(tensor(&[0.3, 0.7, 0.1, 0.2], [2, 2]));
    assert_eq!(values(q.log_prob_of(labels)), values(q.log_prob(tensor(&[0.0, 1.0], [2, 1]))));
}

#[test]
fn a_covariance_that_is_not_symmetric_is_refused() {
    let covariance = tensor(&[1.0, 0.5, 0.4, 1.0], [1, 2, 2]);
    let why = MultivariateNormal::from_covariance(tensor(&[0.0, 0.0], [1, 2]), covariance, 0.0)
        .checked()
        .unwrap_err();
    assert!(matches!(
        why,
        ParamError::NotSymmetric { parameter: "covariance", index: 0, place: [1, 0], values: [0.4, 0.5], .. }
    ));
    assert_eq!(
        why.to_string(),
        "MultivariateNormal: covariance must be symmetric; in matrix 0 the element at [1, 0] is 0.4, that across the \
         diagonal 0.5"
    );
    let precision = tensor(&[1.0, 0.5, 0.4, 1.0], [1, 2, 2]);
    assert!(MultivariateNormal::from_precision(tensor(&[0.0, 0.0], [1, 2]), precision).checked().is_err());
    // A product of matrices is symmetric up to rounding.
    let covariance = tensor(&[1.0, 0.5 + 1e-12, 0.5, 1.0], [1, 2, 2]);
    assert!(
        MultivariateNormal::from_covariance(tensor(&[0.0, 0.0], [1, 2]), covariance, 0.0).checked().is_ok()
    );
}

/// `Distribution` is Burn's here, and the methods are ours.
#[test]
fn the_prelude_gives_methods_beside_burns_names() {
    let noise = Tensor::<2>::random([1, 1], Distribution::Default, &double(0.0).device());
    assert_eq!(noise.dims(), [1, 1]);
    let q = Normal::new(double(0.3), double(1.2));
    assert_eq!(q.log_prob(double(0.3)).dims(), [1]);
    assert_eq!(values(q.mean()), [0.3]);
}

/// What a public item holds or takes can be named.
#[test]
fn public_items_are_made_of_public_types() {
    let q = Normal::new(double(0.5), double(2.0));
    let mut path = reparam::Pathwise { particles: 1 };
    let found = measure(&mut path, &q, |_, z| sum_event(z), 1000, &mut reparam::Rng::new(0));
    let value: stats::Moments = found.value;
    assert!((value.mean() - 0.5).abs() < 1.0);
    let near = |value| vec![stats::Estimate { value, error: 1e-9 }];
    let report = audit(&found, &Truth::Near(vec![near(1.0), near(0.0)]), 1e-6);
    let interval: stats::Interval = report.slopes[0].interval;
    assert!(report.passed() && interval.contains(0.0), "{report}");
    let _: stats::Rates = reparam::testing::rates();
}

#[test]
fn families_start_small_or_where_they_are_told_to() {
    let device = double(0.0).device();
    let start = MeanField::new(3, &device).given(());
    for scale in values(start.scale()) {
        assert!((scale - 0.1).abs() < 1e-7, "{scale}");
    }
    let full = FullRank::new(3, &device).given(());
    for variance in values(full.variance()) {
        assert!((variance - 0.01).abs() < 1e-8, "{variance}");
    }
    let point = || tensor(&[1.0, -2.0], [1, 2]);
    let [start, full] = [MeanField::from_point(point(), 0.5).given(()).law().parameters().map(values), {
        let q = FullRank::from_point(point(), 0.5).given(());
        [values(q.loc()), values(q.variance().sqrt())]
    }];
    for numbers in [start, full] {
        assert_eq!(numbers[0], [1.0, -2.0]);
        assert!(numbers[1].iter().all(|scale| (scale - 0.5).abs() < 1e-15), "{numbers:?}");
    }
    assert!(
        said(|| MeanField::from_point(point(), 0.0)).contains("scale must be finite and positive, got 0")
    );
    assert!(said(|| FullRank::from_point(tensor(&[0.0; 4], [2, 2]), 0.1)).contains("[1, dim], got [2, 2]"));
}
