//! The two bodies of every hot operation agree: fused kernels, and the formula in tensor operations.

mod common;

use burn::{
    optim::Optimizer,
    tensor::{DType, Tensor},
};
use common::assert_close;
use reparam::{
    Adam, Bernoulli, Factorized, RelaxedOneHotCategorical, Rng, noise,
    prelude::*,
    shape,
    testing::{tensor, values},
};

/// Logits from −40 to 40 and grey levels, as contiguous and as transposed, sliced and expanded views.
fn views(dtype: DType) -> Vec<(&'static str, [Tensor<2>; 2])> {
    let mut rng = Rng::new(11);
    let mut draw = |rows: usize, columns: usize| {
        let like = Tensor::<2>::zeros([rows, columns], (&common::device(), dtype));
        let x = noise::uniform(&like, &mut rng);
        [(noise::uniform(&like, &mut rng) - 0.5) * 80.0, x]
    };
    vec![
        ("contiguous", draw(5, 37)),
        ("one column", draw(9, 1)),
        ("one row", draw(1, 50)),
        ("transposed", draw(37, 5).map(Tensor::transpose)),
        ("sliced", draw(9, 60).map(|x| x.slice([2..7, 11..48]))),
        ("expanded", draw(1, 37).map(|x| x.expand([5, 37]))),
    ]
}

/// The sum of the elements' log-masses, which is composed of tensor operations.
fn composed(logits: Tensor<2>, x: Tensor<2>) -> Tensor<1> {
    shape::sum_event(Bernoulli::new(logits).log_prob_each(x))
}

fn fused(logits: Tensor<2>, x: Tensor<2>) -> Tensor<1> {
    Bernoulli::new(logits).log_prob(x)
}

/// Panics unless the numbers agree to `tolerance` of the largest.
fn assert_all_close(what: &str, got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len(), "{what}");
    let largest = expected.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= tolerance * largest, "{what}: {got}, expected {expected}");
    }
}

#[test]
fn bernoulli_log_prob() {
    for (dtype, tolerance) in [(DType::F32, 2e-6), (DType::F64, 1e-14)] {
        for (view, [logits, x]) in views(dtype) {
            let what = format!("{view} {dtype:?}");
            let [got, expected] = [fused(logits.clone(), x.clone()), composed(logits, x)];
            assert_eq!(got.dims(), expected.dims(), "{what}");
            assert_eq!(got.dtype(), dtype, "{what}");
            assert_all_close(&what, &values(got), &values(expected), tolerance);
        }
    }
}

/// Relaxed one-hot draws, and the gradients of a weighted sum of them, by the operation and by a softmax in log space.
#[test]
fn shares() {
    type Body = fn(&RelaxedOneHotCategorical<2>, Tensor<2>) -> Tensor<2>;
    let bodies: [Body; 2] = [|q, noise| q.path(noise), |q, noise| q.log().path(noise).exp()];
    for (dtype, tolerance) in [(DType::F32, 2e-5), (DType::F64, 1e-13)] {
        for (view, [logits, noise]) in views(dtype).into_iter().filter(|(view, _)| *view != "one column") {
            let temperature =
                Tensor::<2>::full([logits.dims()[0], 1], 0.7, (&common::device(), dtype)).require_grad();
            let logits = (logits * 0.1).detach().require_grad();
            let [got, expected] = bodies.map(|body| {
                let q = RelaxedOneHotCategorical::new(temperature.clone(), logits.clone());
                let draw = body(&q, noise.clone());
                let grads = (draw.clone() * noise.clone()).sum().backward();
                let slopes = [&logits, &temperature].map(|leaf| values(leaf.grad(&grads).unwrap()));
                [values(draw), slopes[0].clone(), slopes[1].clone()]
            });
            for (got, expected) in got.iter().zip(&expected) {
                assert_all_close(&format!("{view} {dtype:?}"), got, expected, tolerance);
            }
        }
    }
}

/// The gradients of a weighted sum of rows, in logits and in x, where one or both are tracked.
#[test]
fn bernoulli_log_prob_slopes() {
    type Body = fn(Tensor<2>, Tensor<2>) -> Tensor<1>;
    for (dtype, tolerance) in [(DType::F32, 2e-6), (DType::F64, 1e-14)] {
        for (view, inputs) in views(dtype) {
            for tracked in [[true, false], [false, true], [true, true]] {
                let slopes = |body: Body| {
                    let mut leaves = inputs.clone();
                    for (leaf, tracked) in leaves.iter_mut().zip(tracked) {
                        if tracked {
                            *leaf = leaf.clone().detach().require_grad();
                        }
                    }
                    let [logits, x] = leaves.clone();
                    let rows = body(logits, x);
                    let weights = Tensor::<1, burn::tensor::Int>::arange(
                        1..rows.dims()[0] as i64 + 1,
                        &common::device(),
                    );
                    let grads = (rows * weights.float().cast(dtype)).sum().backward();
                    leaves.map(|leaf| leaf.grad(&grads).map(values))
                };
                let [got, expected] = [slopes(fused), slopes(composed)];
                for (got, expected) in got.iter().zip(&expected) {
                    assert_eq!(got.is_some(), expected.is_some(), "{view} {dtype:?} {tracked:?}");
                    if let (Some(got), Some(expected)) = (got, expected) {
                        assert_all_close(&format!("{view} {dtype:?} {tracked:?}"), got, expected, tolerance);
                    }
                }
            }
        }
    }
}

/// The slope of a shared leaf gathers what comes from both arguments and from other uses.
#[test]
fn bernoulli_log_prob_in_a_larger_graph() {
    let slopes = |body: fn(Tensor<2>, Tensor<2>) -> Tensor<1>| {
        let leaf = tensor(&[0.2, 0.9, 0.4, 0.7], [2, 2]).require_grad();
        let twice = leaf.clone() * 2.0;
        let value = body(twice.clone(), leaf.clone()).square().sum() + twice.sin().sum();
        values(leaf.grad(&value.backward()).unwrap())
    };
    assert_all_close("shared leaf", &slopes(fused), &slopes(composed), 1e-14);
}

/// Three-dimensional events, an empty batch.
#[test]
fn bernoulli_log_prob_of_other_ranks() {
    let logits = tensor(&[0.3, -1.0, 2.0, 0.5, 1.0, -0.4, 1.2, 0.7], [2, 2, 2]);
    let x = tensor(&[1.0, 0.0, 0.5, 1.0, 0.0, 0.0, 1.0, 0.25], [2, 2, 2]);
    let got = values(Bernoulli::new(logits.clone()).log_prob(x.clone()));
    let expected = values(shape::sum_event(Bernoulli::new(logits).log_prob_each(x)));
    assert_all_close("rank 3", &got, &expected, 1e-15);
    assert_eq!(fused(tensor(&[], [0, 4]), tensor(&[], [0, 4])).dims(), [0]);
}

/// Adam as `torch.optim.Adam` computes it, number by number.
struct ScalarAdam {
    moment1: f64,
    moment2: f64,
    time: i32,
}

impl ScalarAdam {
    fn step(&mut self, adam: &Adam, lr: f64, param: f64, grad: f64) -> f64 {
        self.time += 1;
        self.moment1 = adam.beta1 * self.moment1 + (1.0 - adam.beta1) * grad;
        self.moment2 = adam.beta2 * self.moment2 + (1.0 - adam.beta2) * grad * grad;
        let denominator = self.moment2.sqrt() / (1.0 - adam.beta2.powi(self.time)).sqrt() + adam.epsilon;
        param - lr / (1.0 - adam.beta1.powi(self.time)) * self.moment1 / denominator
    }
}

#[test]
fn adam_follows_the_scalar_formula() {
    for adam in [Adam::default(), Adam { beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }] {
        for (dtype, tolerance) in [(DType::F32, 1e-6), (DType::F64, 1e-14)] {
            let start = [0.5, -1.0, 2.0, 0.0, 1e-3, -30.0, 4.0];
            let options = (&common::device(), dtype);
            let mut param = tensor(&start, [1, 7]).cast(dtype);
            let mut expected = start;
            let mut scalars = [(); 7].map(|()| ScalarAdam { moment1: 0.0, moment2: 0.0, time: 0 });
            let (mut state, mut rng) = (None, Rng::new(12));
            for step in 0..20 {
                let grad =
                    noise::normal(&Tensor::<2>::zeros([1, 7], options), &mut rng) * f64::from(step - 10);
                let grads = values(grad.clone());
                // A view of a larger tensor, as a gradient may be.
                let wide = Tensor::cat(vec![grad.clone(), grad], 0).slice([1..2, 0..7]);
                let (next, memory) = adam.step(0.05, param, wide, state);
                (param, state) = (next, memory);
                for ((x, g), scalar) in expected.iter_mut().zip(grads).zip(&mut scalars) {
                    *x = scalar.step(&adam, 0.05, *x, g);
                }
            }
            for (got, expected) in values(param).into_iter().zip(expected) {
                assert_close(got, expected, tolerance);
            }
            assert_eq!(state.unwrap().time, 20);
        }
    }
}

/// A step writes into no tensor that somebody else still holds.
#[test]
fn adam_leaves_shared_tensors_alone() {
    let (param, grad) = (tensor(&[1.0, 2.0], [1, 2]), tensor(&[0.5, -0.5], [1, 2]));
    let (first, state) = Adam::default().step(0.1, param.clone(), grad.clone(), None);
    let kept = state.clone().unwrap();
    let (second, _) = Adam::default().step(0.1, first.clone(), grad.clone(), state);
    assert_eq!(values(param), [1.0, 2.0]);
    assert_eq!(values(grad), [0.5, -0.5]);
    assert_ne!(values(first.clone()), values(second));
    assert_close(values(first)[0], 0.9, 1e-7);
    assert_eq!(values(kept.moment1), [0.5 * (1.0 - 0.9), -0.5 * (1.0 - 0.9)]);
}
