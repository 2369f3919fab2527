//! Slopes two ways: by automatic differentiation and by differences.

use burn::tensor::Tensor;
use reparam_kernels::Rng;
use reparam_testing::{Estimate, derivative};

use super::{tensor, values};

/// The gradient of the sum of `f` in each of `params`, by automatic differentiation in double precision.
pub fn gradient<const R: usize>(params: &[f64], f: impl Fn(Tensor<1>) -> Tensor<R>) -> Vec<f64> {
    let leaf = tensor(params, [params.len()]).require_grad();
    let value = f(leaf.clone()).sum();
    if !value.is_tracked() {
        return vec![0.0; params.len()];
    }
    leaf.grad(&value.backward()).map_or_else(|| vec![0.0; params.len()], values)
}

/// Σ wᵢ xᵢ with fixed weights between ½ and 1½: one number in which a fault of any element shows.
pub(super) fn weighted<const R: usize>(x: Tensor<R>) -> Tensor<1> {
    let mut weights = vec![0.0; x.dims().iter().product()];
    Rng::new(super::SEED).split(1).fill_uniform(&mut weights);
    let weights = weights.iter().map(|w| w + 0.5).collect::<Vec<f64>>();
    (x.clone() * tensor(&weights, x.dims())).sum()
}

/// How often the step of differences is cut to a quarter: a support may end, or a density have a kink, close by.
const CUTS: i32 = 8;

/// Panics unless the gradient of the scalar `f` agrees with its differences at `params`.
pub(super) fn assert_gradient(name: &str, law: &str, params: &[f64], f: impl Fn(Tensor<1>) -> Tensor<1>) {
    assert_gradient_of(name, law, params, &f);
}

/// The same, compiled once for all functions.
fn assert_gradient_of(name: &str, law: &str, params: &[f64], f: &dyn Fn(Tensor<1>) -> Tensor<1>) {
    let exact = gradient(params, f);
    for (i, &slope) in exact.iter().enumerate() {
        let along = |x: f64| {
            let mut moved = params.to_vec();
            moved[i] = x;
            values(f(tensor(&moved, [moved.len()])))[0]
        };
        let widest = 0.1 * if params[i] == 0.0 { 1.0 } else { params[i].abs() };
        let known = |estimate: &Estimate| estimate.error <= 1e-4 * slope.abs() + 1e-9;
        let mut best = Estimate { value: f64::NAN, error: f64::INFINITY };
        for cut in 0..=CUTS {
            let step = widest * 0.25f64.powi(cut);
            if !(along(params[i] - step).is_finite() && along(params[i] + step).is_finite()) {
                continue;
            }
            let estimate = derivative(along, params[i], step);
            if estimate.error < best.error {
                best = estimate;
            }
            if known(&best) {
                break;
            }
        }
        let Estimate { value, error } = best;
        assert!(
            (slope - value).abs() <= 1e-9 * slope.abs() + 20.0 * error,
            "{name}: {law}: slope in parameter {i} is {slope:e}, by differences {value:e} ± {error:e}"
        );
        assert!(
            known(&best),
            "{name}: {law}: differences in parameter {i} find {value:e} only to ± {error:e}"
        );
    }
}

/// Panics unless two lists agree to `tolerance`, relative to the larger of 1 and the expected number.
pub(super) fn assert_close(name: &str, law: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    let count = expected.len();
    assert!(got.len() == count, "{name}: {law}: {} numbers, expected {count}", got.len());
    for (i, (&g, &e)) in got.iter().zip(expected).enumerate() {
        assert!(
            (g - e).abs() <= tolerance * e.abs().max(1.0),
            "{name}: {law}: element {i} is {g}, expected {e}"
        );
    }
}
