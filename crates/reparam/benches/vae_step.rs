//! One training step of the dense autoencoder 784-400-(20,20)-400-784, everything included: batch, noise, forward,
//! backward, Adam.
//!
//! `cargo bench -p reparam --bench vae_step -- [batch, default 128] [threads, default 2]` prints one JSON object:
//! `ms_per_step` is the median of 7 rounds of 60 steps.

use std::time::Instant;

use burn::optim::{GradientsParams, ModuleOptimizer};
use burn::tensor::{Device, Tensor, TensorData};
use reparam::nn::Activation;
use reparam::{Adam, BernoulliNet, NormalNet, Rng, StandardNormal, Vae};

/// The allocator of the command, since it is the command's steps that are timed.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 7;
const STEPS: usize = 60;
const PIXELS: usize = 784;
const HIDDEN: usize = 400;
const LATENT: usize = 20;

type Net = Vae<NormalNet, StandardNormal, BernoulliNet>;

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|arg| arg.parse().ok());
    let batch: usize = numbers.next().unwrap_or(128);
    let threads: usize = numbers.next().unwrap_or(2);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads for a pool");
    // From inside the pool, where a parallel operation begins at once on the thread that calls it.
    let milliseconds = pool.install(|| median_step(batch));
    println!(
        r#"{{"peer": "reparam", "workload": "vae-step", "batch": {batch}, "threads": {threads}, "ms_per_step": {milliseconds:.3}}}"#
    );
}

/// Milliseconds per step, the median of the rounds.
fn median_step(batch: usize) -> f64 {
    let device = Device::flex().autodiff();
    let mut rng = Rng::new(0);
    let mut net = Net::new(
        NormalNet::new(PIXELS, &[HIDDEN], LATENT, Activation::Relu, &device, &mut rng),
        StandardNormal::new(LATENT, &device),
        BernoulliNet::new(LATENT, &[HIDDEN], PIXELS, Activation::Relu, &device, &mut rng),
    );
    let mut optimizer = Adam::default().init();
    let mut uniform = vec![0.0f32; STEPS * batch * PIXELS];
    rng.fill_uniform(&mut uniform);
    let data: Vec<f32> = uniform.into_iter().map(|u| f32::from(u > 0.8)).collect();

    let mut times = Vec::with_capacity(ROUNDS + 1);
    for _ in 0..=ROUNDS {
        let start = Instant::now();
        for rows in data.chunks_exact(batch * PIXELS) {
            let x = Tensor::from_data(TensorData::new(rows.to_vec(), [batch, PIXELS]), &device);
            net = step(net, &mut optimizer, x, &mut rng);
        }
        times.push(start.elapsed().as_secs_f64() * 1e3 / STEPS as f64);
    }
    // The first round warms up.
    times.remove(0);
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn step(net: Net, optimizer: &mut ModuleOptimizer, x: Tensor<2>, rng: &mut Rng) -> Net {
    let loss = net.terms(x, 1, rng).loss(1.0, 0.0);
    let gradients = GradientsParams::from_grads(loss.backward(), &net);
    optimizer.step(1e-3, net, gradients)
}
