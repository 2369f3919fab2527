//! Independent elements of one univariate law of the kernels, on tensors.

use burn::tensor::{Tensor, TensorData};
use rayon::prelude::*;
use reparam::Rng;
use reparam::gradient::{along, moving_zero, stop};
use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::Level;

use super::arguments::{Arguments, DTYPE};
use super::rows::{Rows, moving_edge_of};

/// A law with arguments for every element, each `[rows, width]`.
pub struct Line {
    law: &'static Univariate,
    theta: Vec<Tensor<2>>,
}

/// A function's value and its slopes in the parameters.
type Moving = (f64, Vec<f64>);

/// Elements that are worth a thread of their own.
const SHARE: usize = 256;

impl Line {
    /// The law with these arguments; numbers are for all elements of a row, vectors have one for each.
    pub fn new(law: &'static Univariate, arguments: &Arguments) -> Self {
        Self { law, theta: (0..law.parameters.len()).map(|place| arguments.each(place)).collect() }
    }

    fn dims(&self) -> [usize; 2] {
        self.theta[0].dims()
    }

    /// f at each element and its parameters.
    fn each<T: Send>(&self, f: impl Fn(usize, &[f64]) -> T + Sync) -> Vec<T> {
        let columns: Vec<Vec<f64>> = self.theta.iter().map(|theta| numbers(theta.clone())).collect();
        let elements = self.dims().iter().product::<usize>();
        let at = |i: usize| f(i, &columns.iter().map(|column| column[i]).collect::<Vec<f64>>());
        (0..elements).into_par_iter().with_min_len(SHARE).map(at).collect()
    }

    /// The values as a tensor that moves with the parameters at these slopes.
    fn moving(&self, found: Vec<Moving>) -> Tensor<2> {
        let value = self.tensor(found.iter().map(|(value, _)| *value).collect());
        self.theta.iter().enumerate().filter(|(_, theta)| theta.is_tracked()).fold(
            value,
            |value, (place, theta)| {
                let slope = self.tensor(found.iter().map(|(_, slopes)| slopes[place]).collect());
                // What is infinite cannot move, whatever its slope.
                value + along(slope.mask_fill(theta.clone().is_inf(), 0.0), theta.clone())
            },
        )
    }

    fn tensor(&self, items: Vec<f64>) -> Tensor<2> {
        Tensor::from_data(TensorData::new(items, self.dims()), (&self.theta[0].device(), DTYPE))
    }
}

/// The elements of a tensor, row by row.
fn numbers(x: Tensor<2>) -> Vec<f64> {
    stop(x).into_data().iter::<f64>().collect()
}

impl Rows for Line {
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let sampler = self.law.sampler.expect("every law has draws");
        let from = rng.take(self.dims().iter().product());
        self.tensor(self.each(|i, theta| {
            let mut bits = from.element_at(i as u64);
            sampler.coordinate.inward(sampler.coordinate.value((sampler.draw)(&mut bits, theta)))
        }))
    }

    fn rsample(&self, rng: &mut Rng) -> Option<Tensor<2>> {
        let (sampler, slopes) = (self.law.sampler?, self.law.slopes?);
        let from = rng.take(self.dims().iter().product());
        Some(self.moving(self.each(|i, theta| {
            let mut bits = from.element_at(i as u64);
            let t = (sampler.draw)(&mut bits, theta);
            let scale = sampler.coordinate.slope(t);
            let moving = slopes(t, theta).into_iter().map(|slope| scale * slope);
            (sampler.coordinate.inward(sampler.coordinate.value(t)), moving.collect())
        })))
    }

    fn at_levels(&self, log_odds: Tensor<2>) -> Option<Tensor<2>> {
        let (quantile, slopes) = (self.law.quantile?, self.law.quantile_slopes?);
        let log_odds = numbers(log_odds);
        Some(self.moving(self.each(|i, theta| {
            let level = Level::logit(log_odds[i]);
            (quantile(level, theta), slopes(level, theta))
        })))
    }

    fn log_prob_each(&self, z: Tensor<2>) -> Tensor<2> {
        let at = numbers(z.clone());
        let found = self.each(|i, theta| {
            let slopes = (self.law.log_prob_slopes)(at[i], theta);
            ((self.law.log_prob)(at[i], theta), slopes)
        });
        let (in_z, found): (Vec<f64>, Vec<Moving>) =
            found.into_iter().map(|(value, slopes)| (slopes[0], (value, slopes[1..].to_vec()))).unzip();
        let value = self.moving(found);
        if z.is_tracked() { value + self.tensor(in_z) * moving_zero(z) } else { value }
    }

    fn moving_edge(&self) -> Option<&'static str> {
        moving_edge_of(self.law, &self.theta)
    }
}
