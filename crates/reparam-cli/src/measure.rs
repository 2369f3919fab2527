//! What a network makes of rows: the bound and its terms, log p(x), and scores, without gradients.

mod columns;
mod evidence;
mod keyed;
#[cfg(test)]
mod tests;

pub use evidence::PARTICLES;

use burn::tensor::{Device, Tensor, TensorData};
use reparam::prelude::*;
use reparam::{Rng, shape};

use crate::config::Binarize;
use crate::data::Dataset;
use crate::model::Net;
use crate::preprocess::Preprocess;

/// Rows worked on at once.
const ROWS: usize = 512;
/// A latent dimension is active when its posterior mean varies by more than this over the data.
///
/// Source: Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, 2016, section 5.2.
pub const ACTIVE_VARIANCE: f64 = 0.01;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Estimate {
    /// The mean over the rows.
    pub mean: f64,
    /// Its standard error; absent for a single row.
    pub se: Option<f64>,
}

impl Estimate {
    /// Over the rows of `values`.
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
        Self { mean, se: (values.len() > 1).then(|| (squares / (n - 1.0) / n).sqrt()) }
    }
}

/// The evidence lower bound of some rows, in nats.
#[derive(Clone, Debug)]
pub struct Bound {
    /// E\[log p(x|z)\] of each row.
    pub reconstruction: Vec<f64>,
    /// KL(q(z|x) ‖ p(z)) of each row.
    pub kl: Vec<f64>,
    /// The mean divergence of each latent dimension.
    pub kl_per_dim: Vec<f64>,
    /// The posterior mean of each row, `rows × latent`.
    pub means: Vec<f32>,
}

impl Bound {
    /// reconstruction − KL of each row.
    pub fn elbo(&self) -> Vec<f64> {
        self.reconstruction.iter().zip(&self.kl).map(|(reconstruction, kl)| reconstruction - kl).collect()
    }

    /// How many latent dimensions are active.
    pub fn active_units(&self) -> usize {
        self.active().into_iter().filter(|&active| active).count()
    }

    /// Which latent dimensions are: those whose posterior mean varies over the rows by more than [`ACTIVE_VARIANCE`].
    pub fn active(&self) -> Vec<bool> {
        let latent = self.kl_per_dim.len();
        let rows = (self.means.len() / latent) as f64;
        let variance = |j: usize| {
            let column = || self.means.iter().skip(j).step_by(latent).map(|&x| f64::from(x));
            let mean = column().sum::<f64>() / rows;
            column().map(|x| (x - mean).powi(2)).sum::<f64>() / rows
        };
        (0..latent).map(|j| variance(j) > ACTIVE_VARIANCE).collect()
    }
}

/// Rows of a data set as tensors for the network.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Where they stand.
    pub dataset: &'a Dataset,
    /// How they are scaled.
    pub preprocess: &'a Preprocess,
    /// How grey levels become zeros and ones.
    pub binarize: Binarize,
}

impl Rows<'_> {
    /// The inputs for `rows`, `[rows, width]`; `rng` draws the pixels of a dynamic binarisation.
    pub fn inputs(&self, rows: &[u32], device: &Device, rng: &mut Rng) -> Tensor<2> {
        let mut values = self.preprocess.inputs(self.dataset, rows);
        match self.binarize {
            Binarize::None => {}
            Binarize::Threshold => values.iter_mut().for_each(|x| *x = f32::from(*x >= 0.5)),
            Binarize::Dynamic => {
                let mut uniform = vec![0.0f32; values.len()];
                rng.fill_uniform(&mut uniform);
                values.iter_mut().zip(uniform).for_each(|(x, u)| *x = f32::from(u < *x));
            }
        }
        let width = values.len() / rows.len();
        Tensor::from_data(TensorData::new(values, [rows.len(), width]), device)
    }

    /// The bound of `rows`, `samples` draws of z each.
    pub fn bound(&self, net: &Net, rows: &[u32], samples: usize, rng: &mut Rng) -> Bound {
        let mut bound =
            Bound { reconstruction: Vec::new(), kl: Vec::new(), kl_per_dim: Vec::new(), means: Vec::new() };
        for chunk in rows.chunks(ROWS) {
            let x = self.inputs(chunk, &Device::flex(), rng);
            let q = net.posterior(x.clone());
            bound.means.extend(singles(q.mean()));
            let terms = net.terms_at(&q, x, samples, rng);
            bound.reconstruction.extend(numbers(terms.reconstruction));
            let [_, latent] = terms.kl.dims();
            bound.kl_per_dim.resize(latent, 0.0);
            for (total, here) in bound.kl_per_dim.iter_mut().zip(numbers(terms.kl.clone().sum_dim(0))) {
                *total += here / rows.len() as f64;
            }
            bound.kl.extend(numbers(shape::sum_event(terms.kl)));
        }
        bound
    }
}

/// The elements of a tensor, row-major.
pub fn numbers<const D: usize>(x: Tensor<D>) -> Vec<f64> {
    x.into_data().iter::<f64>().collect()
}

/// The same in the precision of the network.
pub fn singles<const D: usize>(x: Tensor<D>) -> Vec<f32> {
    x.into_data().iter::<f32>().collect()
}
