//! The gradients of importance-weighted bounds, on a model whose bound is an integral.

mod common;

use burn::tensor::Tensor;
use common::{assert_close, normal_log_prob};
use reparam::{
    DReG, Elbo, Iwae, IwaeStickTheLanding, Normal, Pathwise, Rng, StickTheLanding,
    prelude::*,
    testing::{gradient, parts, rates, tensor, values},
};
use reparam_testing::{GaussHermite, MeanTest, Moments, derivative};

/// z ~ Normal(0, 1), x | z ~ Normal(z, 1), x observed: posterior Normal(x/2, √½).
const X: f64 = 1.7;
const GUIDE: [f64; 2] = [0.4, 0.9];

fn log_joint(z: Tensor<2>) -> Tensor<1> {
    log_joint_at(z, tensor(&[X], [1, 1]))
}

fn log_joint_at(z: Tensor<2>, x: Tensor<2>) -> Tensor<1> {
    let standard = |z: Tensor<2>| Normal::new(Tensor::zeros_like(&z), Tensor::ones_like(&z)).log_prob(z);
    standard(z.clone()) + standard(z - x)
}

fn normal(params: Tensor<1>) -> Normal<2> {
    let [loc, scale] = parts(params);
    Normal::new(loc, scale)
}

/// Slopes in loc and scale of the bound, not the loss, from independent rows.
fn slopes(mut objective: impl Objective<Normal<2>, 2>, rows: usize) -> [Moments; 2] {
    let leaves = GUIDE.map(|value| tensor(&vec![value; rows], [rows, 1]).require_grad());
    let q = Normal::new(leaves[0].clone(), leaves[1].clone());
    let grads = objective.loss(&q, log_joint, &mut Rng::new(1)).backward();
    leaves.map(|leaf| {
        values(leaf.grad(&grads).unwrap()).into_iter().map(|slope| -slope * rows as f64).collect()
    })
}

/// E\[log ½ (w₁ + w₂)\] of one or two draws, with 60 nodes for each.
fn bound(particles: usize, [loc, scale]: [f64; 2]) -> f64 {
    let nodes = GaussHermite::new(60);
    let log_weight =
        |z: f64| normal_log_prob(z, 0.0, 1.0) + normal_log_prob(X, z, 1.0) - normal_log_prob(z, loc, scale);
    let of_two = |a: f64, b: f64| a.max(b) + (-(a - b).abs()).exp().ln_1p() - std::f64::consts::LN_2;
    nodes.expectation(loc, scale, |z| match particles {
        1 => log_weight(z),
        _ => nodes.expectation(loc, scale, |other| of_two(log_weight(z), log_weight(other))),
    })
}

/// The slopes of the bound, by differences of the integral.
fn exact(particles: usize) -> [f64; 2] {
    [0, 1].map(|place| {
        let along = |x: f64| {
            let mut moved = GUIDE;
            moved[place] = x;
            bound(particles, moved)
        };
        let found = derivative(along, GUIDE[place], 0.05);
        assert!(found.error < 1e-7, "{}", found.error);
        found.value
    })
}

#[test]
fn gradients_agree_with_the_integral() {
    let test = MeanTest::new(rates());
    for particles in [1, 2] {
        let exact = exact(particles);
        let plain = slopes(Iwae { particles }, 20_000);
        let double = slopes(DReG { particles }, 20_000);
        for (found, exact) in plain.iter().chain(&double).zip(exact.iter().chain(&exact)) {
            test.check(found, *exact).unwrap();
        }
        let sticking = slopes(IwaeStickTheLanding { particles }, 20_000);
        let unbiased = sticking.iter().zip(exact).all(|(found, exact)| test.check(found, exact).is_ok());
        assert_eq!(unbiased, particles == 1, "sticking the landing with {particles} particles");
    }
}

/// Of one draw the weight is 1: both are the bound of one particle with the landing stuck.
#[test]
fn one_particle_sticks_the_landing() {
    let gradient_of = |which: usize| {
        gradient(&GUIDE, |params| {
            let (q, rng) = (normal(params), &mut Rng::new(2));
            match which {
                0 => DReG { particles: 1 }.loss(&q, log_joint, rng),
                1 => IwaeStickTheLanding { particles: 1 }.loss(&q, log_joint, rng),
                _ => {
                    let estimator = Pathwise { particles: 1 };
                    Elbo { estimator, entropy: StickTheLanding }.loss(&q, log_joint, rng)
                }
            }
        })
    };
    let [double, sticking, elbo] = [0, 1, 2].map(gradient_of);
    for place in 0..2 {
        assert_close(double[place], elbo[place], 1e-14);
        assert_close(sticking[place], elbo[place], 1e-14);
    }
}

#[test]
fn nothing_moves_at_the_posterior() {
    let posterior = [X / 2.0, 0.5_f64.sqrt()];
    for seed in 0..20 {
        let found = |double: bool| {
            gradient(&posterior, |params| {
                let (q, rng) = (normal(params), &mut Rng::new(seed));
                if double {
                    DReG { particles: 5 }.loss(&q, log_joint, rng)
                } else {
                    IwaeStickTheLanding { particles: 5 }.loss(&q, log_joint, rng)
                }
            })
        };
        assert!(found(true).iter().chain(&found(false)).all(|slope| slope.abs() < 1e-14));
    }
}

/// Value, and gradient in a parameter of the model, are those of the bound from the same draws.
#[test]
fn the_model_has_the_gradient_of_the_bound() {
    let run = |double: bool| {
        let x = tensor(&[X], [1, 1]).require_grad();
        let (q, rng) = (normal(tensor(&GUIDE, [2])), &mut Rng::new(3));
        let joint = |z: Tensor<2>| log_joint_at(z, x.clone());
        let loss = if double {
            DReG { particles: 6 }.loss(&q, joint, rng)
        } else {
            Iwae { particles: 6 }.loss(&q, joint, rng)
        };
        [values(loss.clone())[0], values(x.grad(&loss.backward()).unwrap())[0]]
    };
    let (double, plain) = (run(true), run(false));
    assert_close(double[0], plain[0], 1e-14);
    assert_close(double[1], plain[1], 1e-14);
}

/// A draw without weight takes no part, and makes no NaN.
#[test]
fn draws_without_weight_are_passed_over() {
    let half = |z: Tensor<2>| {
        let below = z.clone().lower_elem(0.4).reshape([z.dims()[0]]);
        log_joint(z).mask_fill(below, f64::NEG_INFINITY)
    };
    let found =
        gradient(&GUIDE, |params| DReG { particles: 16 }.loss(&normal(params), half, &mut Rng::new(4)));
    assert!(found.iter().all(|slope| slope.is_finite() && *slope != 0.0), "{found:?}");
}

/// Measured for loc from 4 particles to 64: 0.19 to 0.03 for the plain gradient, 1.5 to 5.9 for the double one.
#[test]
fn the_signal_does_not_drown_with_particles() {
    let ratio = |[in_loc, _]: [Moments; 2]| in_loc.mean().abs() / in_loc.variance().sqrt();
    let plain = [4, 64].map(|particles| ratio(slopes(Iwae { particles }, 2000)));
    let double = [4, 64].map(|particles| ratio(slopes(DReG { particles }, 2000)));
    println!("plain {plain:?}, double {double:?}");
    // Each ratio is known to ±0.02.
    assert!(plain[1] < 0.6 * plain[0], "{plain:?}");
    assert!(double[1] > 2.0 * double[0], "{double:?}");
}
