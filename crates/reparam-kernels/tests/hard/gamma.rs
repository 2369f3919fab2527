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
    check("gamma", "Gamma", "log_prob", DOUBLE, |p| {
        let rate = p.param("rate");
        gamma_log_density(p.param("concentration"), p.x() * rate) + rate.ln()
    });
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

/// Both sides of every change of method, and random points of all shapes into the far tails.
#[test]
fn further_points() {
    let extra = |name, allowed, function: &dyn Fn(&Point) -> f64| {
        check("../gamma_extra", "special", name, allowed, function);
    };
    let shaped = |name, allowed, function: fn(f64, f64) -> f64| {
        extra(name, allowed, &|p: &Point| function(p.param("a"), p.x()));
    };
    shaped("gammainc", DOUBLE, gamma_p);
    shaped("gammaincc", DOUBLE, gamma_q);
    shaped("log_gammainc", DOUBLE, log_gamma_p);
    shaped("log_gammaincc", DOUBLE, log_gamma_q);
    shaped("gammainc_grad_a", DOUBLE, gamma_p_grad_a);
    shaped("dz_dconcentration", SLOPE, gamma_draw_slope);
    shaped("dz_dconcentration", SLOPE, |a, x| x * log_gamma_draw_slope(a, x.ln()));
    shaped("gamma_p_inv", SLOPE, gamma_p_inv);
    shaped("gamma_q_inv", SLOPE, gamma_q_inv);
    shaped("gamma_q_inv", SLOPE, |a, q| log_gamma_q_inv(a, q.ln()).exp());
    shaped("log_gamma_p_inv", SLOPE, |a, u| log_gamma_p_inv(a, u.ln()));
    let plain = |name, function: fn(f64) -> f64| extra(name, DOUBLE, &|p: &Point| function(p.x()));
    plain("digamma", digamma);
    plain("trigamma", trigamma);
    plain("tetragamma", tetragamma);
    plain("digamma_minus_log", digamma_minus_log);
    plain("trigamma_minus_recip", trigamma_minus_recip);
    plain("stirling_error", stirling_error);
    plain("lgamma1p", lgamma1p);
    plain("log1pmx", log1pmx);
    extra("deviance", DOUBLE, &|p| deviance(p.x(), p.param("m")));
    extra("lbeta", DOUBLE, &|p| lbeta(p.param("a"), p.param("b")));
    extra("lgamma_bregman", DOUBLE, &|p| lgamma_bregman(p.param("a"), p.param("b")));
    extra("lgamma_diff", DOUBLE, &|p| lgamma_diff(p.param("a"), p.param("b")));
}

#[test]
fn poisson_mass() {
    check("discrete", "Poisson", "log_prob", DOUBLE, |p| poisson_log_mass(p.x(), p.param("rate")));
}

/// Numbers that are spread evenly in the logarithm from 10^low to 10^high.
fn spread(low: f64, high: f64, count: u32) -> impl Iterator<Item = f64> {
    (0..count).map(move |j| 10_f64.powf(low + (high - low) * f64::from(j) / f64::from(count - 1)))
}

fn assert_close(got: f64, expected: f64, allowed: f64, what: &str) {
    assert!((got - expected).abs() <= allowed * expected.abs(), "{what}: {got:e}, expected {expected:e}");
}

#[test]
fn identities() {
    for x in spread(-8.0, 2.5, 60) {
        // Gamma(1, 1) is the exponential law.
        assert_close(gamma_p(1.0, x), -(-x).exp_m1(), 1e-14, &format!("P(1, {x})"));
        assert_close(gamma_q(1.0, x), (-x).exp(), 1e-13 * (1.0 + x), &format!("Q(1, {x})"));
        assert_close(lbeta(1.0, x), -x.ln(), 1e-14 * (1.0 + 1.0 / x.ln().abs()), &format!("ln B(1, {x})"));
        assert_close(
            lgamma_diff(1.0, x),
            x.ln(),
            1e-14 * (1.0 + 1.0 / x.ln().abs()),
            &format!("ln Γ({x} + 1) − ln Γ({x})"),
        );
        assert_close(
            ln_multivariate_beta(&[x, 2.0 * x]),
            lbeta(x, 2.0 * x),
            1e-15,
            &format!("ln B({x}, {})", 2.0 * x),
        );
        assert_eq!(deviance(x, x), 0.0);
    }
    // B(1, 1, 1, 1) = 1 / 3!.
    assert_close(ln_multivariate_beta(&[1.0; 4]), -6_f64.ln(), 1e-15, "ln B(1, 1, 1, 1)");
    assert_eq!(ln_multivariate_beta(&[3.0]), 0.0);
}

#[test]
fn tails_sum_to_one_and_slopes_are_positive() {
    for a in spread(-9.0, 14.0, 120) {
        for x in spread(-12.0, 2.0, 25).map(|factor| factor * a).chain(spread(-4.0, 2.5, 25)) {
            let (p, q, slope) = (gamma_p(a, x), gamma_q(a, x), log_gamma_draw_slope(a, x.ln()));
            assert!(
                (p + q - 1.0).abs() <= 2e-16 && p >= 0.0 && q >= 0.0,
                "a = {a}, x = {x}: P = {p}, Q = {q}"
            );
            assert!(slope > 0.0 && slope.is_finite(), "a = {a}, x = {x}: d ln x / da = {slope}");
            assert!(log_gamma_p(a, x) <= 0.0 && log_gamma_p(a, x) > f64::NEG_INFINITY, "ln P({a}, {x})");
            assert!(log_gamma_q(a, x) <= 0.0 && log_gamma_q(a, x) > f64::NEG_INFINITY, "ln Q({a}, {x})");
        }
    }
}

#[test]
fn quantiles_invert() {
    for a in spread(-6.0, 12.0, 90) {
        for log_u in spread(-14.0, 4.0, 30).map(|x| -x) {
            let log_x = log_gamma_p_inv(a, log_u);
            if log_x < -700.0 {
                continue;
            }
            let x = log_x.exp();
            // One rounding of ln x moves ln P by this much.
            let condition =
                1.0 + (1.0 + log_x.abs()) * a.max(1.0) * (gamma_log_density(a, x) + log_x - log_u).exp();
            let error = (log_gamma_p(a, x) - log_u).abs() / log_u.abs();
            let allowed = 1e-14 * condition / log_u.abs().min(1.0) + 1e-12;
            assert!(
                error <= allowed,
                "a = {a}, ln u = {log_u}: ln x = {log_x}, error {error:e}, allowed {allowed:e}"
            );
        }
    }
}

#[test]
fn edges() {
    let inf = f64::INFINITY;
    for f in [lgamma, lgamma1p, digamma, trigamma, tetragamma, stirling_error, log1pmx] {
        assert!(f(f64::NAN).is_nan());
    }
    for f in
        [gamma_p, gamma_q, log_gamma_p, log_gamma_q, gamma_draw_slope, log_gamma_draw_slope, gamma_p_grad_a]
    {
        assert!(f(f64::NAN, 1.0).is_nan() && f(1.0, f64::NAN).is_nan() && f(-1.0, 1.0).is_nan());
    }
    for f in [gamma_p_inv, gamma_q_inv, log_gamma_p_inv] {
        assert!(
            f(f64::NAN, 0.5).is_nan()
                && f(1.0, f64::NAN).is_nan()
                && f(1.0, 1.5).is_nan()
                && f(-1.0, 0.5).is_nan()
        );
    }
    for f in [lbeta, lgamma_diff, deviance, gamma_log_density, poisson_log_mass] {
        assert!(f(f64::NAN, 1.0).is_nan() && f(1.0, f64::NAN).is_nan());
    }
    assert_eq!((lgamma(0.0), lgamma(-3.0), lgamma1p(-1.0), lbeta(0.0, 2.0)), (inf, inf, inf, inf));
    assert_eq!((digamma(0.0), digamma(-0.0), trigamma(0.0), trigamma(-4.0)), (-inf, inf, inf, inf));
    assert!(digamma(-1.0).is_nan() && tetragamma(-2.0).is_nan());
    assert_eq!(
        (gamma_p(2.0, 0.0), gamma_q(2.0, 0.0), gamma_p(2.0, inf), gamma_q(2.0, inf)),
        (0.0, 1.0, 1.0, 0.0)
    );
    assert_eq!(
        (gamma_p(0.0, 2.0), gamma_q(0.0, 2.0), gamma_p(inf, 2.0), gamma_q(inf, 2.0)),
        (1.0, 0.0, 0.0, 1.0)
    );
    assert_eq!((log_gamma_p(2.0, 0.0), log_gamma_q(2.0, 0.0), log_gamma_q(2.0, inf)), (-inf, 0.0, -inf));
    assert_eq!((gamma_p_inv(2.0, 0.0), gamma_p_inv(2.0, 1.0), gamma_q_inv(2.0, 0.0)), (0.0, inf, inf));
    assert_eq!((log_gamma_p_inv(2.0, -inf), log_gamma_p_inv(2.0, 0.0)), (-inf, inf));
    assert_eq!(
        (gamma_draw_slope(2.0, 0.0), gamma_p_grad_a(2.0, 0.0), gamma_p_grad_a(2.0, inf)),
        (0.0, 0.0, 0.0)
    );
    assert_eq!(
        (gamma_log_density(20.0, 0.0), gamma_log_density(0.5, 0.0), gamma_log_density(2.0, inf)),
        (-inf, inf, -inf)
    );
    // ln x = −10⁹, far below the smallest double.
    assert_close(log_gamma_draw_slope(1e-9, -1e9), (-0.5772156649015329 + 1e9) / 1e-9, 1e-14, "d ln x / da");
    assert_close(log_gamma_p_inv(1e-9, -1.0), -1e9 - 0.5772156649015329, 1e-15, "ln x");
}
