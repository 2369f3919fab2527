//! Draws where samplers break: tiny, huge and lopsided parameters, in single and double precision.
//!
//! No draw lies on an end of its support or is not finite, and neither is its log-density, nor the gradient of the draw or
//! of the log-density. By default a hundred thousand draws of each;
//!
//!     cargo test --release --workspace --test extreme_draws -- --ignored
//!
//! makes ten million, in seven minutes on two cores, or as many as `REPARAM_TEST_DRAWS` says.

mod common;

use std::{env, f64::consts::PI};

use burn::tensor::{DType, Tensor, TensorData};
use common::device;
use reparam::{
    Beta, BetaPrime, Burr, Cauchy, ContinuousBernoulli, Dagum, Dirichlet, Distribution, Exponential,
    ExponentiallyModifiedNormal, Gamma, GeneralizedGamma, Gompertz, Gumbel, HalfStudentT, InverseGamma,
    JohnsonSU, Kumaraswamy, Laplace, Levy, LkjCholesky, LogNormal, Logistic, Lomax, Maxwell, Nakagami,
    NoncentralChi2, Pareto, Rayleigh, RelaxedBernoulli, RelaxedOneHotCategorical, Reparameterized, Rice, Rng,
    StudentT, TruncatedNormal, VonMises, Weibull,
};

/// Draws made at once.
const ROWS: usize = 1 << 16;

const REAL: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);
const UNIT: (f64, f64) = (0.0, 1.0);

struct Check {
    draws: usize,
    faults: Vec<String>,
}

impl Check {
    /// Draws from a law with these rows of parameters, whose elements live in the open interval.
    fn law<const P: usize, const D: usize, Q: Reparameterized<D>>(
        &mut self,
        name: &str,
        params: [&[f64]; P],
        (low, high): (f64, f64),
        build: impl Fn([Tensor<2>; P]) -> Q,
    ) {
        for dtype in [DType::F32, DType::F64] {
            let mut rng = Rng::new(7);
            let mut left = self.draws;
            while left > 0 {
                let rows = left.min(ROWS);
                left -= rows;
                let leaves = params.map(|row| {
                    let row = TensorData::new(row.to_vec(), [1, row.len()]);
                    let row = Tensor::<2>::from_data(row, (&device(), dtype));
                    row.repeat_dim(0, rows).require_grad()
                });
                let fault = fault(|| build(leaves.clone()), &leaves, (low, high), &mut rng);
                if let Some(fault) = fault {
                    self.faults.push(format!("{name} {params:?} {dtype:?}: {fault}"));
                    break;
                }
            }
        }
    }
}

fn numbers<const D: usize>(x: Tensor<D>) -> Vec<f64> {
    x.into_data().iter::<f64>().collect()
}

fn not_finite<const D: usize>(x: Tensor<D>) -> Option<f64> {
    numbers(x).into_iter().find(|x| !x.is_finite())
}

/// What is wrong with some draws, or with the gradients that they carry.
fn fault<const P: usize, const D: usize, Q: Reparameterized<D>>(
    build: impl Fn() -> Q,
    leaves: &[Tensor<2>; P],
    (low, high): (f64, f64),
    rng: &mut Rng,
) -> Option<String> {
    let z = build().rsample(rng);
    let draws = numbers(z.clone());
    // A triangle of zeros is no draw.
    let inside = |z: &f64| low < *z && *z < high && z.is_finite();
    if let Some(draw) = draws.iter().find(|z| !inside(z) && (D < 3 || **z != 0.0)) {
        return Some(format!("a draw is {draw}"));
    }
    if draws.len() > 100 && draws.iter().all(|z| *z == draws[0]) {
        return Some(format!("all draws are {}", draws[0]));
    }
    let grads = z.clone().sum().backward();
    for leaf in leaves {
        if let Some(grad) = leaf.grad(&grads).and_then(not_finite) {
            return Some(format!("the gradient of a draw is {grad}"));
        }
    }
    let z = z.detach().require_grad();
    let log_prob = build().log_prob(z.clone());
    if let Some(log_prob) = not_finite(log_prob.clone()) {
        return Some(format!("the log-density of a draw is {log_prob}"));
    }
    let grads = log_prob.sum().backward();
    let in_params = leaves.iter().find_map(|leaf| leaf.grad(&grads).and_then(not_finite));
    let in_draw = z.grad(&grads).and_then(not_finite);
    in_params.or(in_draw).map(|grad| format!("the gradient of a log-density is {grad}"))
}

fn continuous(draws: usize) -> Vec<String> {
    let mut check = Check { draws, faults: Vec::new() };
    for a in [1e-4, 1e-3, 1e-2, 0.05, 0.1, 0.5, 1.0, 1e2, 1e4, 1e6] {
        check.law("Gamma", [&[a], &[1.0]], POSITIVE, |[a, rate]| Gamma::<2>::new(a, rate));
        check.law("InverseGamma", [&[a], &[1.0]], POSITIVE, |[a, scale]| InverseGamma::<2>::new(a, scale));
    }
    let shapes = [
        (1e-3, 1e-3),
        (1e-3, 1e3),
        (1e-2, 1e-2),
        (0.05, 0.05),
        (0.1, 0.1),
        (0.5, 0.5),
        (1e3, 1e-3),
        (1e6, 0.5),
        (1e6, 1e6),
        (1.0, 1e6),
    ];
    for (a, b) in shapes {
        check.law("Beta", [&[a], &[b]], UNIT, |[a, b]| Beta::<2>::new(a, b));
    }
    for (a, b) in [(0.01, 0.01), (0.01, 5.0), (0.2, 0.2), (1e3, 1e3), (5.0, 0.01)] {
        check.law("Kumaraswamy", [&[a], &[b]], UNIT, |[a, b]| Kumaraswamy::<2>::new(a, b));
    }
    for alpha in [0.01, 0.1, 1.0, 1e6] {
        check.law("Pareto", [&[1.0], &[alpha]], (1.0, f64::INFINITY), |[scale, alpha]| {
            Pareto::<2>::new(scale, alpha)
        });
    }
    for df in [0.05, 0.1, 0.5, 1.0, 1e6] {
        check.law("StudentT", [&[df], &[0.0], &[1.0]], REAL, |[df, loc, scale]| {
            StudentT::<2>::new(df, loc, scale)
        });
    }
    for (low, high) in [(-1.0, 1.0), (4.0, 5.0), (6.0, 7.0), (8.0, 9.0), (10.0, 11.0)] {
        check.law(
            "TruncatedNormal",
            [&[0.0], &[1.0], &[low], &[high]],
            (low, high),
            |[loc, scale, low, high]| TruncatedNormal::<2>::new(loc, scale, low, high),
        );
    }
    for k in [0.01, 0.05, 0.5, 1e4] {
        check.law("Weibull", [&[1.0], &[k]], POSITIVE, |[scale, k]| Weibull::<2>::new(scale, k));
    }
    for k in [1e-3, 1e-2, 1.0, 1e3, 1e5, 1e6] {
        check.law("VonMises", [&[0.0], &[k]], (-PI, PI), |[loc, k]| VonMises::<2>::new(loc, k));
    }
    let logit = |p: f64| (p / (1.0 - p)).ln();
    for p in [0.4999, 1e-6] {
        check.law("ContinuousBernoulli", [&[logit(p)]], UNIT, |[l]| ContinuousBernoulli::<2>::new(l));
    }
    check.law("Cauchy", [&[0.0], &[1.0]], REAL, |[loc, scale]| Cauchy::<2>::new(loc, scale));
    check.law("Exponential", [&[1.0]], POSITIVE, |[rate]| Exponential::<2>::new(rate));
    check.law("Gumbel", [&[0.0], &[1.0]], REAL, |[loc, scale]| Gumbel::<2>::new(loc, scale));
    check.law("Laplace", [&[0.0], &[1.0]], REAL, |[loc, scale]| Laplace::<2>::new(loc, scale));
    check.law("Logistic", [&[0.0], &[1.0]], REAL, |[loc, scale]| Logistic::<2>::new(loc, scale));
    check.law("LogNormal", [&[0.0], &[1.0]], POSITIVE, |[loc, scale]| LogNormal::<2>::new(loc, scale));
    check.faults
}

fn positive_and_modified(draws: usize) -> Vec<String> {
    let mut check = Check { draws, faults: Vec::new() };
    for scale in [1e-6, 1.0, 1e6] {
        check.law("Rayleigh", [&[scale]], POSITIVE, |[scale]| Rayleigh::<2>::new(scale));
        check.law("Maxwell", [&[scale]], POSITIVE, |[scale]| Maxwell::<2>::new(scale));
        check.law("Levy", [&[0.0], &[scale]], POSITIVE, |[loc, scale]| Levy::<2>::new(loc, scale));
    }
    for df in [0.1, 0.5, 1.0, 1e6] {
        check.law("HalfStudentT", [&[df], &[1.0]], POSITIVE, |[df, scale]| HalfStudentT::<2>::new(df, scale));
    }
    for a in [1e-3, 0.05, 0.5, 1e4] {
        check.law("Nakagami", [&[a], &[1.0]], POSITIVE, |[a, scale]| Nakagami::<2>::new(a, scale));
        for power in [0.3, 1.0, 3.0] {
            check.law("GeneralizedGamma", [&[a], &[1.0], &[power]], POSITIVE, |[a, scale, power]| {
                GeneralizedGamma::<2>::new(a, scale, power)
            });
        }
        for b in [0.05, 1.0, 1e3] {
            check.law("BetaPrime", [&[a], &[b]], POSITIVE, |[a, b]| BetaPrime::<2>::new(a, b));
        }
    }
    for alpha in [0.1, 1.0, 1e6] {
        check.law("Lomax", [&[1.0], &[alpha]], POSITIVE, |[scale, alpha]| Lomax::<2>::new(scale, alpha));
        for k in [0.2, 1.0, 50.0] {
            check.law("Burr", [&[1.0], &[k], &[alpha]], POSITIVE, |[scale, k, alpha]| {
                Burr::<2>::new(scale, k, alpha)
            });
            check.law("Dagum", [&[1.0], &[k], &[alpha]], POSITIVE, |[scale, k, alpha]| {
                Dagum::<2>::new(scale, k, alpha)
            });
        }
    }
    for a in [1e-6, 1.0, 1e6] {
        check.law("Gompertz", [&[a], &[1.0]], POSITIVE, |[a, rate]| Gompertz::<2>::new(a, rate));
    }
    for tailweight in [0.2, 1.0, 50.0] {
        check.law(
            "JohnsonSU",
            [&[-0.5], &[tailweight], &[0.0], &[1.0]],
            REAL,
            |[skewness, tailweight, loc, scale]| JohnsonSU::<2>::new(skewness, tailweight, loc, scale),
        );
    }
    for rate in [1e-3, 1.0, 1e3] {
        check.law("ExponentiallyModifiedNormal", [&[0.0], &[1.0], &[rate]], REAL, |[loc, scale, rate]| {
            ExponentiallyModifiedNormal::<2>::new(loc, scale, rate)
        });
    }
    for (df, noncentrality) in [(0.1, 1.0), (3.0, 1e-3), (3.0, 1e3), (1e3, 10.0)] {
        check.law("NoncentralChi2", [&[df], &[noncentrality]], POSITIVE, |[df, noncentrality]| {
            NoncentralChi2::<2>::new(df, noncentrality)
        });
    }
    for distance in [1e-3, 1.0, 1e3] {
        check.law("Rice", [&[distance], &[1.0]], POSITIVE, |[distance, scale]| {
            Rice::<2>::new(distance, scale)
        });
    }
    check.faults
}

fn relaxed_and_multivariate(draws: usize) -> Vec<String> {
    let mut check = Check { draws, faults: Vec::new() };
    for (temperature, logit) in [(0.01, 0.0), (0.05, -5.0), (0.1, 2.0), (1.0, 0.0)] {
        check.law("RelaxedBernoulli", [&[temperature], &[logit]], UNIT, |[temperature, logit]| {
            RelaxedBernoulli::<2>::new(temperature, logit)
        });
    }
    for temperature in [0.01, 0.1, 0.66] {
        let logits = &[0.0, 1.0, -3.0, 2.0];
        check.law("RelaxedOneHotCategorical", [&[temperature], logits], UNIT, |[temperature, logits]| {
            RelaxedOneHotCategorical::<2>::new(temperature, logits)
        });
    }
    for a in [1e-3, 1e-2, 0.1] {
        check.law("Dirichlet", [&[a; 3]], UNIT, |[a]| Dirichlet::new(a));
    }
    for eta in [1e-3, 1e-2, 0.5, 100.0] {
        // Off the diagonal ±1 is a rounded number; on it 0 is not.
        check.law("LkjCholesky", [&[eta]], (-1.0 - 1e-9, 1.0 + 1e-9), |[eta]| {
            let [rows, _] = eta.dims();
            LkjCholesky::new(3, eta.reshape([rows]))
        });
    }
    check.faults
}

#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn hundred_thousand_draws() {
    assert_none(&continuous(100_000));
}

#[test]
fn ten_thousand_positive_and_modified_draws() {
    assert_none(&positive_and_modified(10_000));
}

#[test]
fn hundred_thousand_relaxed_and_multivariate_draws() {
    assert_none(&relaxed_and_multivariate(100_000));
}

fn many() -> usize {
    env::var("REPARAM_TEST_DRAWS").map_or(10_000_000, |draws| draws.parse().expect("a number of draws"))
}

#[test]
#[ignore = "minutes"]
fn many_draws() {
    assert_none(&continuous(many()));
}

#[test]
#[ignore = "minutes"]
fn many_positive_and_modified_draws() {
    assert_none(&positive_and_modified(many() / 10));
}

#[test]
#[ignore = "minutes"]
fn many_relaxed_and_multivariate_draws() {
    assert_none(&relaxed_and_multivariate(many()));
}

/// The diagonal of a factor is what strong correlations leave: never nothing.
#[test]
fn diagonals_of_correlation_factors_are_positive() {
    for dtype in [DType::F32, DType::F64] {
        for eta in [1e-3, 1e-2, 0.5, 100.0] {
            let eta = Tensor::<1>::full([20_000], eta, (&device(), dtype));
            let lower = numbers(LkjCholesky::new(3, eta).sample(&mut Rng::new(1)));
            let diagonals = lower.chunks(9).flat_map(|matrix| [matrix[0], matrix[4], matrix[8]]);
            assert!(diagonals.into_iter().all(|x| x > 0.0));
        }
    }
}
