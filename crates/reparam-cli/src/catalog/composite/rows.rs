//! A distribution that is made of others, on tensors.

use std::sync::Arc;

use burn::tensor::{Tensor, TensorData};
use rayon::prelude::*;
use reparam::Rng;
use reparam::gradient::{moving_zero, stop};

use crate::catalog::arguments::{Arguments, DTYPE};
use crate::catalog::capabilities::Path;
use crate::catalog::on_line::OnLine;
use crate::catalog::rows::Rows;

/// Numbers for each row, `[rows, numbers]`.
pub struct PlacedRows {
    law: Arc<dyn OnLine>,
    path: Path,
    theta: Tensor<2>,
}

/// A number for each row and its slopes in the row's numbers.
type Moving = (f64, Vec<f64>);

/// Rows that are worth a thread of their own.
const SHARE: usize = 128;

impl PlacedRows {
    /// With these arguments, in the order of the distribution's numbers.
    pub fn new(law: Arc<dyn OnLine>, path: Path, arguments: &Arguments) -> Self {
        Self { law, path, theta: arguments.side_by_side() }
    }

    /// f of each row.
    fn each<T: Send>(&self, f: impl Fn(usize, &[f64]) -> T + Sync) -> Vec<T> {
        let [_, width] = self.theta.dims();
        let numbers: Vec<f64> = stop(self.theta.clone()).into_data().iter::<f64>().collect();
        numbers.par_chunks(width).with_min_len(SHARE).enumerate().map(|(row, theta)| f(row, theta)).collect()
    }

    fn tensor(&self, items: Vec<f64>, width: usize) -> Tensor<2> {
        let data = TensorData::new(items, [self.theta.dims()[0], width]);
        Tensor::from_data(data, (&self.theta.device(), DTYPE))
    }

    /// The numbers as a column that moves with the arguments at these slopes.
    fn moving(&self, found: &[Moving]) -> Tensor<2> {
        let value = self.tensor(found.iter().map(|(value, _)| *value).collect(), 1);
        if !self.theta.is_tracked() {
            return value;
        }
        let slopes = found.iter().flat_map(|(_, slopes)| slopes.iter().copied()).collect();
        value + (self.tensor(slopes, self.theta.dims()[1]) * moving_zero(self.theta.clone())).sum_dim(1)
    }
}

impl Rows for PlacedRows {
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let from = rng.take(self.theta.dims()[0]);
        self.tensor(self.each(|row, theta| self.law.draw(&mut from.element_at(row as u64), theta)), 1)
    }

    fn rsample(&self, rng: &mut Rng) -> Option<Tensor<2>> {
        if self.path == Path::None {
            return None;
        }
        let from = rng.take(self.theta.dims()[0]);
        let draw = |row: usize, theta: &[f64]| {
            let z = self.law.draw(&mut from.element_at(row as u64), theta);
            Some((z, self.law.path(z, theta)?))
        };
        let found: Option<Vec<Moving>> = self.each(draw).into_iter().collect();
        Some(self.moving(&found?))
    }

    fn at_levels(&self, _log_odds: Tensor<2>) -> Option<Tensor<2>> {
        None
    }

    fn log_prob_each(&self, z: Tensor<2>) -> Tensor<2> {
        let at: Vec<f64> = stop(z.clone()).into_data().iter::<f64>().collect();
        let found =
            self.each(|row, theta| (self.law.log_prob(at[row], theta), self.law.slopes(at[row], theta)));
        let in_z = found.iter().map(|(_, slopes)| slopes[0]).collect();
        let own: Vec<Moving> =
            found.into_iter().map(|(value, slopes)| (value, slopes[1..].to_vec())).collect();
        let value = self.moving(&own);
        if z.is_tracked() { value + self.tensor(in_z, 1) * moving_zero(z) } else { value }
    }

    fn moving_edge(&self) -> Option<&'static str> {
        let is_moving = || self.each(|_, theta| self.law.edges(theta).contains(&true)).contains(&true);
        (self.theta.is_tracked() && is_moving()).then_some("a bound")
    }
}
