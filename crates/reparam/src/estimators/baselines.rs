//! Baselines of the score-function estimator, none of which touches the draw it is subtracted from.

use burn::tensor::Tensor;

use crate::{Baseline, gradient::stop, shape};

/// Nothing is subtracted.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoBaseline;

impl Baseline for NoBaseline {
    fn of(&mut self, values: &Tensor<1>, _particles: usize) -> Tensor<1> {
        Tensor::zeros_like(values)
    }
}

/// The exponential moving average of f over earlier calls, corrected for its start at zero.
///
/// The current call's values enter only the next call's baseline, so the gradient stays unbiased.
#[derive(Clone, Debug)]
pub struct MovingAverage {
    decay: f64,
    calls: i32,
    average: Option<Tensor<1>>,
}

impl MovingAverage {
    /// `decay` in [0, 1): the weight of the past; 0.9 looks back about ten calls.
    ///
    /// Panics outside that interval.
    pub fn new(decay: f64) -> Self {
        assert!((0.0..1.0).contains(&decay), "MovingAverage: decay must lie in [0, 1), got {decay}");
        Self { decay, calls: 0, average: None }
    }
}

impl Baseline for MovingAverage {
    fn of(&mut self, values: &Tensor<1>, _particles: usize) -> Tensor<1> {
        let now = stop(values.clone()).mean() * (1.0 - self.decay);
        let (baseline, average) = match self.average.take() {
            None => (Tensor::zeros_like(values), now),
            Some(average) => {
                let correction = 1.0 - self.decay.powi(self.calls);
                ((average.clone() / correction).expand(values.dims()), average * self.decay + now)
            }
        };
        self.average = Some(average);
        self.calls += 1;
        baseline
    }
}

/// The mean of f over the row's other particles.
///
/// Source: Kool et al., Buy 4 REINFORCE Samples, Get a Baseline for Free!, 2019.
#[derive(Clone, Copy, Debug, Default)]
pub struct LeaveOneOut;

impl Baseline for LeaveOneOut {
    /// Panics for fewer than two particles: there is nothing to leave in.
    fn of(&mut self, values: &Tensor<1>, particles: usize) -> Tensor<1> {
        assert!(particles >= 2, "LeaveOneOut needs at least 2 particles, got {particles}");
        let values = shape::unfold_particles(values.clone(), particles);
        let [_, batch] = values.dims();
        let others = (values.clone().sum_dim(0) - values) * (1.0 / (particles as f64 - 1.0));
        others.reshape([particles * batch])
    }
}
