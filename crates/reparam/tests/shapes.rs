//! What a mistake in shapes says.

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};

use burn::tensor::{DType, Tensor};
use reparam::{
    Affine, Bernoulli, GaussianNet, Kl, LeaveOneOut, MonteCarloKl, MovingAverage, MultivariateNormal, Normal,
    Pathwise, Rng, linalg::cholesky, nn::Activation, prelude::*, shape, testing::values,
};

fn zeros<const D: usize>(dims: [usize; D]) -> Tensor<D> {
    Tensor::zeros(dims, (&common::device(), DType::F64))
}

fn ones<const D: usize>(dims: [usize; D]) -> Tensor<D> {
    zeros(dims) + 1.0
}

/// What `f` says when it panics.
fn panic_of<T>(f: impl FnOnce() -> T) -> String {
    let payload = catch_unwind(AssertUnwindSafe(|| drop(f()))).expect_err("no panic");
    payload
        .downcast_ref::<String>()
        .cloned()
        .unwrap_or_else(|| payload.downcast_ref::<&str>().unwrap().to_string())
}

#[test]
fn parameters_that_do_not_broadcast() {
    assert_eq!(
        panic_of(|| Normal::new(zeros([4, 3]), ones([4, 2]))),
        "Normal: axis 1 of a parameter has size 2, another has 3; every parameter must have the same shape up to axes \
         of size 1, got [[4, 3], [4, 2]]"
    );
    assert_eq!(
        panic_of(|| Affine::new(zeros([5]), ones([4]))),
        "Affine: axis 0 of a parameter has size 4, another has 5; every parameter must have the same shape up to axes \
         of size 1, got [[5], [4]]"
    );
    assert_eq!(
        panic_of(|| MultivariateNormal::new(zeros([4, 3]), ones([4, 3, 2]))),
        "MultivariateNormal: loc [4, 3] needs a factor of shape [4, 3, 3], got [4, 3, 2]"
    );
    assert_eq!(panic_of(|| cholesky(ones([1, 2, 3]), 0.0)), "cholesky: expected square matrices, got 2 × 3");
}

/// A column against a row never becomes a square.
#[test]
fn a_column_against_a_row() {
    let column = Normal::new(zeros([4, 1]), ones([4, 1]));
    assert_eq!(
        panic_of(|| column.log_prob(zeros([1, 4]))),
        "Normal::log_prob: expected a value of shape [4, 1] ([batch, event…]), got [1, 4]; reshape the value, or repeat \
         the distribution over the batch"
    );
    let row = Bernoulli::new(zeros([1, 4]));
    assert_eq!(
        panic_of(|| row.log_prob(zeros([4, 1]))),
        "Bernoulli::log_prob: expected a value of shape [1, 4] ([batch, event…]), got [4, 1]; reshape the value, or \
         repeat the distribution over the batch"
    );
    assert!(panic_of(|| row.log_prob_each(zeros([4, 1]))).starts_with("Bernoulli::log_prob_each: expected"));
}

#[test]
fn a_batch_of_another_size() {
    let q = Normal::new(zeros([4, 2]), ones([4, 2]));
    let said = panic_of(|| q.log_prob(zeros([3, 2])));
    assert!(said.starts_with("Normal::log_prob: expected a value of shape [4, 2]"), "{said}");
    // A batch of values is not scored by a batch of distributions of another size, nor is one value by many.
    assert!(panic_of(|| q.log_prob(zeros([1, 2]))).contains("got [1, 2]"));
    let full = MultivariateNormal::new(zeros([4, 2]), ones([4, 2, 2]));
    assert!(panic_of(|| full.log_prob(zeros([3, 2]))).starts_with("MultivariateNormal::log_prob: expected"));
    assert!(panic_of(|| q.kl(&Normal::new(zeros([3, 2]), ones([3, 2])))).starts_with("Normal::kl: expected"));
}

#[test]
fn batch_one_stands_for_every_row() {
    let prior = Normal::new(zeros([1, 2]), ones([1, 2]));
    let q = Normal::new(ones([3, 2]), ones([3, 2]));
    assert_eq!(q.kl(&prior).dims(), [3]);
    assert_eq!(values(q.kl(&prior)), [1.0; 3]);
    let full = MultivariateNormal::new(ones([3, 2]), ones([1, 2, 2]));
    assert_eq!(full.kl(&MultivariateNormal::new(zeros([1, 2]), ones([1, 2, 2]))).dims(), [3]);
    let (kl, error) = MonteCarloKl { particles: 4 }.estimate(&q, &prior, &mut Rng::new(0));
    assert_eq!([kl.dims(), error.dims()], [[3], [3]]);
}

#[test]
fn particles() {
    assert_eq!(panic_of(|| LeaveOneOut.of(&zeros([4]), 1)), "LeaveOneOut needs at least 2 particles, got 1");
    assert_eq!(panic_of(|| MovingAverage::new(1.0)), "MovingAverage: decay must lie in [0, 1), got 1");
    let q = Normal::new(zeros([1, 1]), ones([1, 1]));
    assert_eq!(
        panic_of(|| MonteCarloKl { particles: 1 }.estimate(&q, &q, &mut Rng::new(0))),
        "MonteCarloKl: a standard error needs at least 2 particles"
    );
    assert_eq!(
        panic_of(|| shape::mean_particles(zeros([7]), 2)),
        "7 rows do not divide into 2 particles; f must return one number per row it was given"
    );
    let q = Normal::new(zeros([3, 1]), ones([3, 1]));
    let said =
        panic_of(|| Pathwise { particles: 2 }.expectation(&q, |_, z: Tensor<2>| z.sum(), &mut Rng::new(0)));
    assert!(
        said.starts_with("Pathwise: f gave 1 numbers for 6 rows; f must return one number per row"),
        "{said}"
    );
}

#[test]
fn a_scale_floor_that_is_not_positive() {
    let said =
        panic_of(|| GaussianNet::new(2, &[], 3, Activation::Relu, 0.0, &common::device(), &mut Rng::new(0)));
    assert_eq!(said, "GaussianNet: scale_floor must be positive, got 0");
}
