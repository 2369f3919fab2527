//! The error function, the normal distribution function, logarithms of sums, and the distributions made of them.

use reparam_kernels::elementary::normal_quantile;
use reparam_kernels::special::*;

use crate::bank::{Point, check};

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;
/// What is asked of a quantile or of the slope of a draw.
const PATH: f64 = 1e-11;

fn special(name: &str, function: fn(f64) -> f64) {
    check("special", "special", name, DOUBLE, |p| function(p.x()));
}

#[test]
fn error_functions() {
    special("erf", erf);
    special("erfc", erfc);
    special("erfcx", erfcx);
    special("erfinv", erfinv);
}

#[test]
fn normal_distribution() {
    special("ndtr", normal_cdf);
    special("log_ndtr", log_normal_cdf);
    special("ndtri", normal_quantile);
    special("ndtri_exp", normal_quantile_of_log);
    let standard = |p: &Point| (p.x() - p.param("loc")) / p.param("scale");
    check("normal", "Normal", "cdf", DOUBLE, |p| normal_cdf(standard(p)));
    check("normal", "Normal", "sf", DOUBLE, |p| normal_sf(standard(p)));
    check("normal", "Normal", "log_cdf", DOUBLE, |p| log_normal_cdf(standard(p)));
    check("normal", "Normal", "icdf", PATH, |p| p.param("loc") + p.param("scale") * normal_quantile(p.x()));
}

#[test]
fn logarithms() {
    special("log1mexp", log1mexp);
    special("softplus_inv", softplus_inverse);
    special("log_sigmoid", log_sigmoid);
    special("logit", logit);
    special("log1m_tanh2", log1m_tanh2);
    check("special", "special", "logsumexp", DOUBLE, |p| log_sum_exp(&Point::vector(&p.x)));
    check("special", "special", "logsubexp", DOUBLE, |p| log_sub_exp(p.param("a"), p.param("b")));
}
