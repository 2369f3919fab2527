use std::rc::Rc;

use burn::tensor::Device;
use reparam::Rng;
use reparam_testing::{MeanTest, Rates};

use super::*;
use crate::error::Result;
use crate::estimate::{Integrand, METHODS, Method, Outcome, Plan, Site, exact, run, slopes};

/// Names, laws and estimators.
type Variables<'a> = &'a [(&'a str, &'a str, &'a str)];

/// What these estimators give for the variables, and the exact gradient in the order of all slopes.
fn estimate(
    expression: &str,
    variables: Variables<'_>,
    samples: u64,
) -> Result<(Outcome, Vec<Rc<Site>>, Vec<f64>)> {
    let sites: Vec<Rc<Site>> =
        variables.iter().map(|(name, law, _)| Site::read(name, law).map(Rc::new)).collect::<Result<_>>()?;
    let parsed = reparam_lang::parse(expression).expect("an expression");
    let integrand = Rc::new(Integrand::new(&parsed, &sites)?);
    let methods: Vec<&'static Method> =
        variables.iter().map(|(.., method)| Method::named(method).expect("an estimator")).collect();
    let joint = Joint::new(&sites, &Device::flex().autodiff());
    let outcome =
        run(&mut Plan::new(&methods), &joint, &integrand, samples, &mut Rng::new(5), |_, _| Ok(()))?;
    let exact = exact(&integrand, &sites).expect("an exact answer");
    let truth = slopes(&sites).iter().map(|slope| slope.of(&exact)).collect();
    Ok((outcome, sites, truth))
}

const OWN: &str = "score-rao-blackwell";

/// Terms that share numbers, numbers in no term of their own, elements that are drawn together, and each kind of estimator
/// around it: what is nested in another sees the terms all the same.
#[test]
fn gradients_are_the_exact_ones() {
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    let cases: [(&str, Variables<'_>, u64); 6] = [
        ("sum((b - 0.3)^2) + 2*b[0]*b[2]", &[("b", "Bernoulli([.2, .5, .9])", OWN)], 1),
        ("3 - n*m/2 + log(1 + n)", &[("n", "Poisson(3)", OWN), ("m", "Poisson(1.5)", OWN)], 1),
        ("sum(sin(z)) + z[0]*b", &[("z", "Normal([0.3, -1, 2], 0.7)", OWN), ("b", "Bernoulli(.4)", OWN)], 1),
        (
            "dot(k, [1, 2, 4]) + b*k[0] + sin(b)",
            &[("k", "OneHotCategorical([.2, .3, .5])", OWN), ("b", "Bernoulli(.4)", OWN)],
            1,
        ),
        (
            "b*z + sin(z) + (b - 0.2)^2 - w",
            &[
                ("b", "Bernoulli(.4)", OWN),
                ("z", "Normal(0.3, 1)", "pathwise"),
                ("w", "Uniform(0, 2)", "pathwise"),
            ],
            1,
        ),
        (
            "n*z + (n - 2)^2 + cos(z) + m",
            &[("n", "Poisson(2)", OWN), ("z", "Normal(0.3, 1)", "measure-valued"), ("m", "Poisson(1)", OWN)],
            5,
        ),
    ];
    for (expression, variables, evaluations) in cases {
        let (outcome, sites, truth) =
            estimate(expression, variables, 20_000).unwrap_or_else(|error| panic!("{error}"));
        let found = &outcome.measurement;
        assert_eq!(found.evaluations, 20_000 * evaluations, "{expression}");
        for (slope, truth) in slopes(&sites).iter().zip(truth) {
            let verdict = test.check(slope.moments(found), truth);
            verdict.unwrap_or_else(|error| panic!("{expression}: {}: {error}", slope.label()));
        }
    }
}

/// A number that takes its part in d terms of their own has the variance that it has alone: for f = (b − t)², K particles
/// and v = p (1 − p) it is (1 − 2t)² (Var (b − p)² / v² + 2 / (K − 1)) for one draw.
#[test]
fn a_sum_has_the_variance_of_its_terms() {
    let bits = format!("Bernoulli([{}])", [".3"; 20].join(", "));
    let (outcome, ..) =
        estimate("sum((b - 0.3)^2)", &[("b", &bits, OWN)], 40_000).unwrap_or_else(|error| panic!("{error}"));
    let v: f64 = 0.3 * 0.7;
    let alone = 0.4f64.powi(2) * ((v * (1.0 - 3.0 * v) - v * v) / (v * v) + 2.0 / 3.0);
    // The kurtosis of the estimate is 2.2, so 20 times 10,000 repetitions know the variance to 0.25 %; 1.5 % is a chance of
    // 10⁻⁹.
    let ratio = outcome.variance() / (20.0 * alone);
    assert!((ratio - 1.0).abs() < 0.015, "{ratio}");
}

#[test]
fn what_is_not_finite_is_named() {
    let error = estimate("sum(log(z))", &[("z", "Normal([2, 1], 1)", OWN)], 1000).err().expect("a fault");
    assert!(error.to_string().contains("not finite at the draw z[0] = "), "{error}");
}

/// A product of factors may leave the range of numbers where the sum does not.
#[test]
fn a_term_that_is_not_finite_is_no_gradient() {
    let large = "1e200*(1e200*(1e-300*n)) + m";
    let error = estimate(large, &[("n", "Poisson(3)", OWN), ("m", "Poisson(2)", OWN)], 1000);
    assert!(error.err().expect("a fault").to_string().contains("not finite at the draw n = "));
}

#[test]
fn it_is_offered_where_terms_differ() {
    let own = METHODS.iter().find(|method| method.name == OWN).expect("it is there");
    for (expression, fits) in [
        ("sum((b - 0.3)^2)", true),
        ("b[0] + b[1]*b[2]", true),
        ("prod(b)", false),
        ("prod(b) + 3", false),
        ("norm(b) - 2*prod(b)", false),
        ("b[0]^2", false),
    ] {
        let site = Site::read("b", "Bernoulli([.2, .5, .9])").unwrap_or_else(|error| panic!("{error}"));
        let parsed = reparam_lang::parse(expression).expect("an expression");
        let sites = [Rc::new(site)];
        let integrand = Integrand::new(&parsed, &sites).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(own.suits(&sites[0], &integrand), fits, "{expression}");
    }
}
