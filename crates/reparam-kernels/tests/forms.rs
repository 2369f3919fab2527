//! Laws by other parameters: the law itself at its own parameters, and slopes in those that are given.

use reparam_kernels::Rng;
use reparam_kernels::catalog::{UNIVARIATES, Univariate};
use reparam_kernels::law::Level;
use reparam_testing::gradient;

const LN_4: f64 = 2.0 * std::f64::consts::LN_2;

/// A law, the parameters that are given, their numbers, and the law's own.
type Case = (&'static str, &'static [&'static str], &'static [f64], &'static [f64]);

const CASES: &[Case] = &[
    ("Gamma", &["concentration", "scale"], &[2.5, 4.0], &[2.5, 0.25]),
    ("Gamma", &["mean", "sd"], &[3.0, 1.5], &[4.0, 4.0 / 3.0]),
    ("Exponential", &["scale"], &[4.0], &[0.25]),
    ("Normal", &["loc", "precision"], &[1.0, 4.0], &[1.0, 0.5]),
    ("Normal", &["loc", "variance"], &[1.0, 9.0], &[1.0, 3.0]),
    ("Beta", &["mean", "precision"], &[0.25, 8.0], &[2.0, 6.0]),
    // R's dnbinom(x, size = 10, prob = 0.2) has the mean 40; here successes are counted, with probability 0.8.
    ("NegativeBinomial", &["size", "prob"], &[10.0, 0.2], &[10.0, LN_4]),
    ("NegativeBinomial", &["mean", "dispersion"], &[40.0, 0.1], &[10.0, LN_4]),
    ("NegativeBinomial", &["mean", "size"], &[40.0, 10.0], &[10.0, LN_4]),
];

fn find(name: &str, parameters: &[&str]) -> &'static Univariate {
    let is_it = |law: &&Univariate| {
        law.name == name && law.parameters.iter().map(|own| own.name).eq(parameters.iter().copied())
    };
    UNIVARIATES.iter().find(is_it).unwrap_or_else(|| panic!("there is no {name} by {parameters:?}"))
}

fn near(name: &str, found: f64, truth: f64, tolerance: f64) {
    let off = (found - truth).abs();
    assert!(found == truth || off <= tolerance * truth.abs().max(1e-3), "{name}: {found:e} {truth:e}");
}

#[test]
fn every_form_is_the_law_at_its_own_parameters() {
    for law in UNIVARIATES.iter().filter(|law| law.own.is_some()) {
        let names: Vec<&str> = law.parameters.iter().map(|own| own.name).collect();
        assert!(
            CASES.iter().any(|(name, own, ..)| *name == law.name && own.iter().eq(&names)),
            "{} by {names:?} has no case",
            law.name
        );
    }
    for (name, names, theta, own) in CASES {
        let law = find(name, names);
        let form = law.own.expect("a form");
        let itself =
            UNIVARIATES.iter().find(|other| other.name == *name && other.parameters == form.parameters);
        let itself = itself.unwrap_or_else(|| panic!("{name} is missing"));
        for (found, truth) in (form.theta)(theta).iter().zip(*own) {
            near(&format!("{name} {names:?}"), *found, *truth, 1e-15);
        }
        for x in [0.0, 1.0, 0.3, 5.0, -1.0, 40.0] {
            for function in ["log_prob", "cdf", "log_sf", "mean", "variance", "mode", "entropy"] {
                let [found, truth] = [(law, *theta), (itself, *own)]
                    .map(|(law, theta)| law.evaluate(function, theta, Some(x)));
                assert_eq!(found.is_some(), truth.is_some(), "{name} {names:?}: {function}");
                if let (Some(found), Some(truth)) = (found, truth) {
                    near(&format!("{name} {names:?}: {function} at {x}"), found, truth, 1e-13);
                }
            }
        }
        let draw = |law: &Univariate, theta: &[f64]| {
            (law.sampler.expect("draws").draw)(&mut Rng::new(3).element(), theta)
        };
        near(name, draw(law, theta), draw(itself, own), 1e-13);
    }
}

#[test]
fn slopes_are_those_in_the_parameters_given() {
    for (name, names, theta, _) in CASES {
        let law = find(name, names);
        let quantile = |u: f64, theta: &[f64]| law.quantile.expect("quantiles")(Level::lower(u), theta);
        let x = if (law.support)(theta).is_discrete() { 7.0 } else { quantile(0.3, theta) };
        let by_difference = gradient(|theta| (law.log_prob)(x, theta), theta, 0.01);
        for (found, truth) in (law.log_prob_slopes)(x, theta)[1..].iter().zip(by_difference) {
            near(&format!("{name} {names:?}: score"), *found, truth.value, 1e-7);
        }
        let Some(slopes) = law.slopes else { continue };
        let coordinate = law.sampler.expect("draws").coordinate;
        let t = coordinate.of(x);
        for (found, truth) in slopes(t, theta).iter().zip(gradient(|theta| quantile(0.3, theta), theta, 0.01))
        {
            near(&format!("{name} {names:?}: path"), coordinate.slope(t) * found, truth.value, 1e-7);
        }
    }
}
