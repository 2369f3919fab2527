//! E[sin z] for z ~ Normal(μ, σ), and its derivatives in μ and σ.
//!
//! A draw hides its parameters; written as z = μ + σ ε, with ε standard normal, it shows them, and the derivative of
//! the expectation becomes the expectation of a derivative: ∂/∂μ is E[cos z], ∂/∂σ is E[ε cos z]. Nobody writes these
//! two down below; back-propagation finds them. Exact: E[sin z] = sin μ · exp(−σ²/2).

use burn::tensor::{DType, Device, Tensor};
use reparam::{Estimator, Normal, Pathwise, Rng, shape::sum_event};

mod table;
use table::Row;

const LOC: f64 = 0.7;
const SCALE: f64 = 1.2;
/// 20,000 draws as 1,000 rows of 20: a row is an estimate of its own, and their scatter tells the standard error.
const ROWS: usize = 1_000;
const PARTICLES: usize = 20;
const SEED: u64 = 1;

/// A parameter with one copy per row, so that every row gets its own gradient.
fn parameter(value: f64) -> Tensor<2> {
    let device = Device::flex().autodiff();
    Tensor::full([ROWS, 1], value, (&device, DType::F64)).require_grad()
}

/// E[sin z], one estimate per row; always from the same noise.
fn mean_sine(loc: Tensor<2>, scale: Tensor<2>) -> Tensor<1> {
    let q = Normal::new(loc, scale);
    Pathwise { particles: PARTICLES }.expectation(&q, |_, z| sum_event(z.sin()), &mut Rng::new(SEED))
}

/// The value and both derivatives, each beside its exact value.
pub fn estimates() -> Vec<Row> {
    let (loc, scale) = (parameter(LOC), parameter(SCALE));
    let value = mean_sine(loc.clone(), scale.clone());
    let gradients = value.clone().sum().backward();
    let slope = |parameter: Tensor<2>| parameter.grad(&gradients).expect("it was tracked").into_data();

    let damping = (-SCALE * SCALE / 2.0).exp();
    vec![
        ("E[sin z]".into(), value.into_data().iter().collect(), LOC.sin() * damping),
        ("∂/∂μ".into(), slope(loc).iter().collect(), LOC.cos() * damping),
        ("∂/∂σ".into(), slope(scale).iter().collect(), -SCALE * LOC.sin() * damping),
    ]
}

/// Both derivatives once more, without a gradient: (F(θ + h) − F(θ − h)) / 2h.
///
/// The noise is common to both sides, so its error cancels and what remains is of order h².
pub fn finite_differences() -> [f64; 2] {
    const H: f64 = 1e-4;
    let mean = |loc, scale| mean_sine(parameter(loc), parameter(scale)).mean().into_scalar::<f64>();
    [
        (mean(LOC + H, SCALE) - mean(LOC - H, SCALE)) / (2.0 * H),
        (mean(LOC, SCALE + H) - mean(LOC, SCALE - H)) / (2.0 * H),
    ]
}

fn main() {
    let rows = estimates();
    table::print(&rows);
    println!("\nThe same draws, by finite differences:");
    for ((name, pathwise, _), difference) in rows[1..].iter().zip(finite_differences()) {
        let apart = difference - pathwise.mean();
        println!("{name:<20}{difference:>12.6}   differs from the gradient by {apart:+.1e}");
    }
}
