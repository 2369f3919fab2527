//! The examples of distributions of one's own, held to the laws and to their exact values.
//!
//! False alarms: 1e-9 for each of nine comparisons, and those of the laws.
#![allow(clippy::duplicate_mod, reason = "every example brings the table that it prints")]

mod common;

use common::normal_cdf;
use reparam::{
    law::{Cdf, Law},
    laws,
    testing::{Case, Support, log_determinant_is_jacobian, parts, round_trip, tensor},
};
use reparam_testing::{MeanTest, Rates};

macro_rules! examples {
    ($($name:ident: $path:literal),+ $(,)?) => {
        $(#[path = $path] #[allow(dead_code, reason = "a test does not print")] mod $name;)+
    };
}
examples! {
    own_cdf: "../examples/own_cdf.rs",
    own_path: "../examples/own_path.rs",
    own_transform: "../examples/own_transform.rs",
}

#[test]
fn estimates_have_their_exact_values() {
    let test = MeanTest::new(Rates::new(1e-9, 1e-3));
    for rows in [own_path::estimates(), own_cdf::estimates(), own_transform::estimates()] {
        for (name, estimate, exact) in rows {
            test.check(&estimate, exact).unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
        }
    }
}

#[test]
fn from_noise_and_path() {
    let case =
        Case::<_, 2>::new("Rayleigh(1.3)", [1.3], |scale| own_path::Rayleigh::new(scale.reshape([1, 1])));
    let case = case.support(Support::Interval(0.0, 15.0)).cdf(|_, x| -(-0.5 * (x / 1.3f64).powi(2)).exp_m1());
    let expected = ["Distribution", "Moments", "Reparameterized", "Reparameterized + Moments", "Explicit"];
    assert_eq!(laws!(case), expected);
}

#[test]
fn from_a_distribution_function() {
    for params in [own_cdf::PARAMETERS, [0.3, 0.1, 1.5], [1e-3, 2.0, 0.01]] {
        let case = Case::<_, 2>::new(format!("Lifetime{params:?}"), params, |p| {
            own_cdf::Lifetime::<2>::from_parameters(parts(p))
        });
        // Where the logarithm of the survivors passes −60.
        let mut last = 1.0;
        while own_cdf::Makeham::log_upper(last, params) > -60.0 && last < 1e6 {
            last *= 1.1;
        }
        let case =
            case.support(Support::Interval(0.0, last)).cdf(move |_, x| own_cdf::Makeham::lower(x, params));
        assert_eq!(laws!(case), ["Distribution", "Factorized", "Reparameterized"]);
    }
    assert!(own_cdf::Makeham::check([1.0, -1.0, 1.0]).is_err());
}

#[test]
fn by_a_bijection() {
    let x = [-3.0, -0.7, 1e-9, 0.4, 2.5];
    round_trip("Sinh", &own_transform::Sinh, tensor(&x, [1, 5]), 1e-12);
    log_determinant_is_jacobian("Sinh", &own_transform::Sinh, &x);
    let case = Case::<_, 2>::new("Johnson(0.3, 0.6)", [0.3, 0.6], |p| {
        let [loc, scale] = parts(p);
        own_transform::johnson(loc, scale)
    });
    let ends = [-8.0, 8.0].map(|z: f64| (0.3 + 0.6 * z).sinh());
    let case =
        case.support(Support::Interval(ends[0], ends[1])).cdf(|_, y| normal_cdf((y.asinh() - 0.3) / 0.6));
    assert_eq!(laws!(case), ["Distribution", "Factorized", "Reparameterized", "Explicit"]);
}
