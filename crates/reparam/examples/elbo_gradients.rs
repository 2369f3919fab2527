//! Two ways to write the evidence lower bound, one gradient, and a third way that is wrong.
//!
//! ```text
//! analytic      E_q[log p(x|z)] − KL(q(z|x) ‖ p(z))
//! Monte Carlo   E_q[log p(x|z) + log p(z) − log q(z|x)]
//! wrong sign    E_q[log p(x|z) − log p(z) + log q(z|x)]     found in print: it adds the divergence
//! ```
//!
//! The model is linear and Gaussian, z ~ Normal(0, I), x|z ~ Normal(a·z, s), so the exact gradient is known too:
//! with residual r = x − a·m, ∂/∂mᵢ = aᵢ r / s² − mᵢ and ∂/∂σᵢ = 1/σᵢ − σᵢ − aᵢ² σᵢ / s².

use burn::tensor::{DType, Device, Tensor, TensorData};
use reparam::{Distribution, Estimator, Kl, Normal, Pathwise, Rng, shape::sum_event};

mod table;
use table::Row;

const D: usize = 2;
const X: f64 = 1.5;
const A: [f64; D] = [0.8, -0.6];
const S: f64 = 0.5;
/// q(z|x), away from the optimum.
const LOC: [f64; D] = [0.4, 0.9];
const SCALE: [f64; D] = [0.7, 1.3];
/// Each row is an estimate of its own, and their scatter tells the standard error.
const ROWS: usize = 1_000;
const PARTICLES: usize = 20;

/// A way to write the bound: log p(x|z), log p(z), log q(z) and KL(q ‖ p), one number per draw, to the integrand.
pub type Form = fn(Tensor<1>, Tensor<1>, Tensor<1>, Tensor<1>) -> Tensor<1>;
/// The first form.
pub const ANALYTIC: Form = |likelihood, _, _, kl| likelihood - kl;
/// The second.
pub const MONTE_CARLO: Form = |likelihood, prior, q, _| likelihood + prior - q;
/// The third.
pub const WRONG_SIGN: Form = |likelihood, prior, q, _| likelihood - prior + q;
/// The second less the first.
pub const DIFFERENCE: Form = |_, prior, q, kl| prior - q + kl;

/// One copy of `values` per row.
fn per_row<const N: usize>(values: [f64; N], rows: usize) -> Tensor<2> {
    let device = Device::flex().autodiff();
    let data = TensorData::new(values.to_vec(), [1, N]);
    Tensor::from_data(data, (&device, DType::F64)).repeat_dim(0, rows)
}

/// The exact gradient in m and σ.
pub fn exact() -> [f64; 2 * D] {
    let residual = X - A[0] * LOC[0] - A[1] * LOC[1];
    let loc = |i: usize| A[i] * residual / (S * S) - LOC[i];
    let scale = |i: usize| 1.0 / SCALE[i] - SCALE[i] - A[i] * A[i] * SCALE[i] / (S * S);
    [loc(0), loc(1), scale(0), scale(1)]
}

/// The gradient of `form` in m and σ beside `exact`; the noise is the same for every form.
pub fn gradient(form: Form, exact: [f64; 2 * D]) -> Vec<Row> {
    let (loc, scale) = (per_row(LOC, ROWS).require_grad(), per_row(SCALE, ROWS).require_grad());
    let q = Normal::new(loc.clone(), scale.clone());
    let prior = Normal::new(per_row([0.0; D], 1), per_row([1.0; D], 1));
    let integrand = |q: &Normal<2>, z: Tensor<2>| {
        let rows = z.dims()[0];
        let mean = sum_event(z.clone() * per_row(A, 1)).reshape([rows, 1]);
        let likelihood = Normal::new(mean, per_row([S], 1)).log_prob(per_row([X], rows));
        form(likelihood, prior.log_prob(z.clone()), q.log_prob(z), q.kl(&prior))
    };
    let bound = Pathwise { particles: PARTICLES }.expectation(&q, integrand, &mut Rng::new(7));
    let gradients = bound.sum().backward();

    let mut rows = Vec::new();
    for (name, parameter) in [("m", loc), ("σ", scale)] {
        let slopes = parameter.grad(&gradients).expect("it was tracked").into_data();
        for i in 0..D {
            let slope = slopes.iter::<f64>().skip(i).step_by(D).collect();
            rows.push((format!("∂/∂{name}_{i}"), slope, exact[rows.len()]));
        }
    }
    rows
}

fn main() {
    let tables = [
        ("Analytic divergence:", ANALYTIC, exact()),
        ("\nlog p(x|z) + log p(z) − log q(z|x):", MONTE_CARLO, exact()),
        ("\nThe second less the first, on the same draws:", DIFFERENCE, [0.0; 2 * D]),
        ("\nWith the wrong sign, log p(x|z) − log p(z) + log q(z|x):", WRONG_SIGN, exact()),
    ];
    for (title, form, exact) in tables {
        println!("{title}");
        table::print(&gradient(form, exact));
    }
}
