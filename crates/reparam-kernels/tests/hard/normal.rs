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

/// Random points in each region and on both sides of every switch.
#[test]
fn points_of_our_own() {
    let one = |name: &str, argument: &str, function: fn(f64) -> f64| {
        check("../normal_extra", "special", name, DOUBLE, |p| function(p.param(argument)));
    };
    let two = |name: &str, names: [&str; 2], function: fn(f64, f64) -> f64| {
        check("../normal_extra", "special", name, DOUBLE, |p| function(p.param(names[0]), p.param(names[1])));
    };
    let three = |name: &str, names: [&str; 3], function: fn(f64, f64, f64) -> f64| {
        check("../normal_extra", "special", name, DOUBLE, |p| {
            let [a, b, c] = names.map(|name| p.param(name));
            function(a, b, c)
        });
    };
    one("erfcx", "x", erfcx);
    one("normal_cdf", "x", normal_cdf);
    one("log_normal_cdf", "x", log_normal_cdf);
    one("inverse_mills_ratio", "x", inverse_mills_ratio);
    one("normal_quantile_of_log", "log_u", normal_quantile_of_log);
    one("binary_entropy_logit", "x", binary_entropy_logit);
    one("log1m_tanh2", "u", log1m_tanh2);
    two("owens_t", ["h", "a"], owens_t);
    two("skew_normal_cdf", ["x", "skewness"], skew_normal_cdf);
    two("skew_normal_draw_slope", ["x", "skewness"], skew_normal_draw_slope);
    three("inverse_gaussian_cdf", ["concentration", "loc", "x"], inverse_gaussian_cdf);
    three("inverse_gaussian_sf", ["concentration", "loc", "x"], inverse_gaussian_sf);
    two("log_normal_interval", ["a", "b"], log_normal_interval);
    two("truncated_normal_mean", ["a", "b"], truncated_normal_mean);
    two("truncated_normal_excess", ["a", "b"], truncated_normal_excess);
    two("truncated_normal_variance", ["a", "b"], truncated_normal_variance);
    two("truncated_normal_entropy", ["a", "b"], truncated_normal_entropy);
    two("truncated_normal_entropy_deficit", ["a", "b"], truncated_normal_entropy_deficit);
    three("truncated_normal_log_ratio", ["z", "a", "b"], truncated_normal_log_ratio);
}

#[test]
fn edges() {
    const INF: f64 = f64::INFINITY;
    assert_eq!([-INF, 0.0, INF].map(normal_cdf), [0.0, 0.5, 1.0]);
    assert_eq!([-INF, INF].map(log_normal_cdf), [-INF, 0.0]);
    assert_eq!([-INF, INF].map(inverse_mills_ratio), [INF, 0.0]);
    assert_eq!([-INF, INF].map(erfcx), [INF, 0.0]);
    assert_eq!([-1.0, 0.0, 1.0].map(erfinv), [-INF, 0.0, INF]);
    assert_eq!([0.0, 1.0, 2.0].map(erfcinv), [INF, 0.0, -INF]);
    assert_eq!([-INF, 0.0].map(normal_quantile_of_log), [-INF, INF]);
    let functions =
        [erf, erfc, erfcx, erfinv, erfcinv, normal_cdf, normal_sf, log_normal_cdf, inverse_mills_ratio];
    assert!(functions.iter().all(|f| f(f64::NAN).is_nan()));
    assert!([erfinv(1.1), erfcinv(-0.1), normal_quantile_of_log(0.1)].iter().all(|y| y.is_nan()));

    assert_eq!((owens_t(0.0, INF), owens_t(INF, 1.0), owens_t(1.0, 0.0)), (0.25, 0.0, 0.0));
    assert_eq!((skew_normal_cdf(-INF, 2.0), skew_normal_cdf(INF, 2.0)), (0.0, 1.0));
    assert_eq!([-1.0, 0.0, INF].map(|x| inverse_gaussian_cdf(2.0, 1.0, x)), [0.0, 0.0, 1.0]);
    assert_eq!([-1.0, 0.0, INF].map(|x| inverse_gaussian_log_sf(2.0, 1.0, x)), [0.0, 0.0, -INF]);
    assert!(inverse_gaussian_cdf(-1.0, 1.0, 1.0).is_nan() && skew_normal_cdf(f64::NAN, 1.0).is_nan());

    assert!((inverse_gaussian_cdf(1e300, 1e-300, 1e-300) - 0.5).abs() < 1e-15);
    assert!((truncated_normal_excess(1e100, INF) * 1e100 - 1.0).abs() < 2e-15);
    assert_eq!((log_normal_interval(-INF, INF), log_normal_interval(3.0, 3.0)), (0.0, -INF));
    assert!(log_normal_interval(1.0, 0.0).is_nan() && log_normal_interval(0.0, f64::NAN).is_nan());
    assert_eq!(truncated_normal_mean(-INF, INF), 0.0);
    assert!((truncated_normal_variance(-INF, INF) - 1.0).abs() < 1e-15);
    assert_eq!((truncated_normal_excess(-INF, 1.0), truncated_normal_entropy_deficit(0.0, INF)), (INF, INF));
}

/// T(h, 1) = ½ Φ(h) (1 − Φ(h)), and the derivative of the skew-normal distribution function in the skewness.
#[test]
fn identities() {
    for h in [0.0, 0.1, 1.0, 5.0, 20.0, 37.0] {
        let exact = 0.5 * normal_cdf(h) * normal_sf(h);
        assert!((owens_t(h, 1.0) / exact - 1.0).abs() < 2e-15, "T({h}, 1)");
        assert_eq!(owens_t(-h, -1.0), -owens_t(h, 1.0));
    }
    for (x, a) in [(-2.0, 0.5), (-0.3, 4.0), (0.7, 2.0), (1.5, -1.0)] {
        let step = 1e-5;
        let slope = (skew_normal_cdf(x, a + step) - skew_normal_cdf(x, a - step)) / (2.0 * step);
        assert!((skew_normal_cdf_grad_skewness(x, a) - slope).abs() < 1e-9, "x = {x}, skewness {a}");
        let density = 2.0 * normal_cdf(a * x) * (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let draw = -skew_normal_cdf_grad_skewness(x, a) / density;
        assert!((skew_normal_draw_slope(x, a) / draw - 1.0).abs() < 1e-14, "x = {x}, skewness {a}");
    }
}
