//! The normal with a full covariance under the laws.

mod common;

use burn::tensor::Tensor;
use common::{assert_close, assert_mean, normal_cdf};
use reparam::{
    Entropy, MultivariateNormal, Normal, ParamError, Rng, laws,
    prelude::*,
    testing::{Case, Support, tensor, values},
};

/// Six numbers as the lower triangle of a 3 × 3 matrix.
fn lower(entries: Tensor<1>) -> Tensor<3> {
    let mut place = [0.0; 6 * 9];
    for (entry, flat) in [0, 3, 4, 6, 7, 8].into_iter().enumerate() {
        place[entry * 9 + flat] = 1.0;
    }
    let place = tensor(&place, [6, 9]).cast(entries.dtype());
    entries.reshape([1, 6]).matmul(place).reshape([1, 3, 3])
}

const LOC: [f64; 3] = [0.3, -1.0, 2.0];
const FACTOR: [f64; 6] = [1.1, 0.4, 0.8, -0.3, 0.2, 0.6];

/// The lower triangle of L Lᵀ.
fn covariance() -> [f64; 6] {
    let [a, b, c, d, e, f] = FACTOR;
    [a * a, a * b, b * b + c * c, a * d, b * d + c * e, d * d + e * e + f * f]
}

fn case(
    name: &str,
    matrix: [f64; 6],
    build: impl Fn(Tensor<2>, Tensor<3>) -> MultivariateNormal + 'static,
) -> Case<MultivariateNormal, 2> {
    let params = [LOC.to_vec(), matrix.to_vec()].concat();
    let covariance = covariance();
    let scale = [0, 2, 5].map(|diagonal| covariance[diagonal].sqrt());
    Case::new(name, params, move |params| {
        build(params.clone().narrow(0, 0, 3).reshape([1, 3]), lower(params.narrow(0, 3, 6)))
    })
    .cdf(move |j, x| normal_cdf((x - LOC[j]) / scale[j]))
}

const CAPABILITIES: [&str; 7] =
    ["Distribution", "Moments", "Reparameterized", "Reparameterized + Moments", "Explicit", "Entropy", "Kl"];

#[test]
fn from_a_factor() {
    assert_eq!(laws!(case("MultivariateNormal::new", FACTOR, MultivariateNormal::new)), CAPABILITIES);
}

/// The gradient passes through the Cholesky decomposition.
#[test]
fn from_a_covariance() {
    let case = case("MultivariateNormal::from_covariance", covariance(), |loc, covariance| {
        MultivariateNormal::from_covariance(loc, covariance, 0.0)
    });
    assert_eq!(laws!(case), CAPABILITIES);
    let factor = values(case.distribution().factor());
    for (flat, entry) in [0, 3, 4, 6, 7, 8].into_iter().zip(FACTOR) {
        assert_close(factor[flat], entry, 1e-14);
    }
}

#[test]
fn jitter_is_added_to_the_diagonal() {
    let [loc, zero] = [tensor(&[0.0; 2], [1, 2]), tensor(&[0.0; 2], [1, 2])];
    let singular = tensor(&[1.0, 1.0, 1.0, 1.0], [1, 2, 2]);
    let q = MultivariateNormal::from_covariance(loc, singular, 0.25).checked().unwrap();
    assert_close(values(q.variance())[1], 1.25, 1e-14);
    // det (Σ + ¼ I) = 1.25² − 1.
    let expected = -0.5 * 0.5625f64.ln() - std::f64::consts::TAU.ln();
    assert_close(values(q.log_prob(zero))[0], expected, 1e-14);
}

#[test]
fn a_matrix_that_is_not_positive_definite_is_named() {
    let loc = || tensor(&[0.0; 2], [1, 2]);
    let indefinite = || tensor(&[1.0, 2.0, 2.0, 1.0], [1, 2, 2]);
    let q = MultivariateNormal::from_covariance(loc(), indefinite(), 0.0);
    assert_eq!(
        q.checked().unwrap_err().to_string(),
        "MultivariateNormal: covariance must be positive definite; the pivot of row 1 of matrix 0 is -3: look for rows that \
         depend on others, or add a larger jitter to the diagonal"
    );
    let why = MultivariateNormal::from_precision(loc(), indefinite()).checked().unwrap_err();
    let ParamError::NotPositiveDefinite { parameter, index, row, pivot, .. } = why else { panic!("{why}") };
    assert_eq!((parameter, index, row, pivot), ("precision", 0, 0, -3.0));

    let q = MultivariateNormal::new(loc(), tensor(&[1.0, 0.0, 0.5, 0.0], [1, 2, 2]));
    assert!(q.checked().unwrap_err().to_string().ends_with("got 0 at index [0, 1]"));
}

/// The gradient passes through the inversion.
#[test]
fn from_a_precision() {
    // The inverse of the covariance of `FACTOR`, from the factor's own inverse.
    let inverse = {
        let [a, b, c, d, e, f] = FACTOR;
        let (i, j, k) = (1.0 / a, 1.0 / c, 1.0 / f);
        [i, -b * i * j, j, (b * e - c * d) * i * j * k, -e * j * k, k]
    };
    let [i, b, j, c, e, k] = inverse;
    let precision = [i * i + b * b + c * c, b * j + c * e, j * j + e * e, c * k, e * k, k * k];
    let case = case("MultivariateNormal::from_precision", precision, MultivariateNormal::from_precision);
    assert_eq!(laws!(case), CAPABILITIES);
    let factor = values(case.distribution().factor());
    for (flat, entry) in [0, 3, 4, 6, 7, 8].into_iter().zip(FACTOR) {
        assert_close(factor[flat], entry, 1e-14);
    }
}

/// Neither in densities nor in draws nor in divergences.
#[test]
fn what_stands_above_the_diagonal_is_not_read() {
    let [loc, x] = [tensor(&LOC, [1, 3]), tensor(&[0.5, -0.5, 1.0], [1, 3])];
    let factor = lower(tensor(&FACTOR, [6]));
    let filled = factor.clone() + Tensor::ones_like(&factor).triu(1) * 7.0;
    let [q, p] = [factor, filled].map(|factor| MultivariateNormal::new(loc.clone(), factor));
    assert_close(values(p.log_prob(x.clone()))[0], values(q.log_prob(x))[0], 0.0);
    assert_close(values(p.kl(&q))[0] + values(q.kl(&p))[0], 0.0, 0.0);
    let draws = [&q, &p].map(|q| values(q.sample(&mut Rng::new(6))));
    assert_eq!(draws[0], draws[1]);
    assert_eq!(values(p.variance()), values(q.variance()));
}

#[test]
fn divergence() {
    let q = case("q", FACTOR, MultivariateNormal::new);
    let p = case("p", [0.8, -0.2, 1.3, 0.1, 0.5, 0.9], MultivariateNormal::new);
    q.divergence_is_mean_of_draws(&q);
    q.divergence_is_mean_of_draws(&p);
    p.divergence_is_mean_of_draws(&q);
}

/// The covariance of the draws, which their marginals do not show.
#[test]
fn draws_are_correlated() {
    let q = case("q", FACTOR, MultivariateNormal::new).distribution();
    let draws = values(q.repeated(20_000).sample(&mut Rng::new(4)));
    let covariance = covariance();
    for (i, j, entry) in [(1, 0, 1), (2, 0, 3), (2, 1, 4)] {
        let products: Vec<f64> = draws.chunks(3).map(|z| (z[i] - LOC[i]) * (z[j] - LOC[j])).collect();
        assert_mean(&products, covariance[entry]);
    }
}

/// With a diagonal factor it is the diagonal normal; over one number its density integrates to one.
#[test]
fn agrees_with_the_diagonal_normal() {
    let (loc, scale) = (tensor(&LOC, [1, 3]), tensor(&[1.1, 0.8, 0.6], [1, 3]));
    let full = MultivariateNormal::new(loc.clone(), lower(tensor(&[1.1, 0.0, 0.8, 0.0, 0.0, 0.6], [6])));
    let diagonal = Normal::new(loc, scale);
    let x = diagonal.sample(&mut Rng::new(5));
    assert_close(values(full.log_prob(x.clone()))[0], values(diagonal.log_prob(x))[0], 1e-14);
    assert_close(values(full.entropy())[0], values(diagonal.entropy())[0], 1e-14);
    let shifted = |q: Tensor<2>| q + 0.5;
    let kl = [
        values(full.kl(&MultivariateNormal::new(shifted(full.loc()), full.factor() * 1.5)))[0],
        values(diagonal.kl(&Normal::new(shifted(diagonal.loc()), diagonal.scale() * 1.5)))[0],
    ];
    assert_close(kl[0], kl[1], 1e-14);
    // Between the two kinds, each way: 0 for the same law, else as within one kind.
    let (p, p_full) = (
        Normal::new(shifted(diagonal.loc()), diagonal.scale() * 1.5),
        MultivariateNormal::new(shifted(full.loc()), full.factor() * 1.5),
    );
    assert_eq!([values(full.kl(&diagonal))[0], values(diagonal.kl(&full))[0]], [0.0, 0.0]);
    assert_close(values(full.kl(&p))[0], kl[0], 1e-14);
    assert_close(values(diagonal.kl(&p_full))[0], kl[0], 1e-14);

    let single = Case::<_, 2>::new("MultivariateNormal in one dimension", [0.3, 1.2], |params| {
        let [loc, factor] = reparam::testing::parts(params);
        MultivariateNormal::new(loc, factor.reshape([1, 1, 1]))
    });
    assert_eq!(laws!(single.support(Support::Interval(-14.0, 15.0))), CAPABILITIES);
}
