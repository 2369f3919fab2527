//! Modified Bessel functions and the von Mises distribution.

use reparam_kernels::special::*;

use crate::bank::check;

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;

#[test]
fn orders_zero_and_one() {
    let special = |name: &str, function: fn(f64) -> f64| check("special", "special", name, DOUBLE, |p| function(p.x()));
    special("i0e", i0e);
    special("i1e", i1e);
    special("log_i0", log_i0);
    special("bessel_ratio", bessel_ratio);
    special("bessel_ratio_grad", bessel_ratio_grad);
    check("vonmises", "VonMises", "variance", DOUBLE, |p| bessel_ratio_complement(p.param("concentration")));
}
