//! The laws on the integers: masses, tails, quantiles, draws, gradients and divergences hold together.
//!
//! False alarms: all statistics together at most 10⁻⁶.

use reparam_kernels::Rng;
use reparam_kernels::catalog::{Univariate, divergences, univariates};
use reparam_kernels::law::{Domain, Level};
use reparam_testing::{BinomialTest, Rates, derivative};

/// Laws by name and parameters whose masses can be summed one by one.
const MODERATE: &[(&str, &str, &[f64])] = &[
    ("Bernoulli", "logits", &[-0.3]),
    ("Bernoulli", "logits", &[40.0]),
    ("Bernoulli", "probs", &[1e-9]),
    ("Bernoulli", "probs", &[0.7]),
    ("BetaBinomial", "concentration0", &[40.0, 0.3, 0.2]),
    ("BetaBinomial", "concentration0", &[100.0, 3.0, 1e-3]),
    ("BetaBinomial", "concentration0", &[900.0, 400.0, 70.0]),
    ("Binomial", "probs", &[1.0, 0.2]),
    ("Binomial", "probs", &[17.0, 0.9]),
    ("Binomial", "probs", &[3000.0, 0.35]),
    ("Binomial", "logits", &[60.0, -4.0]),
    ("DiscreteUniform", "low", &[-7.0, 12.0]),
    ("Geometric", "probs", &[0.04]),
    ("Geometric", "logits", &[2.0]),
    ("HurdleNegativeBinomial", "gate", &[1.7, 0.6, 0.1]),
    ("HurdlePoisson", "gate", &[0.02, 0.4]),
    ("HurdlePoisson", "gate", &[14.0, 0.8]),
    ("Hypergeometric", "draws", &[5.0, 9.0, 4.0]),
    ("Hypergeometric", "draws", &[400.0, 300.0, 500.0]),
    ("Hypergeometric", "draws", &[9000.0, 2e5, 3000.0]),
    ("Logarithmic", "probs", &[1e-6]),
    ("Logarithmic", "probs", &[0.7]),
    ("Logarithmic", "probs", &[0.99]),
    ("NegativeBinomial", "probs", &[0.4, 0.9]),
    ("NegativeBinomial", "logits", &[35.0, 0.5]),
    ("Poisson", "rate", &[1e-5]),
    ("Poisson", "rate", &[4.3]),
    ("Poisson", "rate", &[2100.0]),
    ("Skellam", "rate1", &[1e-6, 0.3]),
    ("Skellam", "rate1", &[3.0, 8.0]),
    ("Skellam", "rate1", &[900.0, 1e-3]),
    ("Skellam", "rate1", &[2e3, 4e3]),
    ("ZeroInflatedBinomial", "gate", &[12.0, 0.3, 0.25]),
    ("ZeroInflatedNegativeBinomial", "gate", &[2.0, 0.7, 0.5]),
    ("ZeroInflatedPoisson", "gate", &[60.0, 0.01]),
    ("Zipf", "exponent", &[0.3, 7.0]),
    ("Zipf", "exponent", &[1.0, 40.0]),
    ("Zipf", "exponent", &[2.5, 3000.0]),
    ("Zipf", "exponent", &[30.0, f64::INFINITY]),
];

/// The law of this name that has this parameter.
fn law(name: &str, parameter: &str) -> &'static Univariate {
    univariates(name)
        .find(|law| law.parameters.iter().any(|known| known.name == parameter))
        .unwrap_or_else(|| panic!("no {name} by {parameter}"))
}

/// The integers that hold all but 10⁻³⁰ of the mass.
fn bulk(law: &Univariate, theta: &[f64]) -> impl Iterator<Item = f64> + use<> {
    let quantile = law.quantile.expect("a quantile");
    let [first, last] = [Level::lower(1e-30), Level::upper(1e-30)].map(|level| quantile(level, theta));
    (0..=(last - first) as u32).map(move |i| first + f64::from(i))
}

fn close(got: f64, want: f64, relative: f64) -> bool {
    got == want || (got - want).abs() <= relative * want.abs()
}

#[test]
fn masses_fill_both_tails() {
    for (name, parameter, theta) in MODERATE {
        let law = law(name, parameter);
        let support: Vec<f64> = bulk(law, theta).collect();
        let masses: Vec<f64> = support.iter().map(|x| (law.log_prob)(*x, theta).exp()).collect();
        let (mut below, mut above) = (0.0, masses.clone());
        for i in (1..above.len()).rev() {
            above[i - 1] += above[i];
        }
        assert!(close(above[0], 1.0, 1e-12), "{name} {theta:?}: {}", above[0]);
        for (i, x) in support.iter().enumerate() {
            below += masses[i];
            let (lower, upper) = ((law.cdf.unwrap())(*x, theta), (law.sf.unwrap())(*x, theta));
            // The sums lack a tail of 1e-30 each.
            assert!(
                (lower - below).abs() <= 3e-11 * below + 1e-29,
                "{name} {theta:?} cdf at {x}: {lower:e}, {below:e}"
            );
            let rest = above.get(i + 1).copied().unwrap_or(0.0);
            assert!(
                (upper - rest).abs() <= 3e-11 * rest + 1e-29,
                "{name} {theta:?} sf at {x}: {upper:e}, {rest:e}"
            );
            for (log_tail, tail) in [(law.log_cdf, lower), (law.log_sf, upper)] {
                let log_tail = (log_tail.unwrap())(*x, theta);
                assert!(
                    (log_tail - tail.ln()).abs() <= 1e-12 * (1.0 + log_tail.abs()) || tail == 0.0,
                    "{name} {x}"
                );
            }
        }
    }
}

#[test]
fn long_sums_keep_their_digits() {
    // Fifty-digit sums of 150,001 masses, and the rest.
    let (law, theta) = (law("BetaBinomial", "concentration0"), [200_000.0, 0.5, 0.25]);
    let (lower, upper) = ((law.cdf.unwrap())(150_000.0, &theta), (law.sf.unwrap())(150_000.0, &theta));
    assert!(close(lower, 0.4455163498483048089314912, 1e-13), "{lower}");
    assert!(close(upper, 0.5544836501516951910685088, 1e-13), "{upper}");
}

#[test]
fn quantiles_undo_the_tails() {
    for (name, parameter, theta) in MODERATE {
        let law = law(name, parameter);
        let quantile = law.quantile.unwrap();
        for x in bulk(law, theta).step_by(7) {
            let (lower, upper) = ((law.cdf.unwrap())(x, theta), (law.sf.unwrap())(x, theta));
            if lower > 0.0 && lower <= 0.5 {
                assert_eq!(quantile(Level::lower(lower), theta), x, "{name} {theta:?} at {lower:e}");
                assert_eq!(quantile(Level::lower(lower * 0.999), theta).max(x), x, "{name} {theta:?}");
                assert!(quantile(Level::lower(lower * 1.001), theta) >= x, "{name} {theta:?}");
            }
            if upper > 0.0 && upper <= 0.5 {
                assert_eq!(quantile(Level::upper(upper), theta), x, "{name} {theta:?} at {upper:e}");
                assert!(quantile(Level::upper(upper * 0.999), theta) >= x, "{name} {theta:?}");
            }
        }
        let (low, high) = (law.support)(theta).ends();
        assert_eq!([0.0, 1.0].map(|u| quantile(Level::lower(u), theta)), [low, high], "{name}");
        assert!(quantile(Level::lower(f64::NAN), theta).is_nan(), "{name}");
    }
}

#[test]
fn mean_variance_mode_and_entropy_are_those_of_the_masses() {
    for (name, parameter, theta) in MODERATE {
        let law = law(name, parameter);
        let (mean, variance) = ((law.mean.unwrap())(theta), (law.variance.unwrap())(theta));
        let (mut first, mut second, mut entropy, mut best) = (0.0, 0.0, 0.0, (0.0, 0.0));
        for x in bulk(law, theta) {
            let log_mass = (law.log_prob)(x, theta);
            let mass = log_mass.exp();
            first += mass * x;
            second += mass * (x - mean) * (x - mean);
            entropy -= if mass == 0.0 { 0.0 } else { mass * log_mass };
            if mass > best.1 {
                best = (x, mass);
            }
        }
        assert!(close(mean, first, 1e-11), "{name} {theta:?} mean {mean} {first}");
        assert!(close(variance, second, 1e-10), "{name} {theta:?} variance {variance} {second}");
        let mode = (law.mode.unwrap())(theta);
        assert!(
            close((law.log_prob)(mode, theta).exp(), best.1, 1e-12),
            "{name} {theta:?} mode {mode} {best:?}"
        );
        if let Some(known) = law.entropy {
            assert!(close(known(theta), entropy, 1e-12), "{name} {theta:?} {} {entropy}", known(theta));
        }
    }
}

#[test]
fn gradients_are_the_differences() {
    for (name, parameter, theta) in MODERATE {
        let law = law(name, parameter);
        for x in bulk(law, theta).step_by(11).take(40) {
            let slopes = (law.log_prob_slopes)(x, theta);
            for (i, known) in law.parameters.iter().enumerate() {
                if known.domain.is_discrete() {
                    continue;
                }
                let along = |value: f64| {
                    let mut theta = theta.to_vec();
                    theta[i] = value;
                    (law.log_prob)(x, &theta)
                };
                let want =
                    derivative(along, theta[i], 0.03 * theta[i].abs().min(1.0 - theta[i].fract().abs()));
                let allowed = 1e-6 * (1.0 + want.value.abs()) + 10.0 * want.error;
                let got = slopes[1 + i];
                assert!(
                    (got - want.value).abs() <= allowed,
                    "{name} {theta:?} {} at {x}: {got} {want:?}",
                    known.name
                );
            }
        }
    }
}

/// Beyond those, what only the quantiles can bin.
const EXTREME: &[(&str, &str, &[f64])] = &[
    ("Poisson", "rate", &[9.99]),
    ("Poisson", "rate", &[10.01]),
    ("Poisson", "rate", &[1e9]),
    ("Poisson", "rate", &[1e14]),
    ("Binomial", "probs", &[1e9, 0.3]),
    ("Binomial", "probs", &[1e12, 1.5e-12]),
    ("Binomial", "probs", &[30.0, 0.36]),
    ("Binomial", "logits", &[1e6, 13.0]),
    ("NegativeBinomial", "probs", &[1e6, 0.999]),
    ("NegativeBinomial", "logits", &[0.003, 18.0]),
    ("Geometric", "probs", &[1e-12]),
    ("DiscreteUniform", "low", &[-4e15, 4e15]),
    ("BetaBinomial", "concentration0", &[50.0, 1e-6, 2e-6]),
    ("BetaBinomial", "concentration0", &[1e8, 2.0, 2.0]),
    ("BetaBinomial", "concentration0", &[1e15, 0.4, 1e6]),
    ("Hypergeometric", "draws", &[1e12, 3e12, 1e9]),
    ("Logarithmic", "probs", &[1.0 - 1e-9]),
    ("Skellam", "rate1", &[1e12, 3e12]),
    ("Zipf", "exponent", &[1.2, f64::INFINITY]),
    ("Zipf", "exponent", &[2.0, f64::INFINITY]),
    ("Zipf", "exponent", &[0.7, 1e9]),
    ("BetaBinomial", "concentration0", &[3000.0, 1e5, 2e5]),
];

#[test]
fn draws_have_their_law() {
    const DRAWS: usize = 20_000;
    const BINS: u32 = 16;
    let rates = Rates::new(1e-6, 1e-3).split((MODERATE.len() + EXTREME.len()) * BINS as usize);
    let test = BinomialTest::new(rates);
    for (seed, (name, parameter, theta)) in MODERATE.iter().chain(EXTREME).enumerate() {
        let law = law(name, parameter);
        let mut rng = Rng::new(seed as u64);
        let sampler = law.sampler.expect("draws");
        let draws: Vec<f64> = (0..DRAWS).map(|_| (sampler.draw)(&mut rng.element(), theta)).collect();
        let support = (law.support)(theta);
        assert!(draws.iter().all(|x| support.contains(*x)), "{name} {theta:?}");

        let quantile = law.quantile.unwrap();
        let mut edges: Vec<f64> =
            (1..BINS).map(|i| quantile(Level::lower(f64::from(i) / f64::from(BINS)), theta)).collect();
        edges.dedup();
        let mut before = (f64::NEG_INFINITY, 0.0);
        for edge in edges {
            let cdf = (law.cdf.unwrap())(edge, theta);
            let hits = draws.iter().filter(|x| **x > before.0 && **x <= edge).count();
            test.check(hits as u64, DRAWS as u64, cdf - before.1)
                .unwrap_or_else(|rejection| panic!("{name} {theta:?} up to {edge}: {rejection}"));
            before = (edge, cdf);
        }
    }
}

#[test]
fn no_parameter_hangs_a_sampler() {
    for (name, parameter, theta) in MODERATE {
        let law = law(name, parameter);
        for i in 0..theta.len() {
            let mut broken = theta.to_vec();
            broken[i] = f64::NAN;
            let draw = (law.sampler.unwrap().draw)(&mut Rng::new(1).element(), &broken);
            // A gate may decide before the count is asked for.
            let gated = law.parameters[theta.len() - 1].name == "gate" && draw == 0.0;
            assert!(draw.is_nan() || gated, "{name} {broken:?}: {draw}");
        }
    }
}

/// Pairs of laws with parameters, the parameters a little off, and whose divergence is a sum over the bulk of the first.
const PAIRS: &[(&str, &str, &[f64], &[f64])] = &[
    ("Bernoulli", "logits", &[-1.0], &[3.0]),
    ("Bernoulli", "probs", &[0.2], &[0.9]),
    ("Binomial", "probs", &[30.0, 0.2], &[30.0, 0.4]),
    ("Binomial", "probs", &[30.0, 0.2], &[45.0, 0.1]),
    ("Binomial", "logits", &[30.0, 3.0], &[30.0, 2.0]),
    ("DiscreteUniform", "low", &[2.0, 5.0], &[0.0, 9.0]),
    ("Geometric", "probs", &[0.3], &[0.05]),
    ("Geometric", "logits", &[-1.0], &[0.5]),
    ("NegativeBinomial", "probs", &[2.5, 0.3], &[2.5, 0.8]),
    ("NegativeBinomial", "logits", &[2.5, 0.3], &[2.5, -1.0]),
    ("Poisson", "rate", &[7.0], &[11.0]),
];

#[test]
fn divergences_are_their_sums() {
    for (name, parameter, q, p) in PAIRS {
        let law = law(name, parameter);
        let pair = divergences(name, name).find(|pair| pair.q.1 == law.parameters).expect("a divergence");
        let want: f64 = bulk(law, q)
            .map(|x| (law.log_prob)(x, q).exp() * ((law.log_prob)(x, q) - (law.log_prob)(x, p)))
            .sum();
        assert!(close((pair.kl)(q, p), want, 1e-12), "{name} {q:?} {p:?}: {} {want}", (pair.kl)(q, p));
        assert_eq!((pair.kl)(q, q), 0.0, "{name}");
        let last = q.len() - 1;
        if law.parameters[last].domain == Domain::Integer {
            continue;
        }
        // Quadratic near equality: a quarter at half the distance.
        let at = |step: f64| {
            let mut near = q.to_vec();
            near[last] += step;
            (pair.kl)(q, &near)
        };
        let (far, near) = (at(2.0_f64.powi(-30)), at(2.0_f64.powi(-31)));
        assert!(near > 0.0 && close(far / near, 4.0, 1e-8), "{name}: {far:e} {near:e}");
    }
}

#[test]
fn between_families() {
    let kl = |q: &str, p: &str, theta: &[f64], other: &[f64]| {
        let pair =
            divergences(q, p).find(|pair| pair.q.1[0].name != "logits" && pair.p.1.len() == other.len());
        (pair.expect("a divergence").kl)(theta, other)
    };
    let want = 0.3 * (0.3_f64.ln() - (2.0_f64.ln() - 2.0)) + 0.7 * (0.7_f64.ln() + 2.0);
    assert!(close(kl("Bernoulli", "Poisson", &[0.3], &[2.0]), want, 1e-14));
    assert!(close(kl("Bernoulli", "Poisson", &[1e-200], &[1e-200]), 0.0, 0.0));
    assert_eq!(kl("Poisson", "Bernoulli", &[0.3], &[0.5]), f64::INFINITY);
    assert_eq!(kl("Poisson", "Binomial", &[0.3], &[9.0, 0.5]), f64::INFINITY);
    assert!(close(kl("Poisson", "Binomial", &[0.0], &[3.0, 0.5]), 3.0 * 2.0_f64.ln(), 1e-15));
    assert_eq!(kl("Binomial", "Binomial", &[9.0, 0.5], &[8.0, 0.5]), f64::INFINITY);
    assert_eq!(kl("DiscreteUniform", "DiscreteUniform", &[0.0, 9.0], &[1.0, 9.0]), f64::INFINITY);
}

#[test]
fn an_open_gate_changes_nothing() {
    let (poisson, inflated, hurdle) =
        (law("Poisson", "rate"), law("ZeroInflatedPoisson", "gate"), law("HurdlePoisson", "gate"));
    let rate = 1.7_f64;
    for x in 0..40 {
        let x = f64::from(x);
        let plain = (poisson.log_prob)(x, &[rate]);
        assert!(close((inflated.log_prob)(x, &[rate, 0.0]), plain, 1e-15));
        assert!(close((hurdle.log_prob)(x, &[rate, (-rate).exp()]), plain, 1e-14));
        assert!(close((inflated.sf.unwrap())(x, &[rate, 0.0]), (poisson.sf.unwrap())(x, &[rate]), 1e-15));
        assert!(close(
            (hurdle.sf.unwrap())(x, &[rate, (-rate).exp()]),
            (poisson.sf.unwrap())(x, &[rate]),
            1e-14
        ));
    }
    assert_eq!((inflated.log_prob)(0.0, &[rate, 1.0]), 0.0);
    assert_eq!((inflated.log_prob)(3.0, &[rate, 1.0]), f64::NEG_INFINITY);
    assert!((hurdle.check)(&[0.0, 0.5]).is_err());
}
