//! The incomplete beta function, its derivatives and inverse, Beta draws and Student's t.

use reparam_kernels::special::*;

use crate::bank::{Point, check};

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;
/// What is asked of slopes.
const SLOPE: f64 = 1e-11;

fn ab(p: &Point) -> (f64, f64) {
    (p.param("a"), p.param("b"))
}

fn concentrations(p: &Point) -> (f64, f64) {
    (p.param("concentration1"), p.param("concentration0"))
}

#[test]
fn incomplete_beta() {
    check("special", "special", "betainc", DOUBLE, |p| beta_i(ab(p).0, ab(p).1, p.x()));
    check("beta", "Beta", "cdf", DOUBLE, |p| beta_i(concentrations(p).0, concentrations(p).1, p.x()));
    check("beta", "Beta", "sf", DOUBLE, |p| {
        beta_i_complement(concentrations(p).0, concentrations(p).1, p.x())
    });
}

#[test]
fn derivatives() {
    check("special", "special", "betainc_grad_a", SLOPE, |p| beta_i_grad(ab(p).0, ab(p).1, p.x()).0);
    check("special", "special", "betainc_grad_b", SLOPE, |p| beta_i_grad(ab(p).0, ab(p).1, p.x()).1);
}

#[test]
fn draw_slopes() {
    let slopes = |p: &Point| {
        let (a, b) = concentrations(p);
        beta_draw_slopes(a, b, p.x(), 1.0 - p.x())
    };
    check("beta", "Beta", "dz_dconcentration1", SLOPE, |p| slopes(p).0);
    check("beta", "Beta", "dz_dconcentration0", SLOPE, |p| slopes(p).1);
}

#[test]
fn quantiles() {
    check("beta", "Beta", "icdf", SLOPE, |p| beta_i_inv(concentrations(p).0, concentrations(p).1, p.x()).0);
    check("studentt", "StudentT", "icdf", SLOPE, |p| student_t_quantile(p.param("df"), p.x()));
}

#[test]
fn student_t() {
    check("studentt", "StudentT", "cdf", DOUBLE, |p| student_t_cdf(p.param("df"), p.x()));
    check("studentt", "StudentT", "dz_ddf", SLOPE, |p| student_t_draw_slope_df(p.param("df"), p.x()));
}
