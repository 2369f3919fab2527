//! The smallest variational autoencoder: one datum x = 2, one latent, one linear decoder ŷ = w z + b, trained by
//! stochastic gradient descent on ½ (ŷ − x)² + KL(q ‖ prior), where q = Normal(μ, σ) and the prior is standard normal.
//!
//! Once with the derivatives written out by hand and once by back-propagation, on the same noise: the parameters agree
//! at every step. Exact minimum: the bias alone explains one datum, so b = x, w = 0, q is the prior, and the loss is 0.

use burn::tensor::{DType, Device, Tensor};
use reparam::{Kl, Normal, Reparameterized, Rng};

const X: f64 = 2.0;
const LEARNING_RATE: f64 = 0.01;
const STEPS: usize = 5_000;
const SEED: u64 = 3;

/// μ, log σ², w, b.
pub type Parameters = [f64; 4];
const START: Parameters = [0.0, -0.5, 0.1, 0.0];
/// Where the expected loss is least.
pub const OPTIMUM: Parameters = [0.0, 0.0, 0.0, X];

/// The expectation of the loss over the noise, in closed form.
pub fn expected_loss([loc, log_variance, weight, bias]: Parameters) -> f64 {
    let variance = log_variance.exp();
    let squared_error = (weight * loc + bias - X).powi(2) + weight * weight * variance;
    let twice_kl = loc * loc + log_variance.exp_m1() - log_variance;
    0.5 * (squared_error + twice_kl)
}

/// The gradient of the loss at one draw, by the chain rule from the loss back to each parameter.
fn gradient_by_hand([loc, log_variance, weight, bias]: Parameters, noise: f64) -> Parameters {
    let scale = (log_variance / 2.0).exp();
    let z = loc + scale * noise;
    let residual = weight * z + bias - X;

    let dz = residual * weight;
    [
        // dz/dμ = 1; ∂KL/∂μ = μ.
        dz + loc,
        // dz/d log σ² = ½ σ ε; ∂KL/∂ log σ² = ½ (σ² − 1).
        dz * scale * noise / 2.0 + (scale * scale - 1.0) / 2.0,
        residual * z,
        residual,
    ]
}

/// The loss at one draw; its gradient is left to back-propagation.
fn loss([loc, log_variance, weight, bias]: [Tensor<2>; 4], rng: &mut Rng) -> Tensor<1> {
    let q = Normal::from_log_variance(loc, log_variance);
    let prior = Normal::from_log_variance(Tensor::zeros_like(&q.loc()), Tensor::zeros_like(&q.loc()));
    let z = q.rsample(rng);
    let residual = weight * z + bias - X;
    residual.square().sum() / 2.0 + q.kl(&prior)
}

/// What training both ways shows.
pub struct Training {
    /// The parameters after the last step.
    pub parameters: Parameters,
    /// The largest difference between the two ways in any parameter after any step.
    pub disagreement: f64,
}

/// Trains both ways side by side.
pub fn train() -> Training {
    let device = Device::flex().autodiff();
    let mut rng = Rng::new(SEED);
    let mut same_rng = rng.clone();

    let mut by_hand = START;
    let mut tracked = START.map(|start| Tensor::<2>::full([1, 1], start, (&device, DType::F64)));
    let mut disagreement = 0.0f64;
    for _ in 0..STEPS {
        let mut noise = [0.0];
        rng.fill_normal(&mut noise);
        let slopes = gradient_by_hand(by_hand, noise[0]);
        for (parameter, slope) in by_hand.iter_mut().zip(slopes) {
            *parameter -= LEARNING_RATE * slope;
        }

        tracked = tracked.map(|parameter| parameter.detach().require_grad());
        let gradients = loss(tracked.clone(), &mut same_rng).backward();
        tracked = tracked.map(|parameter| {
            let slope = Tensor::from_inner(parameter.grad(&gradients).expect("it was tracked"));
            parameter - slope * LEARNING_RATE
        });

        for (parameter, tracked) in by_hand.iter().zip(&tracked) {
            disagreement = disagreement.max((parameter - tracked.clone().into_scalar::<f64>()).abs());
        }
    }
    Training { parameters: by_hand, disagreement }
}

fn main() {
    let Training { parameters, disagreement } = train();
    println!("{:<16}{:>12}{:>12}{:>18}", "", "start", "exact", "trained is off");
    let names = ["μ", "log σ²", "w", "b"];
    for (((name, start), trained), exact) in names.iter().zip(START).zip(parameters).zip(OPTIMUM) {
        println!("{name:<16}{start:>12.6}{exact:>12.6}{:>+18.1e}", trained - exact);
    }
    let [start, trained] = [START, parameters].map(expected_loss);
    println!("{:<16}{start:>12.6}{:>12.6}{trained:>+18.1e}", "expected loss", 0.0);
    println!("\nBy hand and by back-propagation: at most {disagreement:.1e} apart in {STEPS} steps.");
}
