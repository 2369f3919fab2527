//! The kernels at the sizes of a dense variational autoencoder on 28 × 28 images with batches of 128.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reparam_kernels::adam::{AdamStep, step};
use reparam_kernels::elementary::{Cos, Exp, Log, Log1p, NormalQuantile, Sigmoid, Sin, Softplus, Tanh};
use reparam_kernels::law::Noise;
use reparam_kernels::{Rng, bernoulli, normal, slices, sobol};

const LONG: usize = 1 << 20;
const BATCH: usize = 128;
const PIXELS: usize = 784;
const WEIGHTS: usize = 784 * 400;

fn noise(n: usize) -> Vec<f32> {
    let mut out = vec![0.0; n];
    Rng::new(0).fill_normal(&mut out);
    out
}

fn draws(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draws");
    group.throughput(Throughput::Elements(LONG as u64));
    let (mut single, mut double, mut rng) = (vec![0.0_f32; LONG], vec![0.0_f64; LONG], Rng::new(0));
    group.bench_function("uniform f32", |bench| bench.iter(|| rng.fill_uniform(black_box(&mut single))));
    group.bench_function("normal f32", |bench| bench.iter(|| rng.fill_normal(black_box(&mut single))));
    group.bench_function("normal f64", |bench| bench.iter(|| rng.fill_normal(black_box(&mut double))));
    for (points, width) in [(64, 1024), (64, 4), (4096, 4)] {
        group.bench_function(format!("Sobol normal f32, {points} points of {width}"), |bench| {
            bench.iter(|| sobol::fill_noise(Noise::Normal, 1, points, width, black_box(&mut single)));
        });
        group.bench_function(format!("Sobol normal f64, {points} points of {width}"), |bench| {
            bench.iter(|| sobol::fill_noise(Noise::Normal, 1, points, width, black_box(&mut double)));
        });
    }
    group.finish();
}

fn elementary(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("elementary f32");
    group.throughput(Throughput::Elements(PIXELS as u64 * BATCH as u64));
    let (input, mut out) = (noise(PIXELS * BATCH), vec![0.0_f32; PIXELS * BATCH]);
    macro_rules! functions {
        ($($function:ident),+) => {$(
            group.bench_function(stringify!($function), |bench| {
                bench.iter(|| slices::map(black_box(&input), &mut out, $function));
            });
        )+};
    }
    functions!(Exp, Log, Log1p, Sin, Cos, Tanh, Softplus, Sigmoid, NormalQuantile);
    group.finish();
}

fn densities(criterion: &mut Criterion) {
    let (logits, x) = (noise(BATCH * PIXELS), vec![0.25_f32; BATCH * PIXELS]);
    let (mut value, mut slope) = (vec![0.0; BATCH], vec![0.0; BATCH * PIXELS]);
    criterion.bench_function("bernoulli log_prob_with_slope 128x784", |bench| {
        bench.iter(|| bernoulli::log_prob_with_slope(black_box(&logits), &x, PIXELS, &mut value, &mut slope));
    });
    criterion.bench_function("normal log_prob 128x784", |bench| {
        bench.iter(|| normal::log_prob(black_box(&logits), &logits, &x, PIXELS, &mut value));
    });
}

fn adam(criterion: &mut Criterion) {
    let (grad, mut param, mut m, mut v) =
        (noise(WEIGHTS), noise(WEIGHTS), noise(WEIGHTS), vec![1.0; WEIGHTS]);
    let shared = AdamStep::new(1e-3, 0.9, 0.999, 1e-8, 10);
    criterion.bench_function("adam 784x400", |bench| {
        bench.iter(|| step(&shared, &mut param, black_box(&grad), &mut m, &mut v));
    });
}

criterion_group!(benches, draws, elementary, densities, adam);
criterion_main!(benches);
