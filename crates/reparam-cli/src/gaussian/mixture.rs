//! A mixture of normals, as many as the Bayesian information criterion asks for.

use reparam::Rng;

use super::{Gaussian, moments};

/// Which covariances the components have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Each its own.
    Full,
    /// One for all.
    Tied,
    /// Each its own, without correlations.
    Diagonal,
}

/// Σ_k w_k Normal(μ_k, Σ_k).
#[derive(Clone, Debug)]
pub struct Mixture {
    /// Of each component, adding up to 1.
    pub weights: Vec<f64>,
    /// `components × width`.
    pub means: Vec<f64>,
    /// A matrix per component.
    pub covariances: Vec<Vec<f64>>,
}

/// The most components that are tried.
const MOST: usize = 8;
const ROUNDS: usize = 60;
/// Rounds end where they add less than this many nats per row.
const GAIN: f64 = 3e-4;
/// Starts of each fit, and the work of a round, rows × columns², up to which there is time for more than one.
const STARTS: u64 = 3;
const LITTLE_WORK: usize = 200_000;
/// Rows × columns² of what a mixture is fitted to; of more rows a part is taken, so that nobody waits for it.
pub const MOST_WORK: usize = 1_000_000;
/// Folds in which a mixture must be likelier than one normal.
const FOLDS: usize = 5;

impl Mixture {
    /// The mixture of up to eight normals, full, tied or diagonal, that has the smallest BIC on `rows`. `floor` is added
    /// to each variance: repeated numbers would otherwise have an infinite density.
    ///
    /// Source: Schwarz, Estimating the Dimension of a Model, 1978; McLachlan & Peel, Finite Mixture Models, 2000.
    pub fn of_least_bic(rows: &[f64], width: usize, floor: f64, rng: &Rng) -> Option<Self> {
        Self::chosen(rows, width, None, floor, rng).map(|(_, mixture)| mixture)
    }

    /// The same to learn from; `None` where one normal has the smallest BIC, or where rows in folds that are left out do not
    /// become likelier by more than a standard error. A number of components that is `asked` for is taken.
    pub fn by_bic(rows: &[f64], width: usize, asked: Option<usize>, floor: f64, rng: &Rng) -> Option<Self> {
        let (kind, mixture) = Self::chosen(rows, width, asked, floor, rng)?;
        let components = mixture.weights.len();
        let taken = components > 1
            && (asked.is_some() || likelier_than_one(rows, width, (components, kind), floor, rng));
        taken.then_some(mixture)
    }

    fn chosen(
        rows: &[f64],
        width: usize,
        asked: Option<usize>,
        floor: f64,
        rng: &Rng,
    ) -> Option<(Kind, Self)> {
        let count = rows.len() / width;
        let mut best: Option<(f64, Kind, Self)> = None;
        for kind in [Kind::Full, Kind::Tied, Kind::Diagonal] {
            let mut of_kind = f64::INFINITY;
            let most = MOST.min(count / (width + 2).max(5));
            for components in asked.map_or(1..=most, |asked| asked..=asked) {
                let Some((fitted, likelihood)) = Self::fit(rows, width, components, kind, floor, rng) else {
                    break;
                };
                let shapes = match kind {
                    Kind::Full => components * width * (width + 1) / 2,
                    Kind::Tied => width * (width + 1) / 2,
                    Kind::Diagonal => components * width,
                };
                let parameters = shapes + components * width + components - 1;
                let bic = parameters as f64 * (count as f64).ln() - 2.0 * likelihood;
                // Two that are worse than the best of their kind are enough.
                if bic > of_kind && components > 2 && bic - of_kind > 0.01 * of_kind.abs() {
                    break;
                }
                of_kind = of_kind.min(bic);
                if best.as_ref().is_none_or(|(least, ..)| bic < *least) {
                    best = Some((bic, kind, fitted));
                }
            }
        }
        best.map(|(_, kind, mixture)| (kind, mixture))
    }

    /// By expectation and maximisation from k-means++ centres: the likeliest of some starts, and its log-likelihood.
    fn fit(
        rows: &[f64],
        width: usize,
        components: usize,
        kind: Kind,
        floor: f64,
        rng: &Rng,
    ) -> Option<(Self, f64)> {
        let starts = if components == 1 || rows.len() * width > LITTLE_WORK { 1 } else { STARTS };
        let fits = (0..starts).filter_map(|start| {
            let mut rng = rng.split(start).split(components as u64);
            Self::fit_once(rows, width, components, kind, floor, &mut rng)
        });
        fits.max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    fn fit_once(
        rows: &[f64],
        width: usize,
        components: usize,
        kind: Kind,
        floor: f64,
        rng: &mut Rng,
    ) -> Option<(Self, f64)> {
        let count = rows.len() / width;
        let mut shares = nearest(rows, width, &centres(rows, width, components, rng));
        let mut likelihood = f64::NEG_INFINITY;
        let mut mixture = Self::maximised(rows, width, components, &shares, kind, floor);
        for _ in 0..ROUNDS {
            let log_joint = mixture.log_joint(rows, width)?;
            let mut total = 0.0;
            for (shares, joint) in shares.chunks_exact_mut(components).zip(log_joint.chunks_exact(components))
            {
                let log_p = log_sum_exp(joint);
                total += log_p;
                shares.iter_mut().zip(joint).for_each(|(share, joint)| *share = (joint - log_p).exp());
            }
            if total - likelihood < GAIN * count as f64 {
                return Some((mixture, total));
            }
            likelihood = total;
            mixture = Self::maximised(rows, width, components, &shares, kind, floor);
        }
        Some((mixture, likelihood))
    }

    /// The parameters that make rows with these shares in the components likeliest.
    fn maximised(
        rows: &[f64],
        width: usize,
        components: usize,
        shares: &[f64],
        kind: Kind,
        floor: f64,
    ) -> Self {
        let count = (rows.len() / width) as f64;
        let (mut weights, mut means, mut covariances) = (Vec::new(), Vec::new(), Vec::new());
        let mut tied = vec![0.0; width * width];
        for k in 0..components {
            let share = || shares.iter().skip(k).step_by(components);
            // A component that no row belongs to must not divide by zero.
            let total = share().sum::<f64>().max(1e-10);
            let mut mean = vec![0.0; width];
            for (row, share) in rows.chunks_exact(width).zip(share()) {
                mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += share / total * x);
            }
            let mut covariance = vec![0.0; width * width];
            let mut off = vec![0.0; width];
            for (row, share) in rows.chunks_exact(width).zip(share()) {
                if *share < 1e-12 {
                    continue;
                }
                off.iter_mut().zip(row.iter().zip(&mean)).for_each(|(off, (x, mean))| *off = x - mean);
                for i in 0..width {
                    let first = if kind == Kind::Diagonal { i } else { 0 };
                    let scaled = share / total * off[i];
                    let line = &mut covariance[i * width + first..=i * width + i];
                    line.iter_mut().zip(&off[first..]).for_each(|(sum, off)| *sum += scaled * off);
                }
            }
            super::mirror(&mut covariance, width);
            tied.iter_mut().zip(&covariance).for_each(|(tied, c)| *tied += total / count * c);
            weights.push(total / count);
            means.extend(mean);
            covariances.push(covariance);
        }
        if kind == Kind::Tied {
            for covariance in &mut covariances {
                covariance.clone_from(&tied);
            }
        }
        for covariance in &mut covariances {
            (0..width).for_each(|i| covariance[i * width + i] += floor);
        }
        Self { weights, means, covariances }
    }

    /// log w_k + log p_k(x), `rows × components`; `None` where a covariance is singular.
    fn log_joint(&self, rows: &[f64], width: usize) -> Option<Vec<f64>> {
        let components = self.weights.len();
        let mut joint = vec![0.0; rows.len() / width * components];
        for k in 0..components {
            let gaussian = Gaussian::new(self.means[k * width..][..width].to_vec(), &self.covariances[k])?;
            let log_weight = self.weights[k].ln();
            let densities = gaussian.log_density(rows);
            joint
                .iter_mut()
                .skip(k)
                .step_by(components)
                .zip(densities)
                .for_each(|(j, d)| *j = log_weight + d);
        }
        Some(joint)
    }

    /// log p(x) of each of `rows`; `None` where a covariance is singular.
    pub fn log_density(&self, rows: &[f64], width: usize) -> Option<Vec<f64>> {
        let joint = self.log_joint(rows, width)?;
        Some(joint.chunks_exact(self.weights.len()).map(log_sum_exp).collect())
    }
}

/// Whether a mixture of this kind makes rows that it did not see likelier than one normal does, by more than a standard
/// error of the difference.
fn likelier_than_one(
    rows: &[f64],
    width: usize,
    (components, kind): (usize, Kind),
    floor: f64,
    rng: &Rng,
) -> bool {
    let mut gains = Vec::new();
    for fold in 0..FOLDS {
        let chosen = |inside: bool| -> Vec<f64> {
            let rows = rows.chunks_exact(width).enumerate();
            rows.filter(|(row, _)| (row % FOLDS == fold) == inside)
                .flat_map(|(_, row)| row)
                .copied()
                .collect()
        };
        let (outside, inside) = (chosen(false), chosen(true));
        let fitted = Mixture::fit(&outside, width, components, kind, floor, rng);
        let several = fitted.and_then(|(mixture, _)| mixture.log_density(&inside, width));
        let Some(several) = several else { return false };
        let one = Gaussian::new(moments(&outside, width).0, &super::shrunk(&outside, width));
        match one {
            Some(one) => {
                gains.extend(several.iter().zip(one.log_density(&inside)).map(|(all, one)| all - one));
            }
            // Rows in a plane have no density under one normal, and have one under a mixture with a floor.
            None => return true,
        }
    }
    let count = gains.len() as f64;
    let mean = gains.iter().sum::<f64>() / count;
    let squares: f64 = gains.iter().map(|gain| (gain - mean).powi(2)).sum();
    mean > 0.0 && mean.powi(2) * count * (count - 1.0) > squares
}

/// Rows far from each other, drawn with odds of the squared distance to the nearest one drawn before.
///
/// Source: Arthur & Vassilvitskii, k-means++, 2007.
fn centres(rows: &[f64], width: usize, components: usize, rng: &mut Rng) -> Vec<f64> {
    let count = rows.len() / width;
    let mut distances = vec![f64::INFINITY; count];
    let mut drawn = (rng.next_u64() % count as u64) as usize;
    let mut centres = Vec::with_capacity(components * width);
    for _ in 0..components {
        let centre = &rows[drawn * width..][..width];
        centres.extend_from_slice(centre);
        for (distance, row) in distances.iter_mut().zip(rows.chunks_exact(width)) {
            *distance = distance.min(squared_distance(row, centre));
        }
        let mut uniform = [0.0f64];
        rng.fill_uniform(&mut uniform);
        let mut left = uniform[0] * distances.iter().sum::<f64>();
        drawn = distances
            .iter()
            .position(|distance| {
                left -= distance;
                left <= 0.0
            })
            .unwrap_or(count - 1);
    }
    centres
}

/// Shares of 1 in the nearest centre after a few rounds of k-means.
fn nearest(rows: &[f64], width: usize, centres: &[f64]) -> Vec<f64> {
    let components = centres.len() / width;
    let mut centres = centres.to_vec();
    let mut shares = vec![0.0; rows.len() / width * components];
    for _ in 0..10 {
        shares.fill(0.0);
        let mut sums = vec![0.0; centres.len()];
        let mut counts = vec![0.0; components];
        for (row, shares) in rows.chunks_exact(width).zip(shares.chunks_exact_mut(components)) {
            let distance = |k: usize| squared_distance(row, &centres[k * width..][..width]);
            let k = (0..components).min_by(|&a, &b| distance(a).total_cmp(&distance(b))).unwrap_or(0);
            shares[k] = 1.0;
            counts[k] += 1.0;
            sums[k * width..][..width].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        for (k, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
            let sums = &sums[k * width..][..width];
            centres[k * width..][..width]
                .iter_mut()
                .zip(sums)
                .for_each(|(centre, sum)| *centre = sum / count);
        }
    }
    shares
}

fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

fn log_sum_exp(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        most
    } else {
        most + values.iter().map(|x| (x - most).exp()).sum::<f64>().ln()
    }
}
