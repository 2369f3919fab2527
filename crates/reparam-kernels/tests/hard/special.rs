//! The special functions.

use reparam_kernels::elementary::{sigmoid, softplus};

use crate::bank::check;

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;

#[test]
fn softplus_and_sigmoid() {
    check("special", "special", "softplus", DOUBLE, |p| softplus(p.x()));
    check("special", "special", "sigmoid", DOUBLE, |p| sigmoid(p.x()));
}
