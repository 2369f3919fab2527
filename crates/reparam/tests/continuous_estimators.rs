//! Estimators for draws that have a path or a derivative in the sense of measures: exact identities, then unbiasedness.

#![allow(clippy::float_cmp, reason = "what is exact is compared exactly")]

mod common;

use burn::tensor::Tensor;
use common::{assert_close, assert_mean};
use reparam::{
    Antithetic, Bernoulli, Binomial, Categorical, DeltaMethod, Elbo, Exponential, Gamma, Geometric, Gumbel,
    LeaveOneOut, MeasureValued, Measurement, MonteCarlo, NegativeBinomial, NoBaseline, Normal,
    OneHotCategorical, OptimalCoefficient, Pathwise, Poisson, QuasiRandom, Rng, ScoreFunction, Uniform,
    measure,
    noise::{self, Noise},
    prelude::*,
    shape::sum_event,
    testing::{gradient, parts, tensor, values},
};
use reparam_kernels::special::{digamma, trigamma};
use reparam_testing::{MeanTest, Moments, Rates};

const LOC: f64 = 0.7;
const SCALE: f64 = 1.2;

fn one(x: f64) -> Tensor<2> {
    tensor(&[x], [1, 1])
}

fn normal() -> Normal<2> {
    Normal::new(one(LOC), one(SCALE))
}

fn score<B>(particles: usize, baseline: B) -> ScoreFunction<B> {
    ScoreFunction { particles, baseline }
}

/// Panics unless value and gradient have these means.
#[track_caller]
fn assert_unbiased<Q: Distribution<2> + reparam::Params>(
    name: &str,
    mut estimator: impl Estimator<Q, 2>,
    q: &Q,
    f: impl Fn(&Q, Tensor<2>) -> Tensor<1>,
    value: f64,
    slopes: &[f64],
) -> Measurement {
    let found = measure(&mut estimator, q, f, 20_000, &mut Rng::new(3));
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    test.check(&found.value, value).unwrap_or_else(|why| panic!("{name}: value: {why}"));
    assert_eq!(found.elements().count(), slopes.len());
    for (place, (element, slope)) in found.elements().zip(slopes).enumerate() {
        test.check(element, *slope).unwrap_or_else(|why| panic!("{name}: slope {place}: {why}"));
    }
    found
}

/// Every unbiased estimator of this file on one function of a normal draw.
fn assert_all_unbiased(f: impl Fn(&Normal<2>, Tensor<2>) -> Tensor<1> + Copy, value: f64, slopes: [f64; 2]) {
    let q = normal();
    assert_unbiased("Antithetic", Antithetic { pairs: 2 }, &q, f, value, &slopes);
    assert_unbiased("QuasiRandom", QuasiRandom { particles: 8 }, &q, f, value, &slopes);
    for coupled in [true, false] {
        let estimator = MeasureValued { particles: 2, coupled };
        assert_unbiased("MeasureValued", estimator, &q, f, value, &slopes);
    }
    assert_unbiased("OptimalCoefficient", OptimalCoefficient { particles: 4 }, &q, f, value, &slopes);
    let inner = score(4, LeaveOneOut);
    assert_unbiased("DeltaMethod of the score function", DeltaMethod { inner }, &q, f, value, &slopes);
    let inner = Pathwise { particles: 1 };
    assert_unbiased("DeltaMethod of pathwise", DeltaMethod { inner }, &q, f, value, &slopes);
    let inner = QuasiRandom { particles: 4 };
    assert_unbiased("DeltaMethod of quasi-random", DeltaMethod { inner }, &q, f, value, &slopes);
}

#[test]
fn of_the_sine() {
    let damping = (-SCALE.powi(2) / 2.0).exp();
    let slopes = [damping * LOC.cos(), -SCALE * damping * LOC.sin()];
    assert_all_unbiased(|_, z| sum_event(z.sin()), damping * LOC.sin(), slopes);
}

#[test]
fn of_a_cosine() {
    let k = 1.7;
    let damping = (-(k * SCALE).powi(2) / 2.0).exp();
    let slopes = [-k * damping * (k * LOC).sin(), -k * k * SCALE * damping * (k * LOC).cos()];
    assert_all_unbiased(|_, z| sum_event((z * k).cos()), damping * (k * LOC).cos(), slopes);
}

#[test]
fn of_a_bell() {
    let k = 0.3;
    let s = 1.0 + 2.0 * k * SCALE.powi(2);
    let value = (-k * LOC * LOC / s).exp() / s.sqrt();
    let in_s = value * (-0.5 / s + k * LOC * LOC / (s * s));
    let slopes = [-2.0 * k * LOC / s * value, 4.0 * k * SCALE * in_s];
    assert_all_unbiased(|_, z| sum_event((z.square() * -k).exp()), value, slopes);
}

/// The mean of loc · z is loc²: half of its gradient is f's own.
#[test]
fn of_a_function_of_the_parameters() {
    assert_all_unbiased(|q, z| sum_event(q.loc() * z), LOC * LOC, [2.0 * LOC, 0.0]);
}

/// Several elements, and a product of them: the mean of z₁ z₂ + z₂² is μ₁ μ₂ + μ₂² + σ₂².
#[test]
fn of_a_vector() {
    let q = Normal::<2>::new(tensor(&[0.4, -0.9], [1, 2]), tensor(&[0.8, 1.1], [1, 2]));
    let f = |_: &Normal<2>, z: Tensor<2>| {
        let [a, b] = [0, 1].map(|i| z.clone().narrow(1, i, 1));
        sum_event(a * b.clone() + b.square())
    };
    let (value, slopes) = (-0.36 + 0.81 + 1.21, [-0.9, 0.4 - 1.8, 0.0, 2.2]);
    for coupled in [true, false] {
        assert_unbiased("MeasureValued", MeasureValued { particles: 1, coupled }, &q, f, value, &slopes);
    }
    let inner = score(3, NoBaseline);
    assert_unbiased("DeltaMethod", DeltaMethod { inner }, &q, f, value, &slopes);
    assert_unbiased("OptimalCoefficient", OptimalCoefficient { particles: 3 }, &q, f, value, &slopes);
    let quasi = assert_unbiased("QuasiRandom", QuasiRandom { particles: 16 }, &q, f, value, &slopes);
    assert_eq!(quasi.evaluations_each(), 16.0);
}

#[test]
fn antithetic_pairs_are_exact_for_odd_functions() {
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event(z.clone().powi_scalar(3) + z.sin());
    let slopes = gradient(&[0.0, SCALE], |params| {
        let [loc, scale] = parts(params).map(|param: Tensor<2>| param.expand([50, 1]));
        let estimate = Antithetic { pairs: 1 }.expectation(&Normal::new(loc, scale), f, &mut Rng::new(1));
        assert!(values(estimate.clone()).iter().all(|value| *value == 0.0));
        estimate
    });
    assert_eq!(slopes[1], 0.0);
    assert!(slopes[0] > 0.0);
}

/// The mean of a pair of levels is ½, whatever the level: so is that of a pair of uniform draws, in each precision.
#[test]
fn antithetic_pairs_of_levels() {
    let q = Uniform::<2>::new(one(-1.0), one(3.0));
    let f = |_: &Uniform<2>, z: Tensor<2>| sum_event(z);
    let found = measure(&mut Antithetic { pairs: 1 }, &q, f, 100, &mut Rng::new(2));
    assert_close(found.value.mean(), 1.0, 1e-15);
    assert!(found.value.variance() < 1e-30);

    // Where the noise is not symmetric: E[z] = γ, with less scatter than that of two draws, π²/12.
    let q = Gumbel::<2>::new(one(0.0), one(1.0));
    let f = |_: &Gumbel<2>, z: Tensor<2>| sum_event(z);
    let euler = 0.577_215_664_901_532_9;
    let found = assert_unbiased("Gumbel", Antithetic { pairs: 1 }, &q, f, euler, &[1.0, euler]);
    assert!(found.value.variance() < 0.25, "{}", found.value.variance());
}

/// A level next to 0 has its reflection next to 1, where a float has no room: it stays inside.
#[test]
fn levels_stay_open_intervals() {
    let u = Tensor::<1>::from_floats([1e-12, 0.25], &common::device());
    let reflected: Vec<f32> = noise::reflected(Noise::Uniform, u).into_data().iter().collect();
    assert_eq!(reflected, [1.0 - 0.5 * f32::EPSILON, 0.75]);
    let like = Tensor::<2>::zeros([4096, 2], &common::device());
    let points: Vec<f32> =
        noise::sobol(Noise::Uniform, &like, 4096, &mut Rng::new(1)).into_data().iter().collect();
    assert!(points.iter().all(|u| 0.0 < *u && *u < 1.0));
}

/// From 16 points to 256 the variance falls by 373 in the value and 339 in the gradient, where independent draws gain 16.
#[test]
fn quasi_random_noise_converges_faster() {
    let q = Normal::<2>::new(tensor(&[0.2, -0.4, 0.9], [1, 3]), tensor(&[1.0, 0.6, 0.8], [1, 3]));
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event(z.clone().tanh()) + sum_event(z).square() * 0.1;
    let variance = |particles| {
        let mut estimator = QuasiRandom { particles };
        let found = measure(&mut estimator, &q, f, 300, &mut Rng::new(5));
        [found.value.variance(), found.total_variance()]
    };
    let independent = measure(&mut Pathwise { particles: 256 }, &q, f, 300, &mut Rng::new(5));
    let (few, many) = (variance(16), variance(256));
    let gain = independent.total_variance() / many[1];
    println!("{few:?} {many:?}, gain in the gradient {gain}");
    assert!(few[0] / many[0] > 150.0 && few[1] / many[1] > 150.0, "{few:?} {many:?}");
    assert!(gain > 50.0, "{gain}");
}

/// At μ = k both draws of the pair are as far from k: the slope in the mean is 0 draw by draw.
#[test]
fn coupled_steps_cancel_for_even_functions() {
    let q = Normal::<2>::new(one(0.0), one(SCALE));
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event(z.square());
    let mut estimator = MeasureValued { particles: 1, coupled: true };
    let found = measure(&mut estimator, &q, f, 100, &mut Rng::new(6));
    let in_loc = found.elements().next().unwrap();
    assert_eq!((in_loc.mean(), in_loc.variance()), (0.0, 0.0));
    assert_eq!(found.evaluations_each(), 5.0);
}

/// Nothing of a quadratic is left over, and its expectation is exact.
#[test]
fn the_delta_method_is_exact_for_quadratics() {
    let f = |_: &Normal<2>, z: Tensor<2>| sum_event((z + 0.4).square());
    let mut estimator = DeltaMethod { inner: score(2, NoBaseline) };
    let found = measure(&mut estimator, &normal(), f, 50, &mut Rng::new(7));
    assert_close(found.value.mean(), 1.1 * 1.1 + SCALE * SCALE, 1e-7);
    for (element, slope) in found.elements().zip([2.2, 2.0 * SCALE]) {
        assert_close(element.mean(), slope, 1e-6);
        assert!(element.variance() < 1e-12, "{}", element.variance());
    }
    assert_eq!(found.evaluations_each(), 5.0);
}

/// A constant has no gradient, draw by draw; and a Bernoulli draw none that scatters, with the coefficient that both of its
/// values agree on: 1 − p for f(b) = b, where the mean is p.
#[test]
fn the_optimal_coefficient() {
    let constant = |_: &Normal<2>, z: Tensor<2>| sum_event(z * 0.0 + 3.0);
    let found = measure(&mut OptimalCoefficient { particles: 3 }, &normal(), constant, 50, &mut Rng::new(8));
    assert!(found.total_variance() < 1e-28 && found.elements().all(|slope| slope.mean().abs() < 1e-14));

    let q = Bernoulli::<2>::new(one(-1.0));
    let itself = |_: &Bernoulli<2>, b: Tensor<2>| sum_event(b);
    let p = 1.0 / (1.0 + 1.0_f64.exp());
    let (optimal, mean) = (OptimalCoefficient { particles: 16 }, score(16, LeaveOneOut));
    let optimal = assert_unbiased("OptimalCoefficient", optimal, &q, itself, p, &[p * (1.0 - p)]);
    let mean = assert_unbiased("LeaveOneOut", mean, &q, itself, p, &[p * (1.0 - p)]);
    let (optimal, mean) = (optimal.total_variance(), mean.total_variance());
    println!("{optimal:e} with the best coefficient, {mean:e} with the mean");
    assert!(optimal < 0.5 * mean, "{optimal:e} with the best coefficient, {mean:e} with the mean");
}

/// E\[log z\] = ψ(a) − log rate.
#[test]
fn of_the_logarithm_of_a_gamma_draw() {
    let f = |_: &Gamma<2>, z: Tensor<2>| sum_event(z.log());
    for (a, rate) in [(0.1, 2.0), (0.7, 0.4), (5.0, 1.0), (60.0, 3.0)] {
        let q = Gamma::<2>::new(one(a), one(rate));
        let (value, slopes) = (digamma(a) - rate.ln(), [trigamma(a), -1.0 / rate]);
        for coupled in [true, false] {
            let estimator = MeasureValued { particles: 1, coupled };
            assert_unbiased(&format!("Gamma({a}, {rate})"), estimator, &q, f, value, &slopes);
        }
    }
}

/// A jump, which no pathwise gradient sees: P(z > 1) = e^(−rate) (1 + rate) for a concentration of 2.
#[test]
fn of_a_jump_under_a_gamma() {
    let rate = 1.4;
    let f =
        |_: &Gamma<2>, z: Tensor<2>| sum_event(z.greater_elem(1.0).float().cast(burn::tensor::DType::F64));
    let q = Gamma::<2>::new(one(2.0), one(rate));
    // ∂P/∂a by quadrature of the density's derivative, e^(−rate z) rate² z (ln(rate z) − ψ(2)), above 1.
    let density = |z: f64| rate * rate * z * (-rate * z).exp();
    let in_a =
        reparam_testing::integrate(|z| density(z) * ((rate * z).ln() - digamma(2.0)), 1.0, 40.0, 1e-12).value;
    let value = (-rate).exp() * (1.0 + rate);
    let slopes = [in_a, -rate * (-rate).exp()];
    for coupled in [true, false] {
        assert_unbiased("a jump", MeasureValued { particles: 1, coupled }, &q, f, value, &slopes);
    }
}

/// f(z) = e^(−z/2), whose mean each law has in closed form.
#[test]
fn of_counts_and_waiting_times() {
    fn f<Q>(_: &Q, z: Tensor<2>) -> Tensor<1> {
        sum_event((z * -0.5).exp())
    }
    let t = (-0.5_f64).exp();
    let logit = 0.3_f64;
    let p = 1.0 / (1.0 + (-logit).exp());
    let in_logit = p * (1.0 - p);
    for coupled in [true, false] {
        let estimator = MeasureValued { particles: 1, coupled };
        let rate: f64 = 1.6;
        let value = rate / (rate + 0.5);
        let q = Exponential::<2>::new(one(rate));
        assert_unbiased("Exponential", estimator, &q, f, value, &[0.5 / (rate + 0.5).powi(2)]);

        let value = (rate * (t - 1.0)).exp();
        assert_unbiased("Poisson", estimator, &Poisson::<2>::new(one(rate)), f, value, &[(t - 1.0) * value]);

        let q = Binomial::<2>::new(one(5.0), one(logit));
        let base = 1.0 - p + p * t;
        let slopes = [0.0, 5.0 * base.powi(4) * (t - 1.0) * in_logit];
        assert_unbiased("Binomial", estimator, &q, f, base.powi(5), &slopes);

        let q = Geometric::<2>::new(one(logit));
        let rest = 1.0 - (1.0 - p) * t;
        let slope = in_logit * (1.0 / rest - p * t / rest.powi(2));
        assert_unbiased("Geometric", estimator, &q, f, p / rest, &[slope]);

        let (count, base) = (2.5, (1.0 - p) / (1.0 - p * t));
        let q = NegativeBinomial::<2>::new(one(count), one(logit));
        let value = base.powf(count);
        let slopes = [value * base.ln(), value * count * in_logit * (t / (1.0 - p * t) - 1.0 / (1.0 - p))];
        assert_unbiased("NegativeBinomial", estimator, &q, f, value, &slopes);
    }
}

/// Of one factor every value is taken, so its gradient is that of the enumerated mean whatever the draw.
#[test]
fn classes_are_exact() {
    let mut estimator = MeasureValued { particles: 1, coupled: true };
    let rng = || Rng::new(10);
    let table = tensor(&[0.3, -1.2, 2.0], [1, 3]);
    let logits = [0.4, -0.7, 0.1];

    let enumerated = gradient(&logits, |l| {
        let q = OneHotCategorical::<2>::new(l.reshape([1, 3]));
        sum_event(q.log_probs().exp() * table.clone())
    });
    let slopes = |found: Measurement| found.elements().map(Moments::mean).collect::<Vec<_>>();
    let q = OneHotCategorical::<2>::new(tensor(&logits, [1, 3]));
    let f = |_: &OneHotCategorical<2>, z: Tensor<2>| sum_event(z * table.clone());
    let one_hot = slopes(measure(&mut estimator, &q, f, 1, &mut rng()));
    let q = Categorical::<2>::new(tensor(&logits, [1, 3]));
    // The parabola through the table.
    let f = |_: &Categorical<2>, k: Tensor<2>| sum_event(k.clone().square() * 2.35 - k * 3.85 + 0.3);
    let classes = slopes(measure(&mut estimator, &q, f, 1, &mut rng()));
    for (i, exact) in enumerated.into_iter().enumerate() {
        assert_close(one_hot[i], exact, 1e-15);
        assert_close(classes[i], exact, 1e-15);
    }

    let q = Bernoulli::<2>::new(one(0.8));
    let f = |_: &Bernoulli<2>, b: Tensor<2>| sum_event((b - 0.45).square());
    let p = 1.0 / (1.0 + (-0.8_f64).exp());
    assert_close(slopes(measure(&mut estimator, &q, f, 1, &mut rng()))[0], p * (1.0 - p) * 0.1, 1e-15);
}

/// Two factors of three classes, and f a product over both.
#[test]
fn of_several_factors() {
    let logits = [0.4, -0.7, 0.1, 1.0, 0.0, -0.5];
    let q = OneHotCategorical::<3>::new(tensor(&logits, [1, 2, 3]));
    let table = tensor(&[1.0, 2.0, -1.0], [1, 1, 3]);
    let score = |z: Tensor<3>, table: Tensor<3>| {
        let each = (z * table).sum_dim(2);
        sum_event(each.clone().narrow(1, 0, 1) * each.narrow(1, 1, 1))
    };
    let exact = gradient(&logits, |l| {
        score(OneHotCategorical::<3>::new(l.reshape([1, 2, 3])).log_probs().exp(), table.clone())
    });
    let f = |_: &OneHotCategorical<3>, z: Tensor<3>| score(z, table.clone());
    let mut estimator = MeasureValued { particles: 1, coupled: true };
    let found = measure(&mut estimator, &q, f, 20_000, &mut Rng::new(11));
    assert_eq!(found.evaluations_each(), 7.0);
    for (element, exact) in found.elements().zip(exact) {
        MeanTest::new(Rates::new(1e-9, 1e-3)).check(element, exact).unwrap();
    }
}

/// z ~ Poisson(3), x | z ~ Normal(z, 1), x = 5.
fn log_joint(z: Tensor<2>) -> Tensor<1> {
    Poisson::<2>::new(one(3.0)).log_prob(z.clone()) + Normal::<2>::new(one(5.0), one(1.0)).log_prob(z)
}

/// With the guide Poisson(r) at r = 2 the bound has the slope ln(3/r) + x − r − ½ in r. Through the draws of a law without a
/// path it would be 0.
#[test]
fn a_model_with_a_poisson_node() {
    let enumerated = gradient(&[2.0], |rate| {
        let q = Poisson::<2>::new(rate.reshape([1, 1]));
        let all = tensor(&(0..60).map(f64::from).collect::<Vec<_>>(), [60, 1]);
        (q.log_prob(all.clone()).exp() * (log_joint(all.clone()) - q.log_prob(all))).sum()
    })[0];
    assert_close(enumerated, 2.905_465_108_108_164, 1e-13);
    assert_mean(&slopes_of_the_bound(score(8, LeaveOneOut)), enumerated);
    for coupled in [true, false] {
        assert_mean(&slopes_of_the_bound(MeasureValued { particles: 1, coupled }), enumerated);
    }
}

fn slopes_of_the_bound(estimator: impl Estimator<Poisson<2>, 2>) -> Vec<f64> {
    let rows = 20_000;
    let rate = tensor(&vec![2.0; rows], [rows, 1]).require_grad();
    let mut elbo = Elbo { estimator, entropy: MonteCarlo };
    let loss = elbo.loss(&Poisson::new(rate.clone()), log_joint, &mut Rng::new(12));
    values(rate.grad(&loss.backward()).unwrap()).into_iter().map(|slope| -slope * rows as f64).collect()
}
