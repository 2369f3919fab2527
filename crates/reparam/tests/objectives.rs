//! The objectives against models whose evidence is known.

#![allow(clippy::float_cmp, reason = "what is exact is compared exactly")]

mod common;

use burn::tensor::Tensor;
use common::{assert_close, assert_mean, normal_log_prob};
use reparam::{
    ClosedForm, Elbo, Iwae, LeaveOneOut, MonteCarlo, Normal, Pathwise, Rng, ScoreFunction, StickTheLanding,
    log_mean_exp,
    prelude::*,
    testing::{gradient, parts, tensor, values},
};

/// z ~ Normal(0, 1), x | z ~ Normal(z, 1), x observed: posterior Normal(x/2, √½), evidence Normal(0, √2).
const X: f64 = 1.7;

fn log_joint(z: Tensor<2>) -> Tensor<1> {
    let standard = |z: Tensor<2>| Normal::new(Tensor::zeros_like(&z), Tensor::ones_like(&z)).log_prob(z);
    standard(z.clone()) + standard(z - X)
}

fn log_evidence() -> f64 {
    normal_log_prob(X, 0.0, 2.0f64.sqrt())
}

fn posterior() -> [f64; 2] {
    [X / 2.0, 0.5f64.sqrt()]
}

fn normal(params: Tensor<1>) -> Normal<2> {
    let [loc, scale] = parts(params);
    Normal::new(loc, scale)
}

fn loss(mut objective: impl Objective<Normal<2>, 2>, params: [f64; 2], seed: u64) -> f64 {
    let loss = objective.loss(&normal(tensor(&params, [2])), log_joint, &mut Rng::new(seed));
    values(loss)[0]
}

/// At the posterior log p(x, z) − log q(z) is log p(x) for every z: no draw moves the bound.
#[test]
fn the_bound_is_tight_at_the_posterior() {
    for seed in 0..5 {
        let estimator = Pathwise { particles: 3 };
        assert_close(
            loss(Elbo { estimator, entropy: MonteCarlo }, posterior(), seed),
            -log_evidence(),
            1e-14,
        );
        assert_close(
            loss(Elbo { estimator, entropy: StickTheLanding }, posterior(), seed),
            -log_evidence(),
            1e-14,
        );
        assert_close(loss(Iwae { particles: 7 }, posterior(), seed), -log_evidence(), 1e-14);
        let score = ScoreFunction { particles: 3, baseline: LeaveOneOut };
        let elbo = Elbo { estimator: score, entropy: MonteCarlo };
        assert_close(loss(elbo, posterior(), seed), -log_evidence(), 1e-14);
    }
}

/// The gradient of sticking the landing vanishes there too, draw by draw; that of the full entropy does not.
#[test]
fn sticking_the_landing_has_no_gradient_at_the_posterior() {
    let gradient_of = |stick: bool, seed: u64| {
        let estimator = Pathwise { particles: 1 };
        gradient(&posterior(), |params| {
            let (q, rng) = (normal(params), &mut Rng::new(seed));
            if stick {
                Elbo { estimator, entropy: StickTheLanding }.loss(&q, log_joint, rng)
            } else {
                Elbo { estimator, entropy: MonteCarlo }.loss(&q, log_joint, rng)
            }
        })
    };
    for seed in 0..20 {
        assert!(gradient_of(true, seed).iter().all(|g| g.abs() < 1e-14), "{:?}", gradient_of(true, seed));
        assert!(gradient_of(false, seed).iter().any(|g| g.abs() > 1e-3));
    }
}

/// Value and gradient of the bound away from the posterior, in each form of the entropy.
#[test]
fn three_forms_of_the_entropy_agree_on_average() {
    let q = [0.2, 1.1];
    // E_q[log p(x, z)] = −½ (μ² + σ²) − ½ ((x − μ)² + σ²) − log 2π, entropy log σ + ½ log 2πe.
    let [loc, scale] = q;
    let tau = std::f64::consts::TAU;
    let expected = 0.5 * (loc * loc + (X - loc).powi(2)) + scale * scale + tau.ln()
        - scale.ln()
        - 0.5 * (tau.ln() + 1.0);
    let slopes = [2.0 * loc - X, 2.0 * scale - 1.0 / scale];

    let rows = 20_000;
    for form in 0..3 {
        let leaves = q.map(|value| tensor(&vec![value; rows], [rows, 1]).require_grad());
        let (distribution, rng) = (Normal::new(leaves[0].clone(), leaves[1].clone()), &mut Rng::new(form));
        let mut pathwise = Pathwise { particles: 1 };
        let term = |q: &Normal<2>, z: Tensor<2>| match form {
            0 => ClosedForm.at(q, z),
            1 => MonteCarlo.at(q, z),
            _ => StickTheLanding.at(q, z),
        };
        let bound = pathwise.expectation(&distribution, |q, z| log_joint(z.clone()) + term(q, z), rng);
        let losses = values(-bound.clone());
        assert_mean(&losses, expected);
        let grads = (-bound).sum().backward();
        for (leaf, slope) in leaves.iter().zip(slopes) {
            assert_mean(&values(leaf.grad(&grads).unwrap()), slope);
        }
    }
}

#[test]
fn the_importance_weighted_bound_rises_with_particles() {
    let q = [0.2, 1.1];
    let mut previous = f64::INFINITY;
    for particles in [1, 4, 16, 64] {
        let losses: Vec<f64> = (0..400).map(|seed| loss(Iwae { particles }, q, seed)).collect();
        let mean = losses.iter().sum::<f64>() / losses.len() as f64;
        assert!(mean < previous, "{particles} particles: {mean} after {previous}");
        previous = mean;
        for (seed, iwae) in (0..).zip(losses) {
            // Of the same draws, the logarithm of the mean is at least the mean of the logarithms.
            let elbo = loss(Elbo { estimator: Pathwise { particles }, entropy: MonteCarlo }, q, seed);
            assert!(iwae <= elbo + 1e-14, "{particles} particles, seed {seed}: {iwae} > {elbo}");
        }
    }
    assert_close(previous, -log_evidence(), 0.02);
}

#[test]
fn log_mean_exp_of_extreme_weights() {
    let infinite = f64::NEG_INFINITY;
    let weights = [[1000.0, infinite, infinite, -800.0], [1000.0, 2.0, infinite, -800.0 + 3.0f64.ln()]];
    let means = values(log_mean_exp(tensor(&weights.concat(), [2, 4])));
    assert_eq!(means[0], 1000.0);
    assert_close(means[1], 2.0 - 2.0f64.ln(), 1e-15);
    assert_eq!(means[2], infinite);
    assert_close(means[3], -800.0 + 2.0f64.ln(), 1e-15);
}

/// Its gradient is the softmax of the weights.
#[test]
fn log_mean_exp_has_the_gradient_of_its_weights() {
    let weights = [3.0, -1.0, 2.0];
    let total: f64 = weights.iter().map(|w| f64::exp(*w)).sum();
    let slopes = gradient(&weights, |w| log_mean_exp(w.reshape([3, 1])));
    for (slope, weight) in slopes.iter().zip(weights) {
        assert_close(*slope, weight.exp() / total, 1e-15);
    }
}
