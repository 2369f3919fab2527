//! How good a gradient estimate is: its mean, its scatter and its cost, over independent repetitions.
//!
//! Each repetition is a row of a batch with parameters of its own, so one backward pass gives the gradient of every
//! repetition apart from the others.

use std::cell::Cell;
use std::time::{Duration, Instant};

use burn::tensor::Tensor;
use reparam_testing::Moments;

use crate::{
    Distribution, Estimator, Params,
    error::to_f64,
    evaluate::{f_at, per_row},
    gradient,
    leaves::Leaves,
    noise::Rng,
};

/// Numbers of one draw times repetitions that are held at once: some megabytes of tensors.
const CHUNK: usize = 1 << 14;

/// What repetitions of an estimate gave.
#[derive(Clone, Debug, Default)]
pub struct Measurement {
    /// The values.
    pub value: Moments,
    /// The gradients: for each parameter, in the order of [`Params`], and each of its elements.
    pub gradient: Vec<Vec<Moments>>,
    /// How often f was evaluated.
    pub evaluations: u64,
    /// How long it took.
    pub elapsed: Duration,
}

impl Measurement {
    /// Takes in the repetitions of `other`, of the same estimate.
    pub fn merge(&mut self, other: &Self) {
        self.value.merge(&other.value);
        self.gradient.resize(self.gradient.len().max(other.gradient.len()), Vec::new());
        for (own, others) in self.gradient.iter_mut().zip(&other.gradient) {
            own.resize(own.len().max(others.len()), Moments::new());
            own.iter_mut().zip(others).for_each(|(own, other)| own.merge(other));
        }
        self.evaluations += other.evaluations;
        self.elapsed += other.elapsed;
    }

    /// All elements of the gradient.
    pub fn elements(&self) -> impl Iterator<Item = &Moments> {
        self.gradient.iter().flatten()
    }

    /// The variance of one repetition's gradient, summed over all elements.
    pub fn total_variance(&self) -> f64 {
        self.elements().map(Moments::variance).sum()
    }

    /// How long one repetition takes.
    pub fn seconds_each(&self) -> f64 {
        self.elapsed.as_secs_f64() / self.value.count() as f64
    }

    /// How often f is evaluated in one repetition.
    pub fn evaluations_each(&self) -> f64 {
        self.evaluations as f64 / self.value.count() as f64
    }
}

/// Repeats an estimate of E_q\[f\] and its gradient in the parameters of `q`.
///
/// `q` has batch 1. A repetition is one call of the estimator: all its particles. Repetitions are independent where the
/// rows of the estimator are.
///
/// Panics for another batch.
pub fn measure<Q: Distribution<D> + Params, const D: usize>(
    estimator: &mut impl Estimator<Q, D>,
    q: &Q,
    f: impl Fn(&Q, Tensor<D>) -> Tensor<1>,
    repetitions: usize,
    rng: &mut Rng,
) -> Measurement {
    let evaluations = Cell::new(0);
    let counted = |q: &Q, z: Tensor<D>| {
        evaluations.set(evaluations.get() + z.dims()[0] as u64);
        f_at("measure", &f, q, z)
    };
    let surrogate = |q: &Q| (estimator.expectation(q, counted, rng), evaluations.take());
    measure_surrogate(q, surrogate, repetitions)
}

/// Repeats a surrogate that is made in any way, as by estimators within each other or a [`Graph`](crate::Graph).
///
/// `q` has batch 1. `surrogate` is handed `q` with a row for each repetition, and gives a number for each row, whose
/// gradient in the parameters of that row is the estimate, and how often f was evaluated for all of them.
///
/// Panics for another batch.
pub fn measure_surrogate<Q: Distribution<D> + Params, const D: usize>(
    q: &Q,
    mut surrogate: impl FnMut(&Q) -> (Tensor<1>, u64),
    repetitions: usize,
) -> Measurement {
    let dims = q.dims();
    assert!(dims[0] == 1, "measure: expected a distribution of batch 1, got {}", dims[0]);
    let most = (CHUNK / dims.iter().product::<usize>().max(1)).max(1);
    let mut total = Measurement::default();
    let mut left = repetitions;
    while left > 0 {
        let rows = left.min(most);
        total.merge(&chunk(q, &mut surrogate, rows));
        left -= rows;
    }
    total
}

fn chunk<Q: Distribution<D> + Params, const D: usize>(
    q: &Q,
    surrogate: &mut impl FnMut(&Q) -> (Tensor<1>, u64),
    rows: usize,
) -> Measurement {
    let started = Instant::now();
    let leaves = Leaves::default();
    let q = q.repeated(rows).map(&leaves);
    let (estimate, evaluations) = surrogate(&q);
    let estimate = per_row("measure", "the surrogate", rows, estimate);
    let value = to_f64(gradient::stop(estimate.clone()));
    let slopes = leaves.gradients(estimate);
    let elapsed = started.elapsed();
    let columns = |slope: Vec<f64>| {
        let width = slope.len() / rows;
        (0..width).map(|j| Moments::of(|| slope.iter().skip(j).step_by(width).copied())).collect()
    };
    Measurement {
        value: Moments::of(|| value.iter().copied()),
        gradient: slopes.into_iter().map(columns).collect(),
        evaluations,
        elapsed,
    }
}
