//! Which columns make a row unusual: each column beside what the others let the network expect of it.

use burn::tensor::{Device, Tensor, TensorData};
use reparam::Rng;
use reparam::prelude::*;

use super::keyed::Keyed;
use super::{ROWS, Rows, singles};
use crate::data::Layout;
use crate::model::{Decoder, Net};

/// Column by column, `rows × width`.
#[derive(Clone, Debug)]
pub struct Columns {
    /// −log p(x_j | the others) in nats; of pictures −log p(x_j|z).
    pub scores: Vec<f32>,
    /// What is expected of x_j, on the network's scale.
    pub expected: Vec<f32>,
}

/// A network that copies a column from itself says nothing about it; its slope is taken as at most 1 less this.
const LEAST_REST: f32 = 1e-3;

impl Rows<'_> {
    /// What the network expects of each column, and how surprising the column is.
    ///
    /// Of a table: let f_j(t) be the mean that the network gives column j at the posterior mean of the row with t in its
    /// place. The column that the network would leave as it is, f_j(t) = t, is what the others let it expect; with the
    /// slope b of f_j and the noise ψ of the column, its variance given the others is ψ / (1 − b). Both are exact for a
    /// linear network, and found by one secant. Of a picture, whose pixels are many and alike: the mean at the posterior
    /// mean.
    pub fn columns(&self, net: &Net, rows: &[u32], site: &Rng) -> Columns {
        let table = self.preprocess.layout == Layout::Table && matches!(net.likelihood, Decoder::Gaussian(_));
        let mut columns = Columns { scores: Vec::new(), expected: Vec::new() };
        for chunk in rows.chunks(ROWS) {
            let keyed = self.keyed(chunk, site);
            if table {
                given_the_others(net, keyed, &mut columns);
            } else {
                let x = keyed.tensor(&Device::flex());
                let law = net.likelihood.given(net.posterior(x.clone()).mean());
                columns.scores.extend(singles(law.log_prob_each(x).neg()));
                columns.expected.extend(singles(law.mean()));
            }
        }
        columns
    }
}

fn given_the_others(net: &Net, keyed: Keyed, columns: &mut Columns) {
    let device = Device::flex();
    let rows = keyed.streams.len();
    let mut values = keyed.values;
    let width = values.len() / rows;
    let law = |values: &[f32]| {
        let x: Tensor<2> = Tensor::from_data(TensorData::new(values.to_vec(), [rows, width]), &device);
        net.likelihood.given(net.posterior(x).mean())
    };
    let here = law(&values);
    let (mean, noise) = (singles(here.mean()), singles(here.variance()));
    let first = columns.scores.len();
    columns.scores.resize(first + values.len(), 0.0);
    columns.expected.resize(first + values.len(), 0.0);
    for j in 0..width {
        let seen: Vec<f32> = values.iter().skip(j).step_by(width).copied().collect();
        // The other point of the secant lies towards the column's mean, where the network has learned.
        let elsewhere = |t: f32| if t.abs() >= 1.0 { 0.0 } else { t - t.signum() };
        values.iter_mut().skip(j).step_by(width).for_each(|t| *t = elsewhere(*t));
        let there = singles(law(&values).mean());
        for (row, &t) in seen.iter().enumerate() {
            let at = row * width + j;
            let slope = (mean[at] - there[at]) / (t - values[at]);
            let rest = (1.0 - slope).max(LEAST_REST);
            let expected = t + (mean[at] - t) / rest;
            let variance = noise[at] / rest;
            columns.expected[first + at] = expected;
            columns.scores[first + at] =
                0.5 * ((std::f32::consts::TAU * variance).ln() + (t - expected).powi(2) / variance);
            values[at] = t;
        }
    }
}
