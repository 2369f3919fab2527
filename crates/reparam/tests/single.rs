//! Single precision at hard points, where its bodies are not those of double precision: short formulas in vectors.

mod bank;
mod common;

use bank::points;
use burn::tensor::{DType, Tensor, TensorData};
use reparam::{Gamma, Normal, prelude::*};

/// What single precision keeps of a value with this condition.
const ALLOWED: f64 = 2e-6;

/// With a gradient: the short formulas are those that give slopes too.
fn single(value: f64) -> Tensor<2> {
    Tensor::from_data(TensorData::new(vec![value], [1, 1]), (&common::device(), DType::F32)).require_grad()
}

fn number(x: Tensor<1>) -> f64 {
    x.into_data().iter::<f64>().next().unwrap()
}

fn log_densities<Q: Distribution<2>>(dist: &str, names: [&str; 2], build: fn([Tensor<2>; 2]) -> Q) {
    for point in points(&dist.to_lowercase(), dist, "log_prob").iter().filter(|point| point.is_single()) {
        let q = build(names.map(|name| single(point.param(name)[0])));
        point.check(number(q.log_prob(single(point.x()[0]))), ALLOWED * point.condition());
    }
}

#[test]
fn gamma_density() {
    log_densities("Gamma", ["concentration", "rate"], |[a, rate]| Gamma::new(a, rate));
}

#[test]
fn normal_density() {
    log_densities("Normal", ["loc", "scale"], |[loc, scale]| Normal::new(loc, scale));
}

#[test]
fn normal_divergence() {
    for point in points("kl", "Normal|Normal", "kl").iter().filter(|point| point.is_single()) {
        let [q, p] = [["p_loc", "p_scale"], ["q_loc", "q_scale"]].map(|names| {
            let [loc, scale] = names.map(|name| single(point.param(name)[0]));
            Normal::<2>::new(loc, scale)
        });
        point.check(number(q.kl(&p)), ALLOWED * point.condition());
    }
}
