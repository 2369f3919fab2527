//! log p(x) of rows by importance sampling, and the bound from the same draws.

use burn::tensor::Device;
use reparam::prelude::*;
use reparam::{Rng, shape};

use super::{ROWS, Rows, numbers};
use crate::model::Net;

/// Rows × particles worked on at once; bounds memory whatever the number of particles.
pub const PARTICLES: usize = 8192;

/// What the network makes of each row, in nats.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The mean of log w over the draws of z, w = p(x|z) p(z) / q(z|x): the bound.
    pub elbo: Vec<f64>,
    /// log of the mean of w. By Jensen's inequality never below the bound of the same draws.
    pub log_p: Vec<f64>,
}

impl Rows<'_> {
    /// Of each of `rows`, with `particles` draws of z.
    ///
    /// The draws belong to the row, and every block of rows has one size: a row has one score, to the last bit, alone
    /// and among others. Numbers beyond what single precision can square follow the tangent of the density there, so
    /// that every score is finite and a row further out scores higher.
    pub fn evidence(&self, net: &Net, rows: &[u32], particles: usize, site: &Rng) -> Evidence {
        let device = Device::flex();
        let block = (PARTICLES / particles).clamp(1, ROWS);
        let prior = net.prior.given(());
        let mut all = Evidence::default();
        for chunk in rows.chunks(block) {
            let mut keyed = self.keyed(chunk, site);
            // Filled up with the first row: products of matrices of another size may be summed in another order.
            let first = keyed.values[..keyed.values.len() / chunk.len()].to_vec();
            let stream = keyed.streams[0].clone();
            while keyed.streams.len() < block {
                keyed.values.extend_from_slice(&first);
                keyed.streams.push(stream.clone());
            }
            let x = keyed.tensor(&device);
            let q = net.posterior(x.clone());
            let [_, latent] = q.dims();
            let (mut sum, mut total) = (vec![0.0; chunk.len()], vec![f64::NEG_INFINITY; chunk.len()]);
            let mut left = particles;
            while left > 0 {
                let draws = left.min((PARTICLES / block).max(1));
                let q = q.repeated(draws);
                let z = q.path(keyed.noise(draws, latent, &device));
                let likelihood = net.likelihood.given(z.clone()).log_prob(shape::tile(x.clone(), draws));
                let log_weights = numbers(likelihood + prior.log_prob(z.clone()) - q.log_prob(z));
                for weights in log_weights.chunks_exact(block) {
                    for ((sum, total), weight) in sum.iter_mut().zip(&mut total).zip(weights) {
                        *sum += weight;
                        *total = log_add(*total, *weight);
                    }
                }
                left -= draws;
            }
            let count = particles as f64;
            for ((&row, sum), total) in chunk.iter().zip(sum).zip(total) {
                let beyond = self.preprocess.beyond(self.dataset, row);
                all.elbo.push(finite(sum / count - beyond));
                all.log_p.push(finite((total - count.ln()).max(sum / count) - beyond));
            }
        }
        all
    }
}

/// A network without a straight path may overflow far from what it learned: nothing is less likely.
fn finite(log_p: f64) -> f64 {
    if log_p.is_nan() { f64::MIN } else { log_p.clamp(f64::MIN, f64::MAX) }
}

/// log(eᵃ + eᵇ).
fn log_add(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if high == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}
