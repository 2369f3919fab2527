//! The objectives against models whose evidence is known.

#![allow(clippy::float_cmp, reason = "what is exact is compared exactly")]

mod common;

use burn::tensor::Tensor;
use common::{assert_close, assert_mean, normal_log_prob};
use reparam::{
    Bernoulli, ClosedForm, Elbo, Enumerate, Iwae, LeaveOneOut, MonteCarlo, Normal, Pathwise, Rng,
    ScoreFunction, StickTheLanding, Vimco, WakeSleep, log_mean_exp,
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

/// log p(x, b) of two bits that are far from independent.
fn log_joint_of_bits(b: Tensor<2>) -> Tensor<1> {
    let b = b * tensor(&[1.3, -0.8], [1, 2]);
    (b.clone().sum_dim(1).squeeze_dim(1) * 2.0).sin() * 1.5 - b.prod_dim(1).squeeze_dim(1)
}

/// With draws of a discrete q: against the bound for two particles, its gradient, by the sum over all pairs of draws.
#[test]
fn vimco_agrees_with_the_enumerated_bound() {
    let logits = [0.7, -0.4];
    // Two particles are one draw of four bits.
    let pair = |l: Tensor<1>| {
        let pairs = Bernoulli::<2>::new(l.clone().repeat_dim(0, 2).reshape([1, 4]));
        let bound = |q: &Bernoulli<2>, b: Tensor<2>| {
            let weight = |place: usize| {
                let b = b.clone().narrow(1, place, 2);
                let q = Bernoulli::new(q.logits().narrow(1, place, 2));
                log_joint_of_bits(b.clone()) - q.log_prob(b)
            };
            log_mean_exp(Tensor::stack(vec![weight(0), weight(2)], 0))
        };
        -Enumerate.expectation(&pairs, bound, &mut Rng::new(0))
    };
    let exact = (values(pair(tensor(&logits, [2])))[0], gradient(&logits, pair));

    let rows = 40_000;
    let leaf = tensor(&logits.repeat(rows), [rows, 2]).require_grad();
    let loss =
        Vimco { particles: 2 }.loss(&Bernoulli::new(leaf.clone()), log_joint_of_bits, &mut Rng::new(8));
    let slopes = values(leaf.grad(&loss.clone().backward()).unwrap() * rows as f64);
    assert_close(values(loss)[0], exact.0, 0.02);
    for (place, exact) in exact.1.into_iter().enumerate() {
        assert_mean(&slopes.iter().skip(place).step_by(2).copied().collect::<Vec<_>>(), exact);
    }
}

/// The value is that of the importance-weighted bound at the same draws, also where some draws are impossible.
#[test]
fn vimco_is_the_importance_weighted_bound() {
    let iwae = Iwae { particles: 5 }.loss(&normal(tensor(&[0.3, 1.2], [2])), log_joint, &mut Rng::new(5));
    let vimco = Vimco { particles: 5 }.loss(&normal(tensor(&[0.3, 1.2], [2])), log_joint, &mut Rng::new(5));
    assert_close(values(vimco)[0], values(iwae)[0], 1e-15);
}

/// Two draws of one bit that must be 1: with both possible, each replaces the other and nothing is learned from the
/// bound; with one possible, that one learns from the bound itself, the other from the bound less that of two like it.
#[test]
fn vimco_with_impossible_draws() {
    let only_one = |b: Tensor<2>| {
        let impossible = b.clone().squeeze_dim::<1>(1).equal_elem(0.0);
        (b.squeeze_dim::<1>(1) * 0.3).mask_fill(impossible, f64::NEG_INFINITY)
    };
    let rows = 2000;
    let leaf = tensor(&vec![0.6; rows], [rows, 1]).require_grad();
    let q = Bernoulli::<2>::new(leaf.clone());
    let drawn = values(q.repeated(2).sample(&mut Rng::new(4)));
    let loss = Vimco { particles: 2 }.loss(&q, only_one, &mut Rng::new(4));
    let slopes = values(leaf.grad(&loss.backward()).unwrap() * -(rows as f64));
    let p = 1.0 / (1.0 + f64::exp(-0.6));
    let weight = 0.3 - p.ln();
    for (row, slope) in slopes.into_iter().enumerate() {
        let (first, second) = (drawn[row], drawn[rows + row]);
        // The bound moves with −log q of the draws that are possible; the score is that of each draw.
        let score = |b: f64| b - p;
        let expected = match first + second {
            2.0 => -score(1.0),
            1.0 => {
                let bound = weight - 2f64.ln();
                -score(1.0) + bound * score(1.0) + (bound - weight) * score(0.0)
            }
            _ => continue,
        };
        assert_close(slope, expected, 1e-12);
    }
}

/// At the posterior every weight is the evidence, whatever the draws: nothing to learn for q.
#[test]
fn vimco_rests_at_the_posterior() {
    let logits = [0.7, -0.4];
    for seed in 0..5 {
        let slopes = gradient(&logits, |l| {
            let q = Bernoulli::<2>::new(l.reshape([1, 2]));
            let posterior = Bernoulli::<2>::new(tensor(&logits, [1, 2]));
            let joint = |b: Tensor<2>| posterior.log_prob(b) - 3.0;
            let loss = Vimco { particles: 3 }.loss(&q, joint, &mut Rng::new(seed));
            assert_close(values(loss.clone())[0], 3.0, 1e-14);
            loss
        });
        let weights_move = gradient(&logits, |l| {
            let q = Bernoulli::<2>::new(l.reshape([1, 2])).repeated(3);
            let draws = q.detached().sample(&mut Rng::new(seed));
            q.log_prob(draws).mean()
        });
        slopes.iter().zip(weights_move).for_each(|(slope, own)| assert_close(*slope, own, 1e-13));
    }
}

/// q moves by the scores of its draws, weighted; the model, here a factor on its log-density, as in the bound.
#[test]
fn wake_sleep_weighs_scores() {
    let [logit, factor] = [0.7, 1.3];
    let loss = |params: Tensor<1>| {
        let q = Bernoulli::<2>::new(params.clone().narrow(0, 0, 1).reshape([1, 1]));
        let joint = |b: Tensor<2>| b.squeeze_dim::<1>(1) * params.clone().narrow(0, 1, 1);
        WakeSleep { particles: 4 }.loss(&q, joint, &mut Rng::new(11))
    };
    let slopes = gradient(&[logit, factor], loss);
    let q = Bernoulli::<2>::new(tensor(&[logit], [1, 1]));
    let b = values(q.repeated(4).sample(&mut Rng::new(11)));
    let p = 1.0 / (1.0 + f64::exp(-logit));
    let weight = |b: f64| (factor * b).exp() / if b == 1.0 { p } else { 1.0 - p };
    let total: f64 = b.iter().map(|b| weight(*b)).sum();
    let mean = |g: &dyn Fn(f64) -> f64| b.iter().map(|b| weight(*b) * g(*b)).sum::<f64>() / total;
    assert!(b.contains(&0.0) && b.contains(&1.0));
    assert_close(slopes[0], -mean(&|b| b - p), 1e-14);
    assert_close(slopes[1], -mean(&|b| b), 1e-14);
    assert_close(values(loss(tensor(&[logit, factor], [2])))[0], -(total / 4.0).ln(), 1e-14);
}
