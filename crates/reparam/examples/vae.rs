//! A variational autoencoder from start to end, on data whose law is known: a bar of four lit pixels somewhere on a
//! ring of sixteen, every pixel flipped with probability 0.05.
//!
//! No model can describe the rows in fewer nats than their own law does, so that number stands beside the bound.

use burn::{
    optim::GradientsParams,
    tensor::{Device, Tensor, TensorData},
};
use reparam::{
    Adam, Bernoulli, BernoulliNet, Distribution, NormalNet, Rng, StandardNormal, Vae, nn::Activation,
};
use reparam_testing::Moments;

const PIXELS: usize = 16;
const FLIP: f64 = 0.05;
const LATENT: usize = 2;
const STEPS: usize = 1_500;
const BATCH: usize = 128;

type Model = Vae<NormalNet, StandardNormal, BernoulliNet>;

/// Whether the bar at `place` lights `pixel`.
fn lit(place: usize, pixel: usize) -> bool {
    (pixel + PIXELS - place) % PIXELS < 4
}

/// `count` rows, with the places in turn.
fn rows(count: usize, device: &Device, rng: &mut Rng) -> Tensor<2> {
    let probs =
        (0..count * PIXELS).map(|i| if lit(i / PIXELS % PIXELS, i % PIXELS) { 1.0 - FLIP } else { FLIP });
    let probs = TensorData::new(probs.map(|p| p as f32).collect(), [count, PIXELS]);
    Bernoulli::from_probs(Tensor::<2>::from_data(probs, device)).sample(rng)
}

/// log p(x) under the law that made the rows.
fn log_source(row: &[f64]) -> f64 {
    let at = |place| {
        let flips = (0..PIXELS).filter(|&pixel| lit(place, pixel) != (row[pixel] > 0.5)).count() as i32;
        FLIP.powi(flips) * (1.0 - FLIP).powi(PIXELS as i32 - flips)
    };
    ((0..PIXELS).map(at).sum::<f64>() / PIXELS as f64).ln()
}

/// Trains on fresh rows at every step.
fn train(device: &Device, rng: &mut Rng) -> Model {
    let encoder = NormalNet::new(PIXELS, &[64], LATENT, Activation::Relu, device, rng);
    let decoder = BernoulliNet::new(LATENT, &[64], PIXELS, Activation::Relu, device, rng);
    let mut model = Vae::new(encoder, StandardNormal::new(LATENT, device), decoder);
    let mut optimizer = Adam::default().init();
    for _ in 0..STEPS {
        let loss = model.terms(rows(BATCH, device, rng), 1, rng).loss(1.0, 0.0);
        let gradients = GradientsParams::from_grads(loss.backward(), &model);
        model = optimizer.step(5e-3, model, gradients);
    }
    model
}

/// Nats per held-out row.
pub struct Report {
    /// −ELBO, an upper bound on the next.
    pub bound: Moments,
    /// −log p(x) of the model, by importance sampling.
    pub evidence: Moments,
    /// −log p(x) of the law that made the rows: the least possible.
    pub source: Moments,
}

/// Trains, then scores rows that training has not seen.
pub fn train_and_score() -> Report {
    let device = Device::flex().autodiff();
    let mut rng = Rng::new(8);
    let model = train(&device, &mut rng);

    let held_out = rows(2_048, &device, &mut rng);
    let nats = |score: Tensor<1>| score.into_data().iter::<f64>().map(|x| -x).collect();
    let pixels: Vec<f64> = held_out.to_data().iter().collect();
    Report {
        bound: nats(model.terms(held_out.clone(), 1, &mut rng).elbo()),
        evidence: nats(model.log_evidence(held_out, 64, &mut rng)),
        source: pixels.chunks(PIXELS).map(|row| -log_source(row)).collect(),
    }
}

fn main() {
    let Report { bound, evidence, source } = train_and_score();
    let line = |name: &str, nats: Moments| {
        println!("{name:<44}{:>8.3} ± {:.3}", nats.mean(), nats.standard_error());
    };
    println!("nats per held-out row:");
    line("−ELBO", bound);
    line("−log p(x) by importance sampling, 64 draws", evidence);
    line("−log p(x) exact, under the law of the data", source);
}
