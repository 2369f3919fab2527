//! E[ln x] for x ~ Gamma(a, 1) with a = 10⁻⁴, and its derivative in a.
//!
//! Nearly every such x lies below the range of floating-point numbers, while its logarithm, some −10,000, is a plain
//! number. So the draw is carried as ln x, and the gradient flows through that. Exact: E[ln x] = ψ(a), and its derivative
//! is ψ′(a) = 1.00000002 · 10⁸. Both are shown times the power of a that brings them near 1.

use burn::tensor::{DType, Device, Tensor};
use reparam::{Gamma, Rng, prelude::*};
use reparam_kernels::special::{digamma, trigamma};
use reparam_testing::Moments;

mod table;
use table::Row;

const CONCENTRATION: f64 = 1e-4;
const DRAWS: usize = 100_000;

/// As many copies of a parameter as there are draws, in single precision.
fn parameter(value: f64) -> Tensor<2> {
    let device = Device::flex().autodiff();
    Tensor::full([DRAWS, 1], value, (&device, DType::F32)).require_grad()
}

/// The numbers, times a factor.
fn scaled(numbers: Tensor<2>, factor: f64) -> Moments {
    numbers.into_data().iter::<f64>().map(|x| x * factor).collect()
}

/// The value and its derivative, each beside its exact value.
pub fn estimates() -> Vec<Row> {
    let concentration = parameter(CONCENTRATION);
    let log_x = Gamma::new(concentration.clone(), parameter(1.0)).rsample_twin(&mut Rng::new(1));
    let gradients = log_x.clone().sum().backward();
    let slope = concentration.grad(&gradients).expect("it was tracked");
    // The concentration that single precision makes of it.
    let a = f64::from(CONCENTRATION as f32);
    vec![
        ("a · E[ln x]".into(), scaled(log_x, a), a * digamma(a)),
        ("a² · ∂/∂a E[ln x]".into(), scaled(Tensor::from_inner(slope), a * a), a * a * trigamma(a)),
    ]
}

/// The share of draws that are below the smallest number with a full mantissa.
pub fn vanishing() -> f64 {
    let log_x = Gamma::new(parameter(CONCENTRATION), parameter(1.0)).rsample_twin(&mut Rng::new(1));
    let smallest = f64::from(f32::MIN_POSITIVE).ln();
    let below = log_x.into_data().iter::<f64>().filter(|log_x| *log_x < smallest).count();
    below as f64 / DRAWS as f64
}

fn main() {
    table::print(&estimates());
    println!("\n{:.1} % of the draws are below the range of single precision", 100.0 * vanishing());
}
