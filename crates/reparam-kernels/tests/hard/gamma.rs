//! The gamma function and its relatives, and laws made of them.

use reparam_kernels::special::*;

use crate::bank::{Point, check};

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;
/// What is asked of slopes of draws and of quantiles.
const SLOPE: f64 = 1e-11;

fn special(name: &str, function: impl Fn(&Point) -> f64) {
    check("special", "special", name, DOUBLE, function);
}

#[test]
fn log_gamma_and_derivatives() {
    special("lgamma", |p| lgamma(p.x()));
    special("digamma", |p| digamma(p.x()));
    special("trigamma", |p| trigamma(p.x()));
    special("multigammaln", |p| multigammaln(p.param("a"), p.param("p") as usize));
}

#[test]
fn log_beta_and_differences() {
    special("lbeta", |p| lbeta(p.param("a"), p.param("b")));
    special("lgamma_diff", |p| lgamma_diff(p.param("a"), p.param("b")));
}

#[test]
fn incomplete_gamma() {
    special("gammainc", |p| gamma_p(p.param("a"), p.x()));
    special("gammaincc", |p| gamma_q(p.param("a"), p.x()));
    special("gammainc_grad_a", |p| gamma_p_grad_a(p.param("a"), p.x()));
}

#[test]
fn gamma_law() {
    let law = |name, allowed, function: fn(f64, f64) -> f64| {
        check("gamma", "Gamma", name, allowed, |p| {
            function(p.param("concentration"), p.x() * p.param("rate"))
        });
    };
    law("cdf", DOUBLE, gamma_p);
    law("sf", DOUBLE, gamma_q);
    check("gamma", "Gamma", "dz_dconcentration", SLOPE, |p| {
        let rate = p.param("rate");
        gamma_draw_slope(p.param("concentration"), p.x() * rate) / rate
    });
    check("gamma", "Gamma", "dlogz_dconcentration", SLOPE, |p| {
        log_gamma_draw_slope(p.param("concentration"), p.x() + p.param("rate").ln())
    });
    check("gamma", "Gamma", "icdf", SLOPE, |p| {
        gamma_p_inv(p.param("concentration"), p.x()) / p.param("rate")
    });
    check("gamma", "Gamma", "entropy", DOUBLE, |p| {
        let a = p.param("concentration");
        // a + ln Γ(a) + (1 − a) ψ(a), with what grows taken out of it.
        let entropy = if a < 1.0 {
            a + lgamma(a) + (1.0 - a) * digamma(a)
        } else {
            0.5 * (std::f64::consts::TAU * a).ln() + stirling_error(a) + (1.0 - a) * digamma_minus_log(a)
        };
        entropy - p.param("rate").ln()
    });
}

#[test]
fn inverse_gamma_law() {
    check("inverse_gamma", "InverseGamma", "cdf", DOUBLE, |p| {
        gamma_q(p.param("concentration"), p.param("rate") / p.x())
    });
    check("inverse_gamma", "InverseGamma", "dz_dconcentration", SLOPE, |p| {
        let log_draw = (p.param("rate") / p.x()).ln();
        -p.x() * log_gamma_draw_slope(p.param("concentration"), log_draw)
    });
}
