//! E[Σ tanh zᵢ] in five dimensions, zᵢ = μᵢ + σᵢ εᵢ, with its gradient in every μᵢ and σᵢ: draw by draw in
//! memory for one draw, and all draws at once by back-propagation. Both give the same numbers, bit for bit.
//!
//! Two laws make that possible. Element i of a stream of noise has the same bits whether it is asked for alone or
//! among thousands. And floating-point sums depend on their order, so both ways sum in the order of the draws.

use std::array;

use burn::tensor::{DType, Device, Tensor, TensorData};
use reparam::{Normal, Reparameterized, Rng};
use reparam_testing::{Moments, integrate};

mod table;
use table::Row;

const D: usize = 5;
const LOC: [f64; D] = [0.0, 0.5, -1.0, 0.3, 1.2];
const SCALE: [f64; D] = [1.0, 0.8, 0.5, 1.5, 0.7];
const DRAWS: usize = 10_000;
const SEED: u64 = 2;

/// Running means of the value and of its slopes: O(d) numbers, however many draws they have seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimates {
    /// Σ tanh zᵢ.
    pub value: Moments,
    /// ∂/∂μᵢ.
    pub loc: [Moments; D],
    /// ∂/∂σᵢ.
    pub scale: [Moments; D],
}

impl Estimates {
    /// Takes in one draw.
    fn push(&mut self, tanh: &[f64], loc_slope: &[f64], scale_slope: &[f64]) {
        self.value.push(tanh.iter().sum());
        for i in 0..D {
            self.loc[i].push(loc_slope[i]);
            self.scale[i].push(scale_slope[i]);
        }
    }
}

/// One draw at a time, with the derivatives written out: d tanh z / dz = 1 − tanh² z, dz/dμ = 1, dz/dσ = ε.
pub fn streaming() -> Estimates {
    let mut rng = Rng::new(SEED);
    let mut noise = [0.0; D];
    let mut estimates = Estimates::default();
    for _ in 0..DRAWS {
        rng.fill_normal(&mut noise);
        let tanh: [f64; D] = array::from_fn(|i| (LOC[i] + SCALE[i] * noise[i]).tanh());
        let slope = tanh.map(|t| 1.0 - t * t);
        let scale_slope: [f64; D] = array::from_fn(|i| slope[i] * noise[i]);
        estimates.push(&tanh, &slope, &scale_slope);
    }
    estimates
}

/// All draws as one tensor `[draws, d]`, with the derivatives by back-propagation.
pub fn batch() -> Estimates {
    let device = Device::flex().autodiff();
    let parameter = |values: [f64; D]| {
        let row = Tensor::<2>::from_data(TensorData::new(values.to_vec(), [1, D]), (&device, DType::F64));
        row.repeat_dim(0, DRAWS).require_grad()
    };
    let (loc, scale) = (parameter(LOC), parameter(SCALE));
    let tanh = Normal::new(loc.clone(), scale.clone()).rsample(&mut Rng::new(SEED)).tanh();
    let gradients = tanh.clone().sum().backward();
    let slope = |parameter: Tensor<2>| numbers(parameter.grad(&gradients).expect("it was tracked"));

    let (tanh, loc, scale) = (numbers(tanh), slope(loc), slope(scale));
    let mut estimates = Estimates::default();
    for draw in (0..DRAWS).map(|i| i * D..(i + 1) * D) {
        estimates.push(&tanh[draw.clone()], &loc[draw.clone()], &scale[draw]);
    }
    estimates
}

fn numbers(x: Tensor<2>) -> Vec<f64> {
    x.into_data().iter().collect()
}

/// The estimates beside the integrals that they estimate.
pub fn beside_exact(estimates: &Estimates) -> Vec<Row> {
    let density = |e: f64| (-e * e / 2.0).exp() / std::f64::consts::TAU.sqrt();
    let expectation = |f: &dyn Fn(f64) -> f64| {
        integrate(|e| f(e) * density(e), f64::NEG_INFINITY, f64::INFINITY, 1e-12).value
    };
    let tanh = |i: usize, e: f64| (LOC[i] + SCALE[i] * e).tanh();
    let slope = |i: usize, e: f64| 1.0 - tanh(i, e).powi(2);

    let sum = (0..D).map(|i| expectation(&|e| tanh(i, e))).sum();
    let mut rows = vec![("E[Σ tanh zᵢ]".into(), estimates.value, sum)];
    for i in 0..D {
        rows.push((format!("∂/∂μ_{i}"), estimates.loc[i], expectation(&|e| slope(i, e))));
    }
    for i in 0..D {
        rows.push((format!("∂/∂σ_{i}"), estimates.scale[i], expectation(&|e| slope(i, e) * e)));
    }
    rows
}

fn main() {
    let (streaming, batch) = (streaming(), batch());
    table::print(&beside_exact(&streaming));
    let verdict = if streaming == batch { "equal, bit for bit" } else { "NOT equal" };
    println!("\nDraw by draw and as one batch: {verdict}.");
}
