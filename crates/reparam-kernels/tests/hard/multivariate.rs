//! Multivariate laws.

use reparam_kernels::multivariate::{Factor, normal};
use serde_json::Value;

use crate::bank::{Point, check};

/// What is asked of a value, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;

/// The rows of a matrix, one after the other.
fn matrix(value: &Value) -> Vec<f64> {
    value.as_array().expect("a matrix").iter().flat_map(Point::vector).collect()
}

fn vector(point: &Point, name: &str) -> Vec<f64> {
    Point::vector(&point.params[name])
}

/// The factor that the parameters with this prefix give.
fn factor(point: &Point, prefix: &str, d: usize) -> Factor {
    match point.params.get(&format!("{prefix}scale_tril")) {
        Some(lower) => Factor::new(d, &matrix(lower)),
        None => Factor::of_covariance(d, &matrix(&point.params["covariance_matrix"]), 0.0).expect("definite"),
    }
}

#[test]
fn normal_law() {
    check("mvn", "MultivariateNormal", "log_prob", DOUBLE, |p| {
        let x = Point::vector(&p.x);
        normal::log_prob(&x, &vector(p, "loc"), &factor(p, "", x.len()), [&mut [], &mut [], &mut []])
    });
    let pair = "MultivariateNormal|MultivariateNormal";
    check("kl", pair, "kl", DOUBLE, |p| {
        let loc = ["p_loc", "q_loc"].map(|name| vector(p, name));
        let factor = ["p_", "q_"].map(|prefix| factor(p, prefix, loc[0].len()));
        let none = [&mut [][..], &mut [], &mut [], &mut []];
        normal::kl((&loc[0], &factor[0]), (&loc[1], &factor[1]), none)
    });
}

#[test]
fn factor_of_a_precision() {
    let factor = Factor::of_precision(2, &[2.0, 0.5, 0.5, 1.0]).unwrap();
    // The inverse of [[2, ½], [½, 1]] is [[4, −2], [−2, 8]] / 7.
    for ((i, j), entry) in [(0, 0), (1, 0), (1, 1)].into_iter().zip([4.0, -2.0, 8.0]) {
        let got: f64 = (0..=j).map(|k| (factor.at(i, k) * factor.at(j, k)).hi).sum();
        assert!((got - entry / 7.0).abs() < 1e-15, "({i}, {j}): {got}");
    }
}

#[test]
fn the_first_bad_pivot_is_named() {
    let fault = Factor::of_covariance(2, &[1.0, 2.0, 2.0, 1.0], 0.0).unwrap_err();
    assert_eq!((fault.index, fault.pivot), (1, -3.0));
    let fault = Factor::of_precision(2, &[-1.0, 0.0, 0.0, 1.0]).unwrap_err();
    assert_eq!((fault.index, fault.pivot), (0, -1.0));
}
