//! Multivariate laws.

use reparam_kernels::multivariate::{Factor, dirichlet, lkj, low_rank, normal, sphere, wishart};
use serde_json::Value;

use crate::bank::{Point, check, points};

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

#[test]
fn dirichlet_law() {
    let concentration = |p: &Point| vector(p, "concentration");
    for file in ["dirichlet", "edge"] {
        check(file, "Dirichlet", "log_prob", DOUBLE, |p| {
            dirichlet::log_prob(&Point::vector(&p.x), &concentration(p), [&mut [], &mut []])
        });
    }
    check("dirichlet", "Dirichlet", "entropy", DOUBLE, |p| dirichlet::entropy(&concentration(p), &mut []));
    check("kl", "Dirichlet|Dirichlet", "kl", DOUBLE, |p| {
        let [a, b] = ["p_concentration", "q_concentration"].map(|name| vector(p, name));
        dirichlet::kl(&a, &b, [&mut [], &mut []])
    });
}

/// Inside, the density of the logarithms is that of the numbers.
#[test]
fn dirichlet_law_in_logarithms() {
    for p in points("dirichlet").iter().filter(|p| p.function == "log_prob") {
        let mut x = Point::vector(&p.x);
        let sum: f64 = x.iter().sum();
        for x in &mut x {
            *x /= sum;
        }
        let log_x: Vec<f64> = x.iter().map(|x| x.ln()).collect();
        let a = vector(p, "concentration");
        let [plain, log] = [
            dirichlet::log_prob(&x, &a, [&mut [], &mut []]),
            dirichlet::log_prob_log(&log_x, &a, [&mut [], &mut []]),
        ];
        // Σ x_i is 1 to a rounding only, which counts as often as the concentrations say.
        let scale = plain.abs() + a.iter().sum::<f64>() * 1e-3;
        assert!((log - plain).abs() <= 1e-12 * scale, "{}: {log} {plain}", p.id);
    }
}

#[test]
fn wishart_law() {
    check("mvn", "Wishart", "log_prob_tril", DOUBLE, |p| {
        let t = matrix(&p.x);
        let d = p.x.as_array().expect("rows").len();
        let none = [&mut [][..], &mut [], &mut []];
        wishart::log_prob(&Factor::new(d, &t), p.param("df"), &factor(p, "", d), none)
    });
}

#[test]
fn lkj_law() {
    for file in ["mvn", "edge"] {
        check(file, "LKJCholesky", "log_prob", DOUBLE, |p| {
            let d = p.param("dim") as usize;
            let diagonal: Vec<f64> = matrix(&p.x).iter().step_by(d + 1).map(|x| x.ln()).collect();
            lkj::log_prob(&diagonal, p.param("concentration"), [&mut [], &mut []])
        });
    }
}

/// Nearly collinear factors, beside variances that are far below their squares.
#[test]
fn low_rank_normal_law() {
    let parts = |p: &Point| (matrix(&p.params["factor"]), vector(p, "diagonal"));
    check("mended", "LowRankNormal", "log_prob", DOUBLE, |p| {
        let (factor, variance) = parts(p);
        let none = [&mut [][..], &mut [], &mut [], &mut []];
        low_rank::log_prob(&Point::vector(&p.x), &vector(p, "loc"), &factor, &variance, none)
    });
    check("mended", "LowRankNormal", "entropy", DOUBLE, |p| {
        let (factor, variance) = parts(p);
        low_rank::entropy(&factor, &variance, [&mut [], &mut []])
    });
}

#[test]
fn lkj_law_of_small_concentrations() {
    check("mended", "LkjCholesky", "log_prob", DOUBLE, |p| {
        let d = p.param("dim") as usize;
        let diagonal: Vec<f64> = matrix(&p.x).iter().step_by(d + 1).map(|x| x.ln()).collect();
        lkj::log_prob(&diagonal, p.param("concentration"), [&mut [], &mut []])
    });
}

#[test]
fn power_spherical_law_of_large_concentrations() {
    check("mended", "PowerSpherical", "log_prob", DOUBLE, |p| {
        let none = [&mut [][..], &mut [], &mut []];
        sphere::power_spherical(&Point::vector(&p.x), &vector(p, "loc"), p.param("concentration"), none)
    });
    check("mended", "PowerSpherical", "entropy", DOUBLE, |p| {
        let d = vector(p, "loc").len();
        sphere::log_area(d) - sphere::power_spherical_from_uniform(d, p.param("concentration")).0
    });
}
