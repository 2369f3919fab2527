//! The incomplete beta function with its inverse, the slopes of Beta draws, and Student's t.

use std::f64::consts::{FRAC_2_PI, PI};

use reparam_kernels::special::{
    beta_draw_slopes, beta_i, beta_i_complement, beta_i_grad, beta_i_inv, beta_i_inv_complement, beta_i_xy,
    log_beta_i, log_beta_i_complement, log_student_t_cdf, log_student_t_sf, logit_beta_draw_slopes,
    logit_beta_i_inv, student_t_cdf, student_t_draw_slope_df, student_t_quantile, student_t_sf,
    student_t_upper_quantile,
};

use crate::bank::{Point, check};

/// What is asked of a function, relative to max(1, condition).
const DOUBLE: f64 = 1e-12;
/// What is asked of slopes and inverses.
const SLOPE: f64 = 1e-11;
/// What is asked at the points of our own, where the errors were measured.
const MEASURED: f64 = 2e-14;
/// Our own points.
const EXTRA: &str = "../beta_extra";

fn ab(p: &Point) -> (f64, f64) {
    (p.param("a"), p.param("b"))
}

fn concentrations(p: &Point) -> (f64, f64) {
    (p.param("concentration1"), p.param("concentration0"))
}

fn draw_slopes(p: &Point) -> (f64, f64) {
    let (a, b) = concentrations(p);
    beta_draw_slopes(a, b, p.x(), 1.0 - p.x())
}

fn close(got: f64, truth: f64, allowed: f64) {
    assert!((got - truth).abs() <= allowed * truth.abs(), "{got:e} instead of {truth:e}");
}

/// Parameters from 1e-5 to 1e8.
fn parameters() -> impl Iterator<Item = (f64, f64)> {
    const STEPS: [f64; 9] = [1e-5, 3e-3, 0.4, 1.0, 7.5, 60.0, 2e3, 1e6, 1e8];
    STEPS.into_iter().flat_map(|a| STEPS.into_iter().map(move |b| (a, b)))
}

#[test]
fn incomplete_beta() {
    check("special", "special", "betainc", DOUBLE, |p| beta_i(ab(p).0, ab(p).1, p.x()));
    for (file, allowed) in [("beta", DOUBLE), (EXTRA, MEASURED)] {
        check(file, "Beta", "cdf", allowed, |p| beta_i(concentrations(p).0, concentrations(p).1, p.x()));
        check(file, "Beta", "sf", allowed, |p| {
            beta_i_complement(concentrations(p).0, concentrations(p).1, p.x())
        });
    }
    let logs = |p: &Point| {
        let ((a, b), x, y) = (concentrations(p), p.x(), 1.0 - p.x());
        (log_beta_i(a, b, x, y), log_beta_i_complement(a, b, x, y))
    };
    check(EXTRA, "Beta", "log_cdf", MEASURED, |p| logs(p).0);
    check(EXTRA, "Beta", "log_sf", MEASURED, |p| logs(p).1);
}

#[test]
fn derivatives() {
    check("special", "special", "betainc_grad_a", SLOPE, |p| beta_i_grad(ab(p).0, ab(p).1, p.x()).0);
    check("special", "special", "betainc_grad_b", SLOPE, |p| beta_i_grad(ab(p).0, ab(p).1, p.x()).1);
}

#[test]
fn slopes_of_draws() {
    for (file, allowed) in [("beta", SLOPE), (EXTRA, MEASURED)] {
        check(file, "Beta", "dz_dconcentration1", allowed, |p| draw_slopes(p).0);
        check(file, "Beta", "dz_dconcentration0", allowed, |p| draw_slopes(p).1);
    }
    let slopes = |p: &Point| logit_beta_draw_slopes(concentrations(p).0, concentrations(p).1, p.x());
    check(EXTRA, "Beta", "dlogit_dconcentration1", MEASURED, |p| slopes(p).0);
    check(EXTRA, "Beta", "dlogit_dconcentration0", MEASURED, |p| slopes(p).1);
    check("dirichlet", "Dirichlet", "marginal_dz_dconcentration", SLOPE, |p| {
        let alpha = Point::vector(&p.params["concentration"]);
        let i = p.param("i") as usize;
        let others: f64 = alpha.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, alpha)| alpha).sum();
        beta_draw_slopes(alpha[i], others, p.x(), 1.0 - p.x()).0
    });
}

#[test]
fn quantiles() {
    check("beta", "Beta", "icdf", SLOPE, |p| beta_i_inv(concentrations(p).0, concentrations(p).1, p.x()).0);
    check("studentt", "StudentT", "icdf", SLOPE, |p| student_t_quantile(p.param("df"), p.x()));
}

#[test]
fn student_t() {
    for (file, allowed, slope) in [("studentt", DOUBLE, SLOPE), (EXTRA, MEASURED, MEASURED)] {
        check(file, "StudentT", "cdf", allowed, |p| student_t_cdf(p.param("df"), p.x()));
        check(file, "StudentT", "dz_ddf", slope, |p| student_t_draw_slope_df(p.param("df"), p.x()));
    }
    check(EXTRA, "StudentT", "log_cdf", MEASURED, |p| log_student_t_cdf(p.param("df"), p.x()));
}

#[test]
fn elementary_cases() {
    for c in [1e-5, 0.02, 0.7, 3.0, 50.0, 1e4, 1e7] {
        for x in [1e-200, 1e-9, 0.003, 0.25, 0.5, 0.75, 0.999] {
            let y = 1.0 - x;
            // I_x(c, 1) = x^c, and its draws x = u^(1 / c).
            close(log_beta_i(c, 1.0, x, y), c * x.ln(), 1e-13);
            close(beta_draw_slopes(c, 1.0, x, y).0, -x * x.ln() / c, 1e-13);
            close(logit_beta_i_inv(c, 1.0, 0.5), -(2f64.ln() / c) - (-(-2f64.ln() / c).exp_m1()).ln(), 1e-13);
            // 1 − I_x(1, c) = y^c.
            close(log_beta_i_complement(1.0, c, x, y), c * (-x).ln_1p(), 1e-13);
            close(beta_draw_slopes(1.0, c, x, y).1, y * (-x).ln_1p() / c, 1e-13);
        }
    }
    for x in [1e-300, 1e-7, 0.1, 0.5, 0.9] {
        close(beta_i(0.5, 0.5, x), FRAC_2_PI * x.sqrt().asin(), 1e-14);
    }
    for a in [1e-6, 0.3, 5.0, 123.0, 1e5, 1e9] {
        close(beta_i(a, a, 0.5), 0.5, 5e-15);
        let (da, db) = logit_beta_draw_slopes(a, a, 0.0);
        close(da, -db, 1e-13);
    }
    // Far below the range of doubles x^a / (a B) is all: dt/da = (ψ(1 + a) − ψ(a + b) − t) / a.
    close(logit_beta_draw_slopes(1e-3, 1.0, -1e6).0, 1e9, 1e-14);
    // Cauchy, and two degrees of freedom.
    for x in [1e-20, 0.3, 1.0, 8.0, 1e5, 1e150_f64] {
        close(student_t_sf(1.0, x), (1.0 / x).atan() / PI, 1e-13);
        let root = (2.0 + x * x).sqrt();
        let tail = if x < 1e150 { 1.0 / (root * (root + x)) } else { 0.5 / x / x };
        close(student_t_sf(2.0, x), tail, 1e-13);
    }
}

#[test]
fn inverses_invert() {
    for (a, b) in parameters() {
        for u in [1e-250, 1e-12, 1e-3, 0.3, 0.5, 0.7] {
            // ln I moves by (f / I) δ with the logit, which is known to a rounding.
            for (t, of) in [(logit_beta_i_inv(a, b, u), 1.0), (-logit_beta_i_inv(b, a, u), -1.0)] {
                let log_tail = |t: f64| {
                    let (x, y) = (1.0 / (1.0 + (-t).exp()), 1.0 / (1.0 + t.exp()));
                    if of > 0.0 { log_beta_i(a, b, x, y) } else { log_beta_i_complement(a, b, x, y) }
                };
                if t.abs() > 600.0 {
                    continue;
                }
                let step = 1e-6 / (a + b + 1.0).sqrt();
                let slope = (log_tail(t + step) - log_tail(t - step)).abs() / (2.0 * step);
                let allowed = 1e-13 * (1.0 - u.ln()) + 2e-15 * slope * (1.0 + t.abs());
                let miss = (log_tail(t) - u.ln()).abs();
                assert!(miss <= allowed, "a {a:e}, b {b:e}, u {u}, side {of}: {miss:e}");
            }
        }
    }
    // Digits near 1 are in y.
    let (x, y) = beta_i_inv(2.0, 1e-2, 0.9);
    close(beta_i_xy(2.0, 1e-2, x, y).1, 0.1, 1e-13);
    close(beta_i_inv_complement(2.0, 3.0, 1e-20).1, beta_i_inv(3.0, 2.0, 1e-20).0, 1e-15);
    for df in [0.3, 1.0, 4.0, 77.0, 1e6, f64::INFINITY] {
        for u in [1e-9, 0.02, 0.4999, 0.5, 0.6] {
            close(student_t_cdf(df, student_t_quantile(df, u)), u, 1e-12);
            close(student_t_upper_quantile(df, u), -student_t_quantile(df, u), 0.0);
        }
    }
}

#[test]
fn signs_are_right() {
    for (a, b) in parameters() {
        for u in [1e-12, 1e-3, 0.2, 0.5, 0.9] {
            for t in [logit_beta_i_inv(a, b, u), -logit_beta_i_inv(b, a, u)] {
                let (da, db) = logit_beta_draw_slopes(a, b, t);
                assert!(
                    da > 0.0 && db < 0.0 && da.is_finite() && db.is_finite(),
                    "a {a:e}, b {b:e}, t {t}: {da:e}, {db:e}"
                );
            }
        }
    }
    for df in [0.01, 0.6, 5.0, 300.0, 1e7, 1e10] {
        for x in [1e-20, 1e-3, 0.9, 1.6, 4.0, 1e3, 1e10] {
            let slope = student_t_draw_slope_df(df, x);
            assert!(slope < 0.0 && slope.is_finite(), "df {df}, x {x}: {slope:e}");
            close(student_t_draw_slope_df(df, -x), -slope, 0.0);
        }
    }
}

#[test]
fn ends_and_what_lies_outside() {
    assert_eq!((beta_i_xy(2.0, 3.0, 0.0, 1.0), beta_i_xy(2.0, 3.0, 1.0, 0.0)), ((0.0, 1.0), (1.0, 0.0)));
    assert_eq!(
        (log_beta_i(0.2, 3.0, 0.0, 1.0), log_beta_i_complement(2.0, 0.3, 1.0, 0.0)),
        (f64::NEG_INFINITY, f64::NEG_INFINITY)
    );
    assert_eq!((beta_i_inv(2.0, 3.0, 0.0), beta_i_inv(2.0, 3.0, 1.0)), ((0.0, 1.0), (1.0, 0.0)));
    assert_eq!((beta_i_grad(2.0, 3.0, 0.0), beta_draw_slopes(0.2, 0.3, 1.0, 0.0)), ((0.0, 0.0), (0.0, 0.0)));
    assert_eq!((student_t_cdf(3.0, f64::NEG_INFINITY), student_t_cdf(3.0, 0.0)), (0.0, 0.5));
    assert_eq!((student_t_quantile(3.0, 0.0), student_t_quantile(3.0, 0.5)), (f64::NEG_INFINITY, 0.0));
    assert_eq!(
        (log_student_t_sf(3.0, f64::INFINITY), student_t_draw_slope_df(3.0, 0.0)),
        (f64::NEG_INFINITY, 0.0)
    );
    // −ln Φ(−40) of the normal law.
    close(log_student_t_cdf(f64::INFINITY, -40.0), -804.608_442_013_753_8, 1e-14);
    let nan = f64::NAN;
    for (a, b, x) in [
        (nan, 1.0, 0.5),
        (1.0, nan, 0.5),
        (1.0, 1.0, nan),
        (-1.0, 1.0, 0.5),
        (1.0, 0.0, 0.5),
        (1.0, 1.0, 1.5),
    ] {
        let (da, db) = beta_i_grad(a, b, x);
        let (one, two) = beta_i_inv(a, b, x);
        assert!(beta_i(a, b, x).is_nan() && da.is_nan() && db.is_nan() && one.is_nan() && two.is_nan());
    }
    for (df, x) in [(nan, 1.0), (1.0, nan), (0.0, 1.0), (-2.0, 0.3)] {
        assert!(
            student_t_cdf(df, x).is_nan()
                && student_t_draw_slope_df(df, x).is_nan()
                && student_t_quantile(df, x).is_nan()
        );
    }
}
