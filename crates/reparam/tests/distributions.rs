//! The distributions under the laws, with parameters up to the edges of double precision.

mod common;

use burn::tensor::Tensor;
use common::{assert_close, normal_cdf};
use reparam::{
    Bernoulli, Kl, Normal, laws,
    prelude::*,
    testing::{Case, Support, parts, tensor, values},
};

/// A normal over one number whose standard deviation is known to be `scale`.
fn normal(
    name: &str,
    params: [f64; 2],
    scale: f64,
    build: fn(Tensor<2>, Tensor<2>) -> Normal<2>,
) -> Case<Normal<2>, 2> {
    let loc = params[0];
    Case::new(format!("{name}{params:?}"), params, move |params| {
        let [loc, raw] = parts(params);
        build(loc, raw)
    })
    .support(Support::Interval(loc - 12.0 * scale, loc + 12.0 * scale))
    .cdf(move |_, x| normal_cdf((x - loc) / scale))
}

const NORMAL: [&str; 8] = [
    "Distribution",
    "Factorized",
    "Moments",
    "Reparameterized",
    "Reparameterized + Moments",
    "Explicit",
    "Entropy",
    "Kl",
];

#[test]
fn normal_from_scale() {
    for (loc, scale) in [(0.3, 1.2), (-2.0, 1e-3), (7.0, 1e3)] {
        assert_eq!(laws!(normal("Normal::new", [loc, scale], scale, Normal::new)), NORMAL);
    }
}

#[test]
fn normal_from_log_variance() {
    for (loc, log_variance) in [(0.3, -0.7), (-2.0, -14.0), (7.0, 14.0)] {
        let scale = f64::exp(0.5 * log_variance);
        let case = normal("Normal::from_log_variance", [loc, log_variance], scale, Normal::from_log_variance);
        assert_eq!(laws!(case), NORMAL);
    }
}

#[test]
fn normal_from_softplus() {
    // −15 is where log softplus changes its formula.
    for raw in [-50.0, -20.0, -15.1, -14.9, -1.0, 0.6, 5.0, 50.0f64] {
        let scale = raw.exp().ln_1p();
        // The mean in units of the scale: any other would swallow the smallest of them.
        let case =
            Case::<_, 2>::new(format!("Normal::from_softplus(0.3 scale, {raw})"), [0.3, raw], move |p| {
                let [loc, raw] = parts(p);
                Normal::<2>::from_softplus(loc * scale, raw)
            });
        let case = case
            .support(Support::Interval(-12.0 * scale, 12.0 * scale))
            .cdf(move |_, x| normal_cdf(x / scale - 0.3));
        assert_eq!(laws!(case), NORMAL);
    }
}

#[test]
fn normal_with_a_batch_and_an_event() {
    let params = [0.3, -1.0, 2.0, 0.5, 1.0, -0.4, 1.2, 0.7, 0.1, 2.5, 0.9, 1.1];
    let case = Case::<_, 3>::new("Normal [2, 3, 1]", params, |params| {
        let [loc, scale] = parts(params).map(|p| p.reshape([2, 3, 1]));
        Normal::<3>::new(loc, scale)
    });
    let case = case.cdf(move |j, x| normal_cdf((x - params[j]) / params[6 + j]));
    assert_eq!(laws!(case), NORMAL);
}

#[test]
fn normal_divergence() {
    let q = normal("q", [0.3, 1.2], 1.2, Normal::new);
    for p in [[0.3, 1.2], [-0.4, 2.0], [1.5, 0.4]] {
        let p = normal("p", p, p[1], Normal::new);
        q.divergence_is_mean_of_draws(&p);
        q.divergence_is_integral(&p);
    }
    // ½ (σ² / s² − 1 − log(σ² / s²)) + ½ (μ − m)² / s² across 2,000 orders of magnitude of variance.
    let [narrow, wide] = [-500.0, 500.0].map(|log_variance| {
        Normal::from_log_variance(tensor(&[0.0], [1, 1]), tensor(&[log_variance], [1, 1]))
    });
    assert_close(values(narrow.kl(&wide))[0], 0.5 * (1000.0 - 1.0), 1e-12);
}

/// A Bernoulli over one number.
fn bernoulli(logits: f64) -> Case<Bernoulli<2>, 2> {
    Case::new(format!("Bernoulli({logits})"), [logits], |logits| Bernoulli::new(logits.reshape([1, 1])))
        .support(Support::Values(vec![0.0, 1.0]))
}

const BERNOULLI: [&str; 5] = ["Distribution", "Factorized", "Moments", "Entropy", "Kl"];

#[test]
fn bernoulli_from_logits() {
    for logits in [-3.0, -0.6, 0.4, 1.5] {
        assert_eq!(laws!(bernoulli(logits)), BERNOULLI);
    }
    let logits = [0.3, -1.0, 2.0, -0.2, 1.1, -2.5];
    let case = Case::<_, 2>::new("Bernoulli [2, 3]", logits, |params| Bernoulli::new(params.reshape([2, 3])));
    assert_eq!(laws!(case), BERNOULLI);
}

/// So far out that no draw shows the rarer value: what is exact still holds.
#[test]
fn bernoulli_with_certain_outcomes() {
    for logits in [-80.0, -30.0, 30.0, 80.0f64] {
        let case = bernoulli(logits);
        case.distribution_laws();
        case.factorized_laws();
        case.kl_laws();
        case.entropy_slopes();
        case.entropy_is_integral();

        let q = case.distribution();
        // With s = e^{−|l|}: the rarer value has probability s to the last bits.
        let rare = (-logits.abs()).exp();
        let rare_value = if logits > 0.0 { 0.0 } else { 1.0 };
        let log_prob = |x: f64| values(q.log_prob(tensor(&[x], [1, 1])))[0];
        assert_close(log_prob(rare_value) / -logits.abs(), 1.0, 1e-13);
        assert_close(log_prob(1.0 - rare_value) / -rare, 1.0, 1e-12);
        assert_close(values(q.variance())[0] / rare, 1.0, 1e-12);
        assert_close(values(q.entropy())[0] / (rare * (1.0 + logits.abs())), 1.0, 1e-12);
    }
}

#[test]
fn bernoulli_from_probs() {
    for p in [0.2, 0.9] {
        let case = Case::<_, 2>::new(format!("Bernoulli::from_probs({p})"), [p], |p| {
            Bernoulli::from_probs(p.reshape([1, 1]))
        });
        let case = case.support(Support::Values(vec![0.0, 1.0]));
        assert_eq!(laws!(case), BERNOULLI);
        assert_close(values(case.distribution().mean())[0], p, 1e-15);
    }
}

#[test]
fn bernoulli_divergence() {
    let q = bernoulli(0.4);
    for logits in [0.4, -2.0, 3.0] {
        let p = bernoulli(logits);
        q.divergence_is_mean_of_draws(&p);
        q.divergence_is_integral(&p);
    }
}

#[test]
fn one_distribution_stands_for_a_batch_of_values() {
    let q = Bernoulli::new(tensor(&[0.3, -1.0], [1, 2]));
    let x = tensor(&[0.0, 1.0, 1.0, 1.0, 0.0, 0.0], [3, 2]);
    let rows = values(q.log_prob(x.clone()));
    for (i, row) in rows.iter().enumerate() {
        assert_close(values(q.log_prob(x.clone().slice([i..i + 1, 0..2])))[0], *row, 0.0);
    }
}

#[test]
fn checked_names_the_parameter_the_requirement_and_the_number() {
    let bad = Normal::new(tensor(&[0.0, 0.0], [1, 2]), tensor(&[1.0, -2.0], [1, 2])).checked();
    assert_eq!(
        bad.unwrap_err().to_string(),
        "Normal: scale must be finite and positive, got -2 at index [0, 1]"
    );
    let bad = Normal::new(tensor(&[f64::NAN], [1, 1]), tensor(&[1.0], [1, 1])).checked();
    assert_eq!(bad.unwrap_err().to_string(), "Normal: loc must be finite, got NaN at index [0, 0]");
    let bad = Bernoulli::from_probs(tensor(&[0.5, 1.0], [2, 1])).checked();
    assert_eq!(bad.unwrap_err().to_string(), "Bernoulli: logits must be finite, got inf at index [1, 0]");
}
