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
    check("vonmises", "VonMises", "variance", DOUBLE, |p| bessel_ratio_complement(p.param("concentration")));
}

#[test]
fn von_mises_distribution() {
    let centred = |p: &Point| p.x() - p.param("loc");
    check("vonmises", "VonMises", "cdf", DOUBLE, |p| von_mises_cdf(p.param("concentration"), centred(p)));
    check("vonmises", "VonMises", "dz_dconcentration", PATH, |p| {
        von_mises_draw_slope(p.param("concentration"), centred(p))
    });
}
