//! Distributions over classes and their relaxations: laws, identities, true values at hard points.

mod bank;
mod common;

use bank::points;
use burn::tensor::{DType, Tensor};
use common::{assert_close, assert_mean};
use reparam::{
    Categorical, ExpRelaxedOneHotCategorical, OneHotCategorical, OrderedLogistic, RelaxedOneHotCategorical,
    Rng, StraightThroughBernoulli, StraightThroughOneHot, laws,
    prelude::*,
    testing::{Case, Support, gradient, tensor, values},
};

const MASK: f64 = f64::NEG_INFINITY;

fn row(values: &[f64]) -> Tensor<2> {
    tensor(values, [1, values.len()])
}

#[test]
fn categorical_laws() {
    let case =
        Case::<_, 2>::new("Categorical", [0.3, -1.0, 0.9, 0.1], |l| Categorical::new(l.reshape([1, 4])));
    let case = case.support(Support::Values(vec![0.0, 1.0, 2.0, 3.0]));
    assert_eq!(laws!(case), ["Distribution", "Factorized", "Entropy", "Kl"]);
    let two = Case::<_, 3>::new(
        "Categorical [2, 2, 3]",
        [0.3, -1.0, 0.9, 0.1, 0.0, 2.0, 0.5, 0.4, -0.7, 1.1, 0.2, -3.0],
        |l| Categorical::new(l.reshape([2, 2, 3])),
    );
    assert_eq!(two.distribution().dims(), [2, 2, 1]);
    assert_eq!(laws!(two), ["Distribution", "Factorized", "Entropy", "Kl"]);
}

#[test]
fn one_hot_categorical_laws() {
    let logits = [0.3, -1.0, 0.9, 0.1, 0.7, -0.4];
    let case = Case::<_, 2>::new("OneHotCategorical", logits, |l| OneHotCategorical::new(l.reshape([2, 3])));
    assert_eq!(laws!(case), ["Distribution", "Moments", "Entropy", "Kl"]);
    let p = Case::<_, 2>::new("p", [0.0, 0.4, 0.9, 2.1, -0.7, 0.4], |l| {
        OneHotCategorical::new(l.reshape([2, 3]))
    });
    case.divergence_is_mean_of_draws(&p);
}

#[test]
fn ordered_logistic_laws() {
    let made = |p: Tensor<1>| {
        let (predictor, cutpoints) = (p.clone().narrow(0, 0, 1), p.narrow(0, 1, 3));
        OrderedLogistic::new(predictor.reshape([1, 1]), cutpoints.reshape([1, 3]))
    };
    let case = Case::<_, 2>::new("OrderedLogistic", [0.3, -1.0, 0.4, 2.5], made);
    let case = case.support(Support::Values(vec![0.0, 1.0, 2.0, 3.0]));
    assert_eq!(laws!(case), ["Distribution", "Factorized", "Entropy"]);
}

/// σ(b) − σ(a) of neighbouring cutpoints a and b, with fifty digits.
#[test]
fn ordered_logistic_keeps_the_digits_of_classes_far_out() {
    let q = OrderedLogistic::new(row(&[0.0]), row(&[30.0, 30.25, 40.5]));
    let want = [-9.3576229688397368e-14, -31.508691549446199, -30.250035358126014, -40.5];
    for (k, (got, want)) in values(q.log_probs()).into_iter().zip(want).enumerate() {
        assert!((got - want).abs() <= 1e-12 * want.abs(), "class {k}: {got}, true {want}");
    }
    let said = OrderedLogistic::new(row(&[0.0]), row(&[0.5, 0.5])).checked().unwrap_err().to_string();
    assert_eq!(
        said,
        "OrderedLogistic: the gap between cutpoints must be positive, as cutpoints increase, got 0 at index [0, 0]"
    );
}

#[test]
fn class_numbers_and_unit_vectors_agree() {
    let logits = row(&[0.3, MASK, 0.9, 2.0]);
    let (numbers, vectors) = (Categorical::new(logits.clone()), OneHotCategorical::new(logits));
    for k in 0..4 {
        let unit: Vec<f64> = (0..4).map(|j| if j == k { 1.0 } else { 0.0 }).collect();
        let [a, b] =
            [numbers.log_prob(row(&[f64::from(k)])), vectors.log_prob(row(&unit))].map(|x| values(x)[0]);
        assert_eq!(a, b);
    }
    // What is no class, or no unit vector, has no probability.
    for x in [-1.0, 4.0, 1.5, f64::NAN] {
        assert_eq!(values(numbers.log_prob(row(&[x])))[0], MASK);
    }
    for x in [[0.0; 4], [1.0, 0.0, 1.0, 0.0], [0.5, 0.0, 0.5, 0.0], [1.0, 0.0, 0.0, -1.0]] {
        assert_eq!(values(vectors.log_prob(row(&x)))[0], MASK);
    }
}

#[test]
fn true_values_of_categorical() {
    for p in
        points("discrete", "Categorical", "log_prob").iter().chain(&points("edge", "Categorical", "log_prob"))
    {
        p.check(values(Categorical::new(row(&p.param("logits"))).log_prob(row(&p.x())))[0], 1e-12);
    }
    for p in points("discrete", "Categorical", "entropy") {
        p.check(values(Categorical::new(row(&p.param("logits"))).entropy())[0], 1e-12);
    }
    let pair = "Categorical|Categorical";
    for p in points("kl", pair, "kl").iter().chain(&points("edge", pair, "kl")) {
        // The file's p is the first argument.
        let [q, other] = ["p_logits", "q_logits"].map(|name| Categorical::new(row(&p.param(name))));
        p.check(values(q.kl(&other))[0], 1e-12);
    }
}

/// KL of p = q + (h, −h) on two classes of equal probability: −½ log(1 − tanh²(h/2) …) = log cosh(h), h = half the difference
/// of the log-odds.
#[test]
fn divergence_between_almost_equal_classes() {
    for h in [1e-3, 1e-6, 1e-9, 1e-12] {
        let (q, p) = (Categorical::new(row(&[5.0, 5.0])), Categorical::new(row(&[5.0 + h, 5.0 - h])));
        // What was rounded away of h.
        let h = ((5.0 + h) - (5.0 - h)) / 2.0;
        let exact = h * h / 2.0 - h.powi(4) / 12.0;
        assert_close(values(q.kl(&p))[0] / exact, 1.0, 1e-12);
    }
}

#[test]
fn masked_classes_have_no_draws_and_no_nan() {
    let logits = [0.3, MASK, -0.5, MASK];
    let q = Categorical::new(row(&logits));
    let draws = values(q.repeated(5000).sample(&mut Rng::new(3)));
    assert!(draws.iter().all(|&k| k == 0.0 || k == 2.0));
    let other = row(&[0.1, MASK, 0.7, 2.0]);
    for slopes in [
        gradient(&logits, |l| Categorical::new(l.reshape([1, 4])).log_prob(row(&[2.0]))),
        gradient(&logits, |l| Categorical::new(l.reshape([1, 4])).entropy()),
        gradient(&logits, |l| Categorical::new(l.reshape([1, 4])).kl(&Categorical::new(other.clone()))),
        gradient(&logits, |l| Categorical::new(l.reshape([1, 4])).kl(&q)),
        gradient(&logits, |l| q.kl(&Categorical::new(l.reshape([1, 4])))),
    ] {
        assert!(slopes.iter().all(|slope| slope.is_finite()) && slopes[1] == 0.0, "{slopes:?}");
    }
    assert_eq!(values(Categorical::new(other).kl(&q))[0], f64::INFINITY);
    let said = Categorical::new(row(&[MASK, MASK])).checked().unwrap_err().to_string();
    assert_eq!(said, "Categorical: largest logit of a row must be above −∞, got -inf at index [0, 0]");
}

#[test]
fn relaxed_one_hot_laws() {
    let params = [0.7, 0.3, -1.0, 0.9];
    let build = |p: Tensor<1>| (p.clone().narrow(0, 0, 1).reshape([1, 1]), p.narrow(0, 1, 3).reshape([1, 3]));
    let log = Case::<_, 2>::new("ExpRelaxedOneHotCategorical", params, move |p| {
        let (temperature, logits) = build(p);
        ExpRelaxedOneHotCategorical::new(temperature, logits)
    });
    assert_eq!(laws!(log), ["Distribution", "Reparameterized", "Explicit"]);
    let value = Case::<_, 2>::new("RelaxedOneHotCategorical", params, move |p| {
        let (temperature, logits) = build(p);
        RelaxedOneHotCategorical::new(temperature, logits)
    });
    assert_eq!(laws!(value), ["Distribution", "Reparameterized", "Explicit"]);
}

#[test]
fn true_values_of_the_relaxation() {
    let points = points("relaxed", "ExpRelaxedOneHotCategorical", "log_prob");
    for p in &points {
        let at = |dtype| {
            let q = ExpRelaxedOneHotCategorical::new(row(&p.param("temperature")), row(&p.param("logits")));
            values(q.log_prob(row(&p.x()).cast(dtype)))[0]
        };
        p.check(at(DType::F64), 1e-12);
    }
}

/// The density on the simplex of two classes, over the first element.
#[test]
fn relaxed_density_integrates_to_one() {
    for temperature in [0.3, 1.0, 2.0] {
        let q = RelaxedOneHotCategorical::new(row(&[temperature]), row(&[0.4, -0.3]));
        let density = |t: f64| {
            // In the log-odds t, whose slope is y (1 − y).
            let y = 1.0 / (1.0 + (-t).exp());
            let rest = 1.0 / (1.0 + t.exp());
            values(q.log_prob(row(&[y, rest])))[0].exp() * y * rest
        };
        assert_close(reparam_testing::integrate(density, -200.0, 200.0, 1e-11).value, 1.0, 1e-9);
    }
}

/// At temperatures where nearly every draw is a corner: inside, finite, with finite gradients, in single precision too.
#[test]
fn relaxed_draws_at_small_temperatures() {
    for (temperature, dtype) in
        [(0.01, DType::F32), (0.01, DType::F64), (1e-3, DType::F32), (0.1, DType::F32)]
    {
        let logits = tensor(&[0.3, -2.0, 1.0, 0.0], [1, 4]).cast(dtype).require_grad();
        let temperature = tensor(&[temperature], [1, 1]).cast(dtype).require_grad();
        let q = RelaxedOneHotCategorical::new(temperature.clone(), logits.clone()).repeated(20_000);
        let y = q.rsample(&mut Rng::new(7));
        let log_y = q.log().rsample(&mut Rng::new(7));
        let log_prob = q.log().log_prob(log_y);
        assert!(values(y.clone()).iter().all(|&y| y > 0.0 && y < 1.0));
        assert!(values(log_prob.clone()).iter().all(|x| x.is_finite()));
        assert!(values(q.log_prob(y.clone())).iter().all(|x| x.is_finite()));
        let grads = (log_prob.sum() + y.square().sum()).backward();
        assert!(values(logits.grad(&grads).unwrap()).iter().all(|slope| slope.is_finite()));
        assert!(values(temperature.grad(&grads).unwrap()).iter().all(|slope| slope.is_finite()));
    }
    let q = RelaxedOneHotCategorical::new(row(&[0.5]), row(&[0.3, 0.1]));
    for outside in [[1.0, 0.0], [1.5, -0.5]] {
        assert_eq!(values(q.log_prob(row(&outside)))[0], MASK);
    }
}

/// The hard draw forward, the relaxed gradient backward.
#[test]
fn straight_through() {
    let logits = [0.3, -1.0, 0.9];
    let vectors =
        |l: Tensor<1>, t: f64| StraightThroughOneHot::new(row(&[t]), l.reshape([1, 3])).repeated(2000);
    let draws = vectors(tensor(&logits, [3]), 0.5).rsample(&mut Rng::new(4));
    let hard = values(draws.clone());
    assert!(hard.iter().all(|&x| x == 0.0 || x == 1.0));
    assert!(values(draws.sum_dim(1)).iter().all(|&x| x == 1.0));
    let probs = values(OneHotCategorical::new(row(&logits)).mean());
    for (k, &p) in probs.iter().enumerate() {
        assert_mean(&hard.iter().skip(k).step_by(3).copied().collect::<Vec<_>>(), p);
    }
    let weights = tensor(&[0.3, 2.0, -1.0], [1, 3]);
    let slopes = gradient(&logits, |l| (vectors(l, 0.5).rsample(&mut Rng::new(4)) * weights.clone()).sum());
    let relaxed = gradient(&logits, |l| {
        let soft = RelaxedOneHotCategorical::new(row(&[0.5]), l.reshape([1, 3])).repeated(2000);
        (soft.rsample(&mut Rng::new(4)) * weights.clone()).sum()
    });
    slopes.iter().zip(relaxed).for_each(|(&got, expected)| assert_close(got, expected, 1e-12));

    let bits = |l: Tensor<1>| StraightThroughBernoulli::new(row(&[0.5]), l.reshape([1, 3])).repeated(2000);
    let draws = values(bits(tensor(&logits, [3])).rsample(&mut Rng::new(4)));
    assert!(draws.iter().all(|&x| x == 0.0 || x == 1.0));
    for (k, l) in logits.iter().enumerate() {
        assert_mean(&draws.iter().skip(k).step_by(3).copied().collect::<Vec<_>>(), 1.0 / (1.0 + (-l).exp()));
    }
    let slopes = gradient(&logits, |l| bits(l).rsample(&mut Rng::new(4)).sum());
    let q = bits(tensor(&logits, [3]));
    let noise = q.noise(&mut Rng::new(4));
    let soft = gradient(&logits, |l| {
        burn::tensor::activation::sigmoid((l.reshape([1, 3]) + noise.clone()) * 2.0).sum()
    });
    slopes.iter().zip(soft).for_each(|(&got, expected)| assert_close(got, expected, 1e-12));
}
