//! Draws with a full covariance, z = μ + L ε with L Lᵀ = Σ, and gradients through L.
//!
//! For f(z) = zᵀ A z with symmetric A everything is known: the mean of f is μᵀ A μ + tr(A Σ), its gradient in μ is
//! 2 A μ, and in L the lower triangle of 2 A L.

use burn::tensor::{DType, Device, Tensor, TensorData};
use reparam::{Distribution, Estimator, MultivariateNormal, Pathwise, Rng, shape::sum_event};
use reparam_testing::Moments;

mod table;
use table::Row;

const D: usize = 3;
type Matrix = [[f64; D]; D];

const LOC: [f64; D] = [0.5, -1.0, 2.0];
const COVARIANCE: Matrix = [[2.0, 0.6, -0.4], [0.6, 1.0, 0.3], [-0.4, 0.3, 0.5]];
const A: Matrix = [[1.0, -0.5, 0.2], [-0.5, 2.0, 0.0], [0.2, 0.0, -1.0]];
/// Added to the diagonal before the factorisation: it keeps a covariance that is only just positive definite so.
const JITTER: f64 = 1e-9;
/// Each row is an estimate of its own, and their scatter tells the standard error.
const ROWS: usize = 1_000;
const PARTICLES: usize = 20;

/// One copy of `matrix` per row.
fn per_row<const R: usize, const C: usize>(matrix: [[f64; C]; R], rows: usize) -> Tensor<3> {
    let device = Device::flex().autodiff();
    let data = TensorData::new(matrix.concat(), [1, R, C]);
    Tensor::from_data(data, (&device, DType::F64)).repeat_dim(0, rows)
}

/// The normal with this mean and covariance, the same in every row.
fn normal(rows: usize) -> MultivariateNormal {
    let loc = per_row([LOC], rows).reshape([rows, D]);
    MultivariateNormal::from_covariance(loc, per_row(COVARIANCE, rows), JITTER)
}

/// The mean over the rows of element `index`.
fn element<const N: usize>(x: &Tensor<N>, index: usize) -> Moments {
    let width: usize = x.dims()[1..].iter().product();
    x.to_data().iter().skip(index).step_by(width).collect()
}

/// The entries of E[(z − μ)(z − μ)ᵀ] beside those of Σ.
pub fn sample_covariance() -> Vec<Row> {
    let rows = ROWS * PARTICLES;
    let q = normal(rows);
    let centred = (q.sample(&mut Rng::new(4)) - q.loc()).reshape([rows, D, 1]);
    let products = centred.clone() * centred.swap_dims(1, 2);
    lower_triangle()
        .map(|(i, j)| (format!("Σ_{i}{j}"), element(&products, i * D + j), COVARIANCE[i][j]))
        .collect()
}

/// E[zᵀ A z] and its gradients in μ and L beside their exact values.
pub fn gradients() -> Vec<Row> {
    let start = normal(ROWS);
    let (loc, factor) = (start.loc().require_grad(), start.factor().detach().require_grad());
    let q = MultivariateNormal::new(loc.clone(), factor.clone());
    let quadratic = |_: &MultivariateNormal, z: Tensor<2>| {
        let a = per_row(A, 1).reshape([D, D]);
        sum_event(z.clone().matmul(a) * z)
    };
    let value = Pathwise { particles: PARTICLES }.expectation(&q, quadratic, &mut Rng::new(5));
    let slopes = value.clone().sum().backward();
    let loc_slope = loc.grad(&slopes).expect("it was tracked");
    let factor_slope = factor.grad(&slopes).expect("it was tracked");

    let factor: Vec<f64> = factor.to_data().iter().take(D * D).collect();
    let a_loc = |i: usize| (0..D).map(|j| A[i][j] * LOC[j]).sum::<f64>();
    let a_factor = |i: usize, j: usize| (0..D).map(|k| A[i][k] * factor[k * D + j]).sum::<f64>();
    let trace: f64 = lower_and_upper().map(|(i, j)| A[i][j] * COVARIANCE[j][i]).sum();
    let mean = (0..D).map(|i| LOC[i] * a_loc(i)).sum::<f64>() + trace;

    let mut rows = vec![("E[zᵀ A z]".into(), element(&value, 0), mean)];
    rows.extend((0..D).map(|i| (format!("∂/∂μ_{i}"), element(&loc_slope, i), 2.0 * a_loc(i))));
    rows.extend(
        lower_triangle()
            .map(|(i, j)| (format!("∂/∂L_{i}{j}"), element(&factor_slope, i * D + j), 2.0 * a_factor(i, j))),
    );
    rows
}

fn lower_and_upper() -> impl Iterator<Item = (usize, usize)> {
    (0..D).flat_map(|i| (0..D).map(move |j| (i, j)))
}

fn lower_triangle() -> impl Iterator<Item = (usize, usize)> {
    lower_and_upper().filter(|(i, j)| j <= i)
}

fn main() {
    table::print(&sample_covariance());
    println!();
    table::print(&gradients());
}
