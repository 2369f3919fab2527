//! One normal with a full covariance: what a table's model is measured against, and where its learning starts.

mod eigen;
mod mixture;
mod shrunk;

pub use eigen::Eigen;
pub use mixture::{MOST_WORK, Mixture};
pub use shrunk::shrunk;

/// Normal(mean, covariance) over `width` numbers, its Cholesky factor at hand.
#[derive(Clone, Debug)]
pub struct Gaussian {
    mean: Vec<f64>,
    /// Lower triangular, row-major.
    factor: Vec<f64>,
    log_density_at_mean: f64,
}

/// The mean of `rows` and their covariance, divided by their number: the maximum of the likelihood.
pub fn moments(rows: &[f64], width: usize) -> (Vec<f64>, Vec<f64>) {
    let count = (rows.len() / width) as f64;
    let mut mean = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x / count);
    }
    let mut covariance = vec![0.0; width * width];
    let mut off = vec![0.0; width];
    for row in rows.chunks_exact(width) {
        off.iter_mut().zip(row.iter().zip(&mean)).for_each(|(off, (x, mean))| *off = x - mean);
        for i in 0..width {
            let scaled = off[i] / count;
            let line = &mut covariance[i * width..][..=i];
            line.iter_mut().zip(&off).for_each(|(sum, off)| *sum += scaled * off);
        }
    }
    mirror(&mut covariance, width);
    (mean, covariance)
}

/// Writes the lower triangle into the upper one.
fn mirror(matrix: &mut [f64], width: usize) {
    for i in 0..width {
        for j in 0..i {
            matrix[j * width + i] = matrix[i * width + j];
        }
    }
}

impl Gaussian {
    /// From its parameters; `None` where the covariance is singular in double precision.
    pub fn new(mean: Vec<f64>, covariance: &[f64]) -> Option<Self> {
        let width = mean.len();
        let factor = cholesky(covariance, width)?;
        let log_determinant: f64 = (0..width).map(|i| factor[i * width + i].ln()).sum();
        let log_density_at_mean = -0.5 * width as f64 * std::f64::consts::TAU.ln() - log_determinant;
        Some(Self { mean, factor, log_density_at_mean })
    }

    /// Fitted to `rows` by maximum likelihood; `None` where they lie in a plane.
    pub fn fit(rows: &[f64], width: usize) -> Option<Self> {
        let (mean, covariance) = moments(rows, width);
        Self::new(mean, &covariance)
    }

    /// The log-density of each of `rows`, in nats.
    pub fn log_density(&self, rows: &[f64]) -> Vec<f64> {
        let width = self.mean.len();
        let mut white = vec![0.0; width];
        let density = |row: &[f64]| {
            for (i, x) in row.iter().enumerate() {
                let (line, diagonal) = (&self.factor[i * width..][..i], self.factor[i * width + i]);
                let known: f64 = line.iter().zip(&white).map(|(l, y)| l * y).sum();
                white[i] = (x - self.mean[i] - known) / diagonal;
            }
            self.log_density_at_mean - 0.5 * white.iter().map(|y| y * y).sum::<f64>()
        };
        rows.chunks_exact(width).map(density).collect()
    }

    /// The variance of each number given all others: 1 / (Σ⁻¹)_jj.
    pub fn conditional_variances(&self) -> Vec<f64> {
        let width = self.mean.len();
        // Σ⁻¹ = L⁻ᵀ L⁻¹, so its diagonal holds the squared columns of L⁻¹.
        let inverse = inverse(&self.factor, width);
        let precision = |j: usize| inverse.iter().skip(j).step_by(width).map(|l| l * l).sum::<f64>();
        (0..width).map(|j| 1.0 / precision(j)).collect()
    }
}

/// The inverse of a lower triangular, row-major `factor`.
pub fn inverse(factor: &[f64], width: usize) -> Vec<f64> {
    let mut inverse = vec![0.0; width * width];
    for j in 0..width {
        for i in j..width {
            let known: f64 = (j..i).map(|k| factor[i * width + k] * inverse[k * width + j]).sum();
            inverse[i * width + j] = (f64::from(i == j) - known) / factor[i * width + i];
        }
    }
    inverse
}

/// L with L Lᵀ = `matrix`; `None` where a pivot is lost in rounding.
pub fn cholesky(matrix: &[f64], width: usize) -> Option<Vec<f64>> {
    let mut factor = vec![0.0; width * width];
    for i in 0..width {
        for j in 0..=i {
            let (above, line) = factor.split_at(i * width);
            let known = |other: &[f64]| -> f64 { line[..j].iter().zip(other).map(|(a, b)| a * b).sum() };
            let value =
                matrix[i * width + j] - known(if i == j { &line[..j] } else { &above[j * width..][..j] });
            factor[i * width + j] = if i == j {
                // A sum of `width` products is known to this part of its largest term.
                let rounding = width as f64 * f64::EPSILON * matrix[i * width + i];
                if value.is_nan() || value <= rounding {
                    return None;
                }
                value.sqrt()
            } else {
                value / factor[j * width + j]
            };
        }
    }
    Some(factor)
}

#[cfg(test)]
mod tests;
