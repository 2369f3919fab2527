//! The autoencoder on a linear-Gaussian model, where the posterior and the evidence are known.

mod common;

use burn::{
    module::{Module, Param},
    tensor::Tensor,
};
use common::{assert_close, assert_mean, normal_log_prob};
use reparam::{
    ElboTerms, Family, Normal, Rng, Vae,
    prelude::*,
    testing::{tensor, values},
};

/// x | z ~ Normal(W z + B, S) with one latent and z ~ Normal(0, 1): x ~ Normal(B, √(W² + S²)).
const W: f64 = 1.5;
const B: f64 = -0.3;
const S: f64 = 0.8;

/// A normal whose mean is linear in the context: decoder, and encoder.
#[derive(Module, Debug)]
struct Linear {
    slope: Param<Tensor<2>>,
    intercept: Param<Tensor<2>>,
    scale: Param<Tensor<2>>,
}

impl Linear {
    fn new(slope: f64, intercept: f64, scale: f64) -> Self {
        let [slope, intercept, scale] =
            [slope, intercept, scale].map(|x| Param::from_tensor(tensor(&[x], [1, 1])));
        Self { slope, intercept, scale }
    }
}

impl Family<Tensor<2>> for Linear {
    type Dist = Normal<2>;
    fn given(&self, context: Tensor<2>) -> Normal<2> {
        Normal::new(context.matmul(self.slope.val()) + self.intercept.val(), self.scale.val())
    }
}

/// Normal(0, 1) in double precision.
#[derive(Module, Debug)]
struct Prior {
    zero: Tensor<2>,
}

impl Family<()> for Prior {
    type Dist = Normal<2>;
    fn given(&self, (): ()) -> Normal<2> {
        Normal::new(self.zero.clone(), self.zero.clone() + 1.0)
    }
}

/// z | x ~ Normal(W (x − B) / (W² + S²), S / √(W² + S²)).
fn exact_encoder() -> Linear {
    let precision = W * W + S * S;
    Linear::new(W / precision, -W * B / precision, S / precision.sqrt())
}

fn vae(encoder: Linear) -> Vae<Linear, Prior, Linear> {
    Vae::new(encoder, Prior { zero: tensor(&[0.0], [1, 1]) }, Linear::new(W, B, S))
}

const DATA: [f64; 3] = [-2.0, 0.4, 1.9];

fn data() -> Tensor<2> {
    tensor(&DATA, [3, 1])
}

fn evidence() -> [f64; 3] {
    DATA.map(|x| normal_log_prob(x, B, W.hypot(S)))
}

/// With the exact posterior every weight is p(x), so one particle is as good as a thousand.
#[test]
fn evidence_is_exact_with_the_posterior() {
    for particles in [1, 5] {
        let found = values(vae(exact_encoder()).log_evidence(data(), particles, &mut Rng::new(1)));
        for (found, exact) in found.into_iter().zip(evidence()) {
            assert_close(found, exact, 1e-13);
        }
    }
}

#[test]
fn evidence_converges_with_particles() {
    let vae = vae(Linear::new(0.4, 0.1, 0.9));
    let particles = 4000;
    let rows = 50;
    // Weights p(x, z) / q(z) average to p(x), whatever q.
    for (x, exact) in DATA.into_iter().zip(evidence()) {
        let rows = tensor(&vec![x; rows], [rows, 1]);
        let weights: Vec<f64> = values(vae.log_evidence(rows.clone(), particles, &mut Rng::new(2)))
            .into_iter()
            .map(|log_weight| (log_weight - exact).exp())
            .collect();
        assert_mean(&weights, 1.0);
        let off = |particles: usize| {
            let found = values(vae.log_evidence(rows.clone(), particles, &mut Rng::new(3)));
            exact - found.iter().sum::<f64>() / found.len() as f64
        };
        assert!(off(1) > 3.0 * off(10).abs() && off(particles).abs() < 0.01, "{} {}", off(1), off(10));
    }
}

#[test]
fn the_bound_is_reconstruction_minus_divergence() {
    let vae = vae(Linear::new(0.4, 0.1, 0.9));
    let terms = vae.terms(data(), 20_000, &mut Rng::new(4));
    assert_eq!([terms.reconstruction.dims(), terms.elbo().dims()], [[3], [3]]);
    assert_eq!(terms.kl.dims(), [3, 1]);
    let [elbo, reconstruction, kl] = [terms.elbo(), terms.reconstruction, terms.kl.reshape([3])].map(values);
    for i in 0..3 {
        let (mean, scale) = (0.4 * DATA[i] + 0.1, 0.9f64);
        assert_close(kl[i], 0.5 * (mean * mean + scale * scale - 1.0) - scale.ln(), 1e-14);
        assert_close(elbo[i], reconstruction[i] - kl[i], 1e-15);
        // E_q[log p(x|z)] = log Normal(x; W mean + B, S) − ½ (W scale / S)².
        let exact = normal_log_prob(DATA[i], W * mean + B, S) - 0.5 * (W * scale / S).powi(2);
        assert_close(reconstruction[i], exact, 0.1);
        assert!(elbo[i] < evidence()[i]);
    }
    // With the exact posterior the bound's mean is the evidence.
    let terms = self::vae(exact_encoder()).terms(data(), 20_000, &mut Rng::new(5));
    for (found, exact) in values(terms.elbo()).into_iter().zip(evidence()) {
        assert_close(found, exact, 0.02);
    }
}

/// The bound at the exact posterior, one draw per row: its mean is the evidence.
#[test]
fn the_bound_is_unbiased() {
    let rows = 20_000;
    let x = tensor(&vec![DATA[2]; rows], [rows, 1]);
    let terms = vae(exact_encoder()).terms(x, 1, &mut Rng::new(6));
    assert_mean(&values(terms.elbo()), evidence()[2]);
}

#[test]
fn beta_and_free_bits_weigh_the_divergence() {
    let terms =
        ElboTerms { reconstruction: tensor(&[-10.0, -20.0], [2]), kl: tensor(&[0.1, 3.0, 0.3, 5.0], [2, 2]) };
    let loss = |beta, free_bits| values(terms.loss(beta, free_bits))[0];
    assert_close(loss(1.0, 0.0), 15.0 + 0.2 + 4.0, 1e-15);
    assert_close(loss(0.5, 0.0), 15.0 + 0.5 * 4.2, 1e-15);
    // The batch mean of the first dimension, 0.2, is below the floor; single rows do not count.
    assert_close(loss(2.0, 0.25), 15.0 + 2.0 * (0.25 + 4.0), 1e-15);
}

/// A dimension below the floor has no gradient, one above it the whole.
#[test]
fn free_bits_stop_the_gradient_below_the_floor() {
    let kl = tensor(&[0.1, 3.0, 0.3, 5.0], [2, 2]).require_grad();
    let terms = ElboTerms { reconstruction: tensor(&[0.0, 0.0], [2]), kl: kl.clone() };
    let grads = terms.loss(1.0, 0.25).backward();
    assert_eq!(values(kl.grad(&grads).unwrap()), [0.0, 0.5, 0.0, 0.5]);
}

#[test]
fn reconstruct_and_generate() {
    let vae = vae(exact_encoder());
    let reconstructed = values(vae.reconstruct(data()));
    for (found, x) in reconstructed.into_iter().zip(DATA) {
        assert_close(found, B + W * W * (x - B) / (W * W + S * S), 1e-14);
    }
    let generated = vae.generate(20_000, &mut Rng::new(7));
    assert_eq!(generated.dims(), [20_000, 1]);
    let means = values(generated.mean());
    assert_mean(&means, B);
    let squares: Vec<f64> = means.iter().map(|mean| (mean - B).powi(2)).collect();
    assert_mean(&squares, W * W);
}
