//! A covariance for few rows: shrunk towards independent columns as far as rows left out ask for it.

use super::{Gaussian, moments};

/// The parts of the identity that are tried, rising.
const PARTS: [f64; 10] = [0.0, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.2, 0.35, 0.6, 1.0];
const FOLDS: usize = 10;
/// Beyond this many rows per column the maximum of the likelihood needs no help.
const ROWS_PER_COLUMN: usize = 200;

/// (1 − ρ) R + ρ I for standardised `rows` with the covariance R; ρ is the part under which rows in ten folds, each
/// left out in turn, are most likely.
///
/// Source: Warton, Penalized Normal Likelihood and Ridge Regularization of Correlation and Covariance Matrices, 2008.
pub fn shrunk(rows: &[f64], width: usize) -> Vec<f64> {
    let (_, covariance) = moments(rows, width);
    let part = part(rows, width);
    blend(&covariance, width, part)
}

fn part(rows: &[f64], width: usize) -> f64 {
    let count = rows.len() / width;
    if count > ROWS_PER_COLUMN * width {
        return 0.0;
    }
    let mut likelihoods = [0.0; PARTS.len()];
    for fold in 0..FOLDS.min(count) {
        let chosen = |inside: bool| -> Vec<f64> {
            let rows = rows.chunks_exact(width).enumerate();
            rows.filter(|(row, _)| (row % FOLDS == fold) == inside)
                .flat_map(|(_, row)| row)
                .copied()
                .collect()
        };
        let (outside, inside) = (chosen(false), chosen(true));
        let (mean, covariance) = moments(&outside, width);
        for (likelihood, part) in likelihoods.iter_mut().zip(PARTS) {
            let gaussian = Gaussian::new(mean.clone(), &blend(&covariance, width, part));
            *likelihood +=
                gaussian.map_or(f64::NEG_INFINITY, |gaussian| gaussian.log_density(&inside).iter().sum());
        }
    }
    // The first of equals: where rows do not tell, nothing is shrunk.
    let best = likelihoods.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    likelihoods.iter().position(|&likelihood| likelihood == best).map_or(1.0, |place| PARTS[place])
}

fn blend(covariance: &[f64], width: usize, part: f64) -> Vec<f64> {
    let mut blended: Vec<f64> = covariance.iter().map(|c| (1.0 - part) * c).collect();
    (0..width).for_each(|i| blended[i * width + i] += part);
    blended
}
