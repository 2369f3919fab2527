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

#[test]
fn skew_normal_distribution() {
    check("skewnormal", "SkewNormal", "cdf", DOUBLE, |p| {
        skew_normal_cdf((p.x() - p.param("loc")) / p.param("scale"), p.param("skewness"))
    });
}

#[test]
fn inverse_gaussian_distribution() {
    check("inverse_gaussian", "InverseGaussian", "cdf", DOUBLE, |p| {
        inverse_gaussian_cdf(p.param("concentration"), p.param("loc"), p.x())
    });
}

/// The ends of a truncated normal distribution, of which one may be missing, in units of its scale from its location.
fn ends(p: &Point) -> (f64, f64) {
    let end = |name, missing| if p.params.contains_key(name) { p.param(name) } else { missing };
    let standard = |end: f64| (end - p.param("loc")) / p.param("scale");
    (standard(end("low", f64::NEG_INFINITY)), standard(end("high", f64::INFINITY)))
}

#[test]
fn truncated_normal_distribution() {
    let check = |name, function: fn(&Point, f64, f64) -> f64| {
        check("truncnormal", "TruncatedNormal", name, DOUBLE, |p| {
            let (a, b) = ends(p);
            function(p, a, b)
        });
    };
    check("mean", |p, a, b| {
        let scale = p.param("scale");
        if p.params.contains_key("low") {
            p.param("low") + scale * truncated_normal_excess(a, b)
        } else {
            p.param("high") - scale * truncated_normal_excess(-b, -a)
        }
    });
    check("variance", |p, a, b| p.param("scale").powi(2) * truncated_normal_variance(a, b));
    check("entropy", |p, a, b| {
        let deficit = truncated_normal_entropy_deficit(a, b);
        if deficit < 1.0 {
            (p.param("high") - p.param("low")).ln() - deficit
        } else {
            p.param("scale").ln() + truncated_normal_entropy(a, b)
        }
    });
    check("log_prob", |p, a, b| {
        let scale = p.param("scale");
        let z = (p.x() - p.param("loc")) / scale;
        let ratio = truncated_normal_log_ratio(z, a, b);
        if ratio.abs() < 1.0 {
            return ratio - (p.param("high") - p.param("low")).ln();
        }
        -0.5 * z * z - (2.0 * std::f64::consts::PI).ln() / 2.0 - scale.ln() - log_normal_interval(a, b)
    });
}
