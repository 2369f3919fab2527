//! A covariance stays one wherever an optimizer takes its parameters.

use burn::tensor::Tensor;
use reparam_kernels::multivariate::Factor;

use super::{Check, Mistake, figure};
use crate::{error::to_f64, rows};

/// A condition number above this part of 1 / precision leaves fewer than two digits of a solution.
const DIGITS: f64 = 0.01;

/// Whether a covariance, `[batch, d, d]`, as a function of numbers that an optimizer may move, stays symmetric and positive
/// definite with each number moved by `step` in either direction, and has digits left to be inverted with: a condition
/// number ‖Σ‖ ‖Σ⁻¹‖ (Frobenius norms) of at most a hundredth of 1 / precision.
///
/// A product L Lᵀ does by construction; entries of Σ that are learned as they are do not. There is no false alarm.
pub fn covariance(build: impl Fn(Tensor<1>) -> Tensor<3>, phi: &Tensor<1>, step: f64) -> Check {
    let start = to_f64(phi.clone());
    let at = |moved: Vec<f64>| build(rows::upload(moved, phi.dims(), phi));
    let moved = (0..start.len()).flat_map(|place| [-step, step].map(|step| (place, step)));
    let outcome = conditioned(&at(start.clone())).and_then(|condition| {
        for (place, step) in moved {
            let mut moved = start.clone();
            moved[place] += step;
            for matrix in matrices(&at(moved)) {
                factor(&matrix).map_err(|why| {
                    format!("with number {place} moved by {}, the covariance {why}", figure(step))
                })?;
            }
        }
        Ok(format!(
            "symmetric and positive definite with each of {} numbers moved by ±{}; condition number {}",
            start.len(),
            figure(step),
            figure(condition)
        ))
    });
    Check::of(Mistake::CovarianceWithoutCholesky, outcome)
}

/// A square matrix by rows, and the distance from 1 to the next larger number of its type.
struct Square {
    d: usize,
    items: Vec<f64>,
    epsilon: f64,
}

fn matrices(batch: &Tensor<3>) -> Vec<Square> {
    let [_, d, _] = batch.dims();
    let epsilon = rows::epsilon(batch);
    to_f64(batch.clone()).chunks(d * d).map(|items| Square { d, items: items.to_vec(), epsilon }).collect()
}

/// The Cholesky factor, or why there is none.
fn factor(Square { d, items, epsilon }: &Square) -> Result<Factor, String> {
    let size = items.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    for i in 0..*d {
        for j in 0..i {
            let (below, above) = (items[i * d + j], items[j * d + i]);
            let apart = (below - above).abs();
            if apart > 16.0 * epsilon * size || apart.is_nan() {
                return Err(format!(
                    "is not symmetric: entry ({i}, {j}) is {below:.6e} and entry ({j}, {i}) {above:.6e}"
                ));
            }
        }
    }
    Factor::of_covariance(*d, items, 0.0).map_err(|fault| {
        format!("is not positive definite: the pivot of row {} is {:.3e}", fault.index, fault.pivot)
    })
}

/// The largest condition number of the batch.
fn conditioned(batch: &Tensor<3>) -> Result<f64, String> {
    let mut worst = 1.0f64;
    for matrix in matrices(batch) {
        let inverse = factor(&matrix).map_err(|why| format!("the covariance {why}"))?.inverse().rounded();
        let d = matrix.d;
        let norm = |entry: &dyn Fn(usize, usize) -> f64| {
            (0..d * d).map(|k| entry(k / d, k % d).powi(2)).sum::<f64>().sqrt()
        };
        // Σ⁻¹ = L⁻ᵀ L⁻¹.
        let inverted = |i: usize, j: usize| (0..d).map(|k| inverse[k * d + i] * inverse[k * d + j]).sum();
        let condition = norm(&|i, j| matrix.items[i * d + j]) * norm(&inverted);
        worst = worst.max(condition);
        if condition * matrix.epsilon > DIGITS || condition.is_nan() {
            return Err(format!("the condition number of the covariance is {condition:.3e}"));
        }
    }
    Ok(worst)
}
