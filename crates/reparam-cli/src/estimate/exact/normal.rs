//! A few elements of a multivariate normal distribution.
//!
//! They are m + C ε with C Cᵀ = Σ, their covariance, and independent standard normal ε. With h = E\[f ε\] and
//! H = E\[f (ε εᵀ − 1)\] the gradients of E\[f\] are C⁻ᵀ h in m and G = ½ C⁻ᵀ H C⁻¹ in Σ; that in Σ goes on to what Σ is made of.

use std::cmp::Ordering;
use std::sync::Arc;

use reparam_kernels::catalog::univariates;
use reparam_kernels::multivariate::Factor;
use reparam_lang::Value;

use super::axis::Axis;
use super::drawn::{Drawn, Slope};
use super::source::Source;
use super::{line, most};
use crate::estimate::site::Site;

/// Means and covariance of all elements.
pub struct Normal {
    name: String,
    loc: Vec<f64>,
    covariance: Vec<f64>,
    of: Of,
}

/// What the covariance Σ is made of; matrices are row by row.
enum Of {
    /// Σ = L Lᵀ, L lower triangular.
    Factor(Vec<f64>),
    /// Σ itself, of which the lower triangle counts.
    Covariance,
    /// Σ = P⁻¹, of which the lower triangle counts.
    Precision,
    /// Σ = W Wᵀ + D, D diagonal, with so many columns in W.
    LowRank(Vec<f64>, usize),
}

impl Normal {
    /// The law of a variable that is so distributed.
    pub fn new(site: &Site) -> Option<Self> {
        let given = site.given();
        let (Value::Vector(loc), Value::Matrix(matrix)) = (given.values.first()?, given.values.get(1)?)
        else {
            return None;
        };
        let (d, items) = (loc.len(), &matrix.items);
        let square = |factor: &[f64], columns| product(factor, &transposed(factor, columns), d);
        let (covariance, of) = match (given.signature.name, given.parameters()[1].name, given.values.get(2)) {
            ("MultivariateNormal", "scale_tril", _) => (square(items, d), Of::Factor(items.clone())),
            ("MultivariateNormal", "covariance_matrix", _) => (mirrored(items, d), Of::Covariance),
            ("MultivariateNormal", "precision_matrix", _) => {
                let factor = Factor::of_precision(d, items).ok()?.rounded();
                (square(&factor, d), Of::Precision)
            }
            ("LowRankNormal", "factor", Some(Value::Vector(diagonal))) => {
                let mut covariance = square(items, matrix.columns);
                covariance.iter_mut().step_by(d + 1).zip(diagonal).for_each(|(own, more)| *own += more);
                (covariance, Of::LowRank(items.clone(), matrix.columns))
            }
            _ => return None,
        };
        Some(Self { name: site.name.clone(), loc: loc.clone(), covariance, of })
    }
}

/// A B, where B has so many columns, and A as many columns as B has rows.
fn product(a: &[f64], b: &[f64], columns: usize) -> Vec<f64> {
    let dot =
        |row: &[f64], j: usize| row.iter().zip(b[j..].iter().step_by(columns)).map(|(x, y)| x * y).sum();
    a.chunks(b.len() / columns).flat_map(|row| (0..columns).map(move |j| dot(row, j))).collect()
}

fn transposed(a: &[f64], columns: usize) -> Vec<f64> {
    (0..columns).flat_map(|j| a[j..].iter().step_by(columns).copied()).collect()
}

/// The symmetric matrix with this lower triangle.
fn mirrored(a: &[f64], d: usize) -> Vec<f64> {
    (0..d * d).map(|at| (at / d, at % d)).map(|(i, j)| a[i.max(j) * d + i.min(j)]).collect()
}

/// The lower triangle of a matrix, with this factor below the diagonal.
fn lower(a: &[f64], d: usize, below: f64) -> Vec<f64> {
    let entry = |at: usize| match (at / d).cmp(&(at % d)) {
        Ordering::Less => 0.0,
        Ordering::Equal => a[at],
        Ordering::Greater => below * a[at],
    };
    (0..d * d).map(entry).collect()
}

impl Source for Normal {
    fn drawn(&self, site: usize, elements: &[usize]) -> Result<Drawn, String> {
        most(elements.len())?;
        let (n, d) = (elements.len(), self.loc.len());
        let law = univariates("Normal").next().ok_or("there is no Normal")?;
        let parts = line::parts(&self.name, law, &[0.0, 1.0], &[Some(0), Some(1)])?;
        let noise = Arc::new(Axis { name: self.name.clone(), edges: vec![false; 2], parts });
        let own: Vec<f64> =
            elements.iter().flat_map(|a| elements.iter().map(move |b| self.covariance[a * d + b])).collect();
        let factor = Factor::of_covariance(n, &own, 0.0)
            .map_err(|_| format!("elements of {} are a function of others but for rounding", self.name))?;
        let (factor, inverse) = (factor.rounded(), factor.inverse().rounded());
        let mut slopes = Vec::new();
        for i in 0..n {
            let to = (0..n).map(|a| ([site, 0, elements[a]], inverse[i * n + a]));
            // The score of ε in its own mean is ε.
            slopes.push(Slope { moves: vec![(i, 0)], edge: None, to: to.collect() });
            for j in 0..=i {
                // That in its scale is ε² − 1. What is beside the diagonal is there twice.
                let (moves, half) = if i == j { (vec![(i, 1)], 0.25) } else { (vec![(i, 0), (j, 0)], 0.5) };
                let pair =
                    |a, b| inverse[i * n + a] * inverse[j * n + b] + inverse[j * n + a] * inverse[i * n + b];
                let to = (0..n * n).map(|at| (at / n, at % n));
                let to = to.map(|(a, b)| ([site, 1, elements[a] * d + elements[b]], half * pair(a, b)));
                slopes.push(Slope { moves, edge: None, to: to.collect() });
            }
        }
        let loc: Vec<f64> = elements.iter().map(|element| self.loc[*element]).collect();
        let elements = move |noise: &[f64], to: &mut [f64]| {
            for (to, (loc, row)) in to.iter_mut().zip(loc.iter().zip(factor.chunks(n))) {
                *to = loc + row.iter().zip(noise).map(|(scale, noise)| scale * noise).sum::<f64>();
            }
        };
        Ok(Drawn { numbers: vec![noise; n], elements: Box::new(elements), length: n, slopes })
    }

    /// The means, and all entries of Σ.
    fn lengths(&self) -> Vec<usize> {
        vec![self.loc.len(), self.covariance.len()]
    }

    /// dΣ = dL Lᵀ + L dLᵀ, or −Σ dP Σ, or dW Wᵀ + W dWᵀ + dD.
    fn in_parameters(&self, counted: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        let (d, g) = (self.loc.len(), &counted[1]);
        let twice = |g: Vec<f64>| g.into_iter().map(|g| 2.0 * g).collect::<Vec<f64>>();
        let mut slopes = vec![counted[0].clone()];
        match &self.of {
            Of::Factor(factor) => slopes.push(lower(&twice(product(g, factor, d)), d, 1.0)),
            Of::Covariance => slopes.push(lower(g, d, 2.0)),
            Of::Precision => {
                let outer = product(&product(&self.covariance, g, d), &self.covariance, d);
                slopes.push(lower(&outer, d, 2.0).into_iter().map(|g| 0.0 - g).collect());
            }
            Of::LowRank(factor, columns) => {
                slopes.push(twice(product(g, factor, *columns)));
                slopes.push(g.iter().step_by(d + 1).copied().collect());
            }
        }
        slopes
    }
}
