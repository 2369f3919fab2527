//! Modified Bessel functions and the von Mises distribution.

use reparam_kernels::special::*;

use crate::bank::{Point, check};

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;
/// What is asked of a quantile or of the slope of a draw.
const PATH: f64 = 1e-11;

#[test]
fn orders_zero_and_one() {
    let special =
        |name: &str, function: fn(f64) -> f64| check("special", "special", name, DOUBLE, |p| function(p.x()));
    special("i0e", i0e);
    special("i1e", i1e);
    special("log_i0", log_i0);
    special("bessel_ratio", bessel_ratio);
    special("bessel_ratio_grad", bessel_ratio_grad);
    check("vonmises", "VonMises", "circular_variance", DOUBLE, |p| {
        bessel_ratio_complement(p.param("concentration"))
    });
}

#[test]
fn von_mises_distribution() {
    let centred = |p: &Point| p.x() - p.param("loc");
    check("vonmises", "VonMises", "cdf", DOUBLE, |p| von_mises_cdf(p.param("concentration"), centred(p)));
    check("vonmises", "VonMises", "dz_dconcentration", PATH, |p| {
        von_mises_draw_slope(p.param("concentration"), centred(p))
    });
}

/// Random points in each region and on both sides of every switch.
#[test]
fn points_of_our_own() {
    let extra = |name: &str, names: [&str; 2], allowed: f64, function: fn(f64, f64) -> f64| {
        check("../normal_extra", "special", name, allowed, |p| {
            function(p.param(names[0]), p.param(names[1]))
        });
    };
    let of_k = |name: &str, function: fn(f64) -> f64| {
        check("../normal_extra", "special", name, DOUBLE, |p| function(p.param("k")));
    };
    check("../normal_extra", "special", "log_i0", DOUBLE, |p| log_i0(p.param("x")));
    of_k("bessel_ratio_complement", bessel_ratio_complement);
    of_k("bessel_ratio_grad", bessel_ratio_grad);
    extra("log_iv_scaled", ["v", "k"], DOUBLE, log_iv_scaled);
    extra("bessel_ratio_order", ["v", "k"], DOUBLE, bessel_ratio_order);
    extra("bessel_ratio_order_grad", ["v", "k"], DOUBLE, bessel_ratio_order_grad);
    extra("von_mises_cdf", ["k", "z"], DOUBLE, von_mises_cdf);
    extra("von_mises_draw_slope", ["k", "z"], PATH, von_mises_draw_slope);
    of_k("von_mises_variance", von_mises_variance);
    of_k("von_mises_variance_grad", von_mises_variance_grad);
    extra("von_mises_quantile", ["k", "u"], PATH, von_mises_quantile);
}

#[test]
fn von_mises_at_the_edges() {
    use std::f64::consts::PI;
    for k in [0.0, 1e-3, 5.0, 1e6, f64::INFINITY] {
        assert_eq!((von_mises_cdf(k, -4.0), von_mises_cdf(k, 4.0)), (0.0, 1.0));
        assert!((von_mises_cdf(k, 0.0) - 0.5).abs() < 1e-15, "k = {k}");
        assert_eq!([0.0, 0.5, 1.0].map(|u| von_mises_quantile(k, u)), [-PI, 0.0, PI]);
        assert_eq!(von_mises_draw_slope(k, 0.0), 0.0);
        assert!(von_mises_draw_slope(k, -1.0) >= 0.0 && von_mises_draw_slope(k, 1.0) <= 0.0);
    }
    for (k, z) in [(-1.0, 0.5), (f64::NAN, 0.5), (1.0, f64::NAN)] {
        assert!(von_mises_cdf(k, z).is_nan() && von_mises_draw_slope(k, z).is_nan());
        assert!(von_mises_quantile(k, z).is_nan());
    }
    assert!(von_mises_quantile(1.0, 1.5).is_nan());
}
