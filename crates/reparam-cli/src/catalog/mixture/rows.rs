//! A mixture on tensors: a draw moves with the weights and with every component.

use burn::tensor::{Tensor, TensorData};
use rayon::prelude::*;
use reparam::Rng;
use reparam::gradient::{along, stop};
use reparam_kernels::catalog::Univariate;
use reparam_kernels::special::log_sum_exp;

use crate::catalog::arguments::{Arguments, DTYPE};
use crate::catalog::on_line::chosen;
use crate::catalog::rows::{Rows, moving_edge_of};

/// Weights and components for each row; the first argument has the weights, the others those of the components.
pub struct MixtureRows {
    law: &'static Univariate,
    is_probs: bool,
    weights: Tensor<2>,
    theta: Vec<Tensor<2>>,
}

/// The mixture of one row.
struct Row<'a> {
    law: &'static Univariate,
    is_probs: bool,
    log_weights: Vec<f64>,
    /// The sum of the weights as they were given.
    total: f64,
    theta: &'a [Vec<f64>],
}

/// A number for each row and its slopes: in the weights, then in each parameter of each component.
type Moving = (f64, Vec<f64>);

/// Rows that are worth a thread of their own.
const SHARE: usize = 128;

impl MixtureRows {
    /// The mixture with these arguments.
    pub fn new(law: &'static Univariate, is_probs: bool, arguments: &Arguments) -> Self {
        let weights = arguments.vector(0);
        let width = weights.dims()[1];
        let theta = (1..=law.parameters.len()).map(|place| {
            let x = arguments.each(place);
            let rows = x.dims()[0];
            x.expand([rows, width])
        });
        Self { law, is_probs, theta: theta.collect(), weights }
    }

    /// f of each row.
    fn each<T: Send>(&self, f: impl Fn(usize, &Row<'_>) -> T + Sync) -> Vec<T> {
        let [rows, width] = self.weights.dims();
        let numbers = |x: &Tensor<2>| stop(x.clone()).into_data().iter::<f64>().collect::<Vec<f64>>();
        let weights = numbers(&self.weights);
        let columns: Vec<Vec<f64>> = self.theta.iter().map(numbers).collect();
        let at = |row: usize| {
            let theta: Vec<Vec<f64>> = (0..width)
                .map(|class| columns.iter().map(|column| column[row * width + class]).collect())
                .collect();
            f(row, &Row::new(self.law, self.is_probs, &weights[row * width..][..width], &theta))
        };
        (0..rows).into_par_iter().with_min_len(SHARE).map(at).collect()
    }

    /// The numbers as a column that moves with the arguments at these slopes.
    fn moving(&self, found: &[Moving]) -> Tensor<2> {
        let [rows, width] = self.weights.dims();
        let tensor = |items: Vec<f64>, width: usize| {
            let data = TensorData::new(items, [rows, width]);
            Tensor::<2>::from_data(data, (&self.weights.device(), DTYPE))
        };
        let value = tensor(found.iter().map(|(value, _)| *value).collect(), 1);
        let arguments = std::iter::once(&self.weights).chain(&self.theta).enumerate();
        arguments.filter(|(_, argument)| argument.is_tracked()).fold(value, |value, (place, argument)| {
            let slopes =
                found.iter().flat_map(|(_, slopes)| slopes[place * width..][..width].iter().copied());
            // What is infinite cannot move, whatever its slope.
            let slopes = tensor(slopes.collect(), width).mask_fill(argument.clone().is_inf(), 0.0);
            value + along(slopes, argument.clone()).sum_dim(1)
        })
    }

    fn draw(from: &Rng, row: usize, mixture: &Row<'_>) -> f64 {
        let mut bits = from.element_at(row as u64);
        let class = chosen(&mut bits, mixture.log_weights.iter().map(|w| w.exp()));
        let sampler = mixture.law.sampler.expect("every law has draws");
        let t = (sampler.draw)(&mut bits, &mixture.theta[class]);
        sampler.coordinate.inward(sampler.coordinate.value(t))
    }
}

impl<'a> Row<'a> {
    fn new(law: &'static Univariate, is_probs: bool, weights: &[f64], theta: &'a [Vec<f64>]) -> Self {
        let logs: Vec<f64> =
            if is_probs { weights.iter().map(|w| w.ln()).collect() } else { weights.to_vec() };
        let all = log_sum_exp(&logs);
        let total = if is_probs { weights.iter().sum() } else { 1.0 };
        Self { law, is_probs, log_weights: logs.iter().map(|w| w - all).collect(), total, theta }
    }

    /// ln Σ w e^f.
    fn log_mean(&self, f: impl Fn(&[f64]) -> f64) -> f64 {
        let terms = self.log_weights.iter().zip(self.theta).map(|(w, theta)| w + f(theta));
        log_sum_exp(&terms.collect::<Vec<f64>>())
    }

    fn log_prob(&self, x: f64) -> f64 {
        self.log_mean(|theta| (self.law.log_prob)(x, theta))
    }

    /// The share of each component in a density, of which this is the logarithm, at one point.
    fn shares(&self, log_prob: f64, own: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let share = |(w, theta): (&f64, &Vec<f64>)| (w + own(theta) - log_prob).exp();
        self.log_weights.iter().zip(self.theta).map(share).collect()
    }

    /// Slopes in the weights, from those in the log-weights for a unit of weight, and in each parameter, of a function that
    /// is Σ share · slope.
    fn slopes(&self, by_weight: &[f64], shares: &[f64], of: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
        let in_weights = by_weight.iter().zip(&self.log_weights).map(|(slope, log_weight)| {
            match log_weight.exp() {
                // By weights that need not add up to 1, of which the sum is taken out; one of them may be 0.
                _ if self.is_probs => slope / self.total,
                0.0 => 0.0,
                weight => weight * slope,
            }
        });
        let each: Vec<Vec<f64>> = self
            .theta
            .iter()
            .zip(shares)
            .map(|(theta, share)| {
                if *share > 0.0 {
                    of(theta).iter().map(|slope| share * slope).collect()
                } else {
                    vec![0.0; theta.len()]
                }
            })
            .collect();
        let parameters = self.theta.first().map_or(0, Vec::len);
        in_weights.chain((0..parameters).flat_map(|place| each.iter().map(move |own| own[place]))).collect()
    }

    /// ∂ ln p / ∂ logit = w (p_k / p − 1); ∂ ln p / ∂θ of a component = share · its own.
    fn score(&self, x: f64) -> Moving {
        let log_prob = self.log_prob(x);
        let shares = self.shares(log_prob, |theta| (self.law.log_prob)(x, theta));
        let by_weight: Vec<f64> =
            self.theta.iter().map(|theta| ((self.law.log_prob)(x, theta) - log_prob).exp_m1()).collect();
        (
            log_prob,
            self.slopes(&by_weight, &shares, |theta| (self.law.log_prob_slopes)(x, theta)[1..].to_vec()),
        )
    }

    /// ∂x/∂ logit = −w (F_k − F) / p, from the smaller tail; ∂x/∂θ of a component = share · that of its own draw at x.
    fn path(&self, x: f64) -> Option<Moving> {
        let (sampler, slopes) = (self.law.sampler?, self.law.slopes?);
        let (log_cdf, log_sf) = (self.law.log_cdf?, self.law.log_sf?);
        // The density of an angle goes on beyond the turn on which it is drawn.
        let drawn = |theta: &[f64]| {
            if (self.law.support)(theta).contains(x) {
                (self.law.log_prob)(x, theta)
            } else {
                f64::NEG_INFINITY
            }
        };
        let log_prob = self.log_mean(drawn);
        let shares = self.shares(log_prob, drawn);
        let (below, above) =
            (self.log_mean(|theta| log_cdf(x, theta)), self.log_mean(|theta| log_sf(x, theta)));
        let (tail, whole, sign) = if below < above { (log_cdf, below, -1.0) } else { (log_sf, above, 1.0) };
        let by_weight: Vec<f64> = self
            .theta
            .iter()
            .map(|theta| sign * ((tail(x, theta) - log_prob).exp() - (whole - log_prob).exp()))
            .collect();
        let t = sampler.coordinate.of(x);
        let scale = sampler.coordinate.slope(t);
        let own = |theta: &[f64]| slopes(t, theta).into_iter().map(|slope| scale * slope).collect();
        Some((x, self.slopes(&by_weight, &shares, own)))
    }
}

impl Rows for MixtureRows {
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        let from = rng.take(self.weights.dims()[0]);
        let draws = self.each(|row, mixture| (Self::draw(&from, row, mixture), Vec::new()));
        let fixed = Self { weights: stop(self.weights.clone()), theta: Vec::new(), ..*self };
        fixed.moving(&draws)
    }
    fn rsample(&self, rng: &mut Rng) -> Option<Tensor<2>> {
        let from = rng.take(self.weights.dims()[0]);
        let draws: Option<Vec<Moving>> =
            self.each(|row, mixture| mixture.path(Self::draw(&from, row, mixture))).into_iter().collect();
        Some(self.moving(&draws?))
    }
    fn at_levels(&self, _log_odds: Tensor<2>) -> Option<Tensor<2>> {
        None
    }
    fn log_prob_each(&self, z: Tensor<2>) -> Tensor<2> {
        let at: Vec<f64> = stop(z).into_data().iter::<f64>().collect();
        self.moving(&self.each(|row, mixture| mixture.score(at[row])))
    }
    fn moving_edge(&self) -> Option<&'static str> {
        moving_edge_of(self.law, &self.theta)
    }
}

#[cfg(test)]
mod tests {
    use reparam_kernels::catalog::univariates;

    use super::Row;

    /// A component without weight has the slope that its first bit of weight would have: (p_k − p) / p in the density.
    #[test]
    fn a_weight_of_zero_has_a_slope() {
        let normal = univariates("Normal").next().expect("there is a Normal");
        let theta = [vec![0.0, 1.0], vec![1.0, 1.0]];
        let (log_prob, slopes) = Row::new(normal, true, &[0.0, 1.0], &theta).score(0.3);
        let ratio = ((normal.log_prob)(0.3, &theta[0]) - (normal.log_prob)(0.3, &theta[1])).exp();
        assert_eq!(log_prob, (normal.log_prob)(0.3, &theta[1]));
        for (found, truth) in slopes.iter().zip([ratio - 1.0, 0.0, 0.0, -0.7, 0.0, -0.51]) {
            assert!((found - truth).abs() < 1e-12, "{slopes:?}");
        }
        let (_, by_logits) = Row::new(normal, false, &[f64::NEG_INFINITY, 0.0], &theta).score(0.3);
        assert_eq!(by_logits[..2], [0.0, 0.0]);
        let (_, path) = Row::new(normal, true, &[0.0, 1.0], &theta).path(0.3).expect("a normal has a path");
        assert!(path.iter().all(|slope| slope.is_finite()), "{path:?}");
    }
}
