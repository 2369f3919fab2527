//! Where the network of a table starts: at the linear model whose law is one normal with the columns' covariance.

use burn::tensor::Device;
use reparam::StandardNormal;
use reparam::nn::StraightPath;

use super::prior::{Components, MixturePrior, Prior};
use crate::gaussian::{Eigen, Gaussian, Mixture, cholesky, inverse, shrunk};

/// x = W z + noise with z standard normal and noise of the variances Ψ, and its posterior, which has a diagonal
/// covariance: the bound of a network that starts here is log p(x) itself, and p is Normal(0, Σ) where the code has as
/// many dimensions as the table has columns.
///
/// In the units of the noise, Ψ^(−½) Σ Ψ^(−½) = V Θ Vᵀ; then W = Ψ^½ V (Θ − 1)^½, and q(z|x) has the mean
/// (Θ − 1)^½ Θ⁻¹ Vᵀ Ψ^(−½) x and the variances Θ⁻¹.
///
/// Source: Jöreskog, Some Contributions to Maximum Likelihood Factor Analysis, 1967; Tipping & Bishop, Probabilistic
/// Principal Component Analysis, 1999.
#[derive(Clone, Debug)]
pub struct LinearStart {
    width: usize,
    latent: usize,
    /// Ψ^½.
    scale: Vec<f64>,
    /// V, a direction per row, and (Θ − 1)^½; those of falling Θ, as many as the code has dimensions.
    directions: Vec<f64>,
    gains: Vec<f64>,
    /// The law of z where it is a mixture.
    components: Option<Components>,
}

/// The noise takes this part of what it could: with all of it the smallest direction would carry nothing.
const SHARE: f64 = 0.9;
/// The same where the code is a mixture: the narrower the noise, the less the posterior depends on the component.
const SHARE_MIXED: f64 = 0.2;
/// Rounds of the fit with fewer dimensions than columns; it converges fast, and learning goes on anyway.
const ROUNDS: usize = 30;

impl LinearStart {
    /// Fitted to standardised `rows` of `width` numbers, each with a noise of at least `floor`.
    pub fn fit(rows: &[f64], width: usize, latent: usize, floor: f64) -> Self {
        let least = (1.001 * floor).powi(2);
        let mut covariance = shrunk(rows, width);
        // Columns that are sums of others have no density; the floor of the noise gives them one.
        let gaussian = Gaussian::new(vec![0.0; width], &covariance).unwrap_or_else(|| {
            (0..width).for_each(|i| covariance[i * width + i] += least);
            Gaussian::new(vec![0.0; width], &covariance).expect("a covariance and a positive diagonal")
        });
        let mut noise = gaussian.conditional_variances();
        let mut eigen;
        if latent >= width {
            let share = SHARE * scaled(&covariance, &noise).values[width - 1].min(1.0);
            for noise in &mut noise {
                *noise = (share * *noise).max(least);
            }
            eigen = scaled(&covariance, &noise);
        } else {
            eigen = scaled(&covariance, &noise);
            for _ in 0..ROUNDS {
                for (j, noise) in noise.iter_mut().enumerate() {
                    let part =
                        |k: usize| (eigen.values[k] - 1.0).max(0.0) * eigen.vectors[k * width + j].powi(2);
                    let common = *noise * (0..latent).map(part).sum::<f64>();
                    *noise = (covariance[j * width + j] - common).max(least);
                }
                eigen = scaled(&covariance, &noise);
            }
        }
        // A code of more dimensions than there are columns: the others carry nothing yet.
        let gain = |k: usize| eigen.values.get(k).map_or(0.0, |theta| (theta - 1.0).max(0.0).sqrt());
        let mut directions = eigen.vectors.clone();
        directions.resize(latent * width, 0.0);
        Self {
            width,
            latent,
            scale: noise.into_iter().map(f64::sqrt).collect(),
            directions,
            gains: (0..latent).map(gain).collect(),
            components: None,
        }
    }

    /// x = W z + noise as above, of as many dimensions as columns, with z from a mixture such that x has `mixture`'s law:
    /// z has the means W⁻¹ μ_k and the covariances W⁻¹ (Σ_k − Ψ) W⁻ᵀ, and as a whole mean 0 and covariance 1. The
    /// posterior is that under one normal; narrow noise makes it nearly that under the mixture.
    pub fn mixed(mixture: &Mixture, width: usize, floor: f64) -> Self {
        let least = (1.001 * floor).powi(2);
        let count = mixture.weights.len();
        let mut whole = vec![0.0; width * width];
        let mut noise = vec![f64::INFINITY; width];
        for (k, covariance) in mixture.covariances.iter().enumerate() {
            let mean = &mixture.means[k * width..][..width];
            for (at, whole) in whole.iter_mut().enumerate() {
                *whole += mixture.weights[k] * (covariance[at] + mean[at / width] * mean[at % width]);
            }
            let gaussian = Gaussian::new(mean.to_vec(), covariance).expect("a component with a floor");
            noise
                .iter_mut()
                .zip(gaussian.conditional_variances())
                .for_each(|(noise, v)| *noise = noise.min(v));
        }
        let smallest =
            mixture.covariances.iter().map(|covariance| scaled(covariance, &noise).values[width - 1]);
        let share = SHARE_MIXED * smallest.fold(1.0, f64::min);
        for noise in &mut noise {
            *noise = (share * *noise).max(least);
        }
        let eigen = scaled(&whole, &noise);
        let gains: Vec<f64> = eigen.values.iter().map(|theta| (theta - 1.0).max(1e-3).sqrt()).collect();
        let scale: Vec<f64> = noise.iter().map(|noise| noise.sqrt()).collect();
        // W⁻¹, a row per dimension of the code.
        let back: Vec<f64> =
            (0..width * width).map(|at| eigen.vectors[at] / gains[at / width] / scale[at % width]).collect();
        let mut components = Components {
            logits: Vec::new(),
            means: Vec::new(),
            factors: Vec::with_capacity(count * width * width),
        };
        for (k, covariance) in mixture.covariances.iter().enumerate() {
            let mean = &mixture.means[k * width..][..width];
            components.logits.push(mixture.weights[k].ln() as f32);
            components.means.extend(times(&back, mean, width).into_iter().map(|z| z as f32));
            components.factors.extend(precision_factor(covariance, &noise, &back, width));
        }
        Self { width, latent: width, scale, directions: eigen.vectors, gains, components: Some(components) }
    }

    /// The law of nothing: a place for the weights of a network that has learned.
    pub fn blank(width: usize, latent: usize, components: usize) -> Self {
        let (scale, directions, gains) = (vec![1.0; width], vec![0.0; latent * width], vec![0.0; latent]);
        let components = (components > 1).then(|| Components {
            logits: vec![0.0; components],
            means: vec![0.0; components * latent],
            factors: vec![0.0; components * latent * latent],
        });
        Self { width, latent, scale, directions, gains, components }
    }

    /// The law of z.
    pub fn prior(&self, device: &Device) -> Prior {
        match &self.components {
            None => Prior::Normal(StandardNormal::new(self.latent, device)),
            Some(components) => Prior::Mixture(MixturePrior::new(components.clone(), self.latent, device)),
        }
    }

    /// x ↦ the posterior mean.
    pub fn encoder(&self, device: &Device) -> StraightPath {
        let element = |j: usize, k: usize| {
            let gain = self.gains[k];
            gain / (1.0 + gain * gain) * self.directions[k * self.width + j] / self.scale[j]
        };
        let places = (0..self.width).flat_map(|j| (0..self.latent).map(move |k| (j, k)));
        let weight = places.map(|(j, k)| element(j, k) as f32).collect();
        StraightPath::new(weight, &vec![0.0; self.latent], device)
    }

    /// The logarithms of the posterior's variances.
    pub fn log_variance(&self) -> Vec<f32> {
        self.gains.iter().map(|gain| -(gain * gain).ln_1p() as f32).collect()
    }

    /// z ↦ the mean of x.
    pub fn decoder(&self, device: &Device) -> StraightPath {
        let element =
            |k: usize, j: usize| self.gains[k] * self.directions[k * self.width + j] * self.scale[j];
        let places = (0..self.latent).flat_map(|k| (0..self.width).map(move |j| (k, j)));
        let weight = places.map(|(k, j)| element(k, j) as f32).collect();
        StraightPath::new(weight, &vec![0.0; self.width], device)
    }

    /// The standard deviations of the noise.
    pub fn scale(&self) -> Vec<f32> {
        self.scale.iter().map(|&scale| scale as f32).collect()
    }
}

/// The eigenvectors of Ψ^(−½) Σ Ψ^(−½).
fn scaled(covariance: &[f64], noise: &[f64]) -> Eigen {
    let width = noise.len();
    let element = |(at, c): (usize, &f64)| c / (noise[at / width] * noise[at % width]).sqrt();
    Eigen::of(covariance.iter().enumerate().map(element).collect(), width)
}

/// Matrix times vector.
fn times(matrix: &[f64], vector: &[f64], width: usize) -> Vec<f64> {
    matrix.chunks_exact(width).map(|line| line.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

/// P with PᵀP = (B (Σ − Ψ) Bᵀ)⁻¹ for B = `back`, its diagonal as logarithms.
fn precision_factor(covariance: &[f64], noise: &[f64], back: &[f64], width: usize) -> Vec<f32> {
    let mut rest = covariance.to_vec();
    (0..width).for_each(|i| rest[i * width + i] -= noise[i]);
    // B R, then (B R) Bᵀ; both matrices are symmetric or taken row by row.
    let half: Vec<f64> = back.chunks_exact(width).flat_map(|line| times(&rest, line, width)).collect();
    let mut law: Vec<f64> = half.chunks_exact(width).flat_map(|line| times(back, line, width)).collect();
    let mut ridge = 1e-9;
    let factor = loop {
        // What the floor of the noise took from a component narrower than it.
        match cholesky(&law, width) {
            Some(factor) => break factor,
            None => (0..width).for_each(|i| law[i * width + i] += ridge),
        }
        ridge *= 10.0;
    };
    let mut inverse = inverse(&factor, width);
    (0..width).for_each(|i| inverse[i * width + i] = inverse[i * width + i].ln());
    inverse.into_iter().map(|p| p as f32).collect()
}
