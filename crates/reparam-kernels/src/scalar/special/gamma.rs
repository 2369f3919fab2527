//! The gamma function.

use std::f64::consts::EULER_GAMMA;

use crate::Scalar;
use crate::special::{self, integrate, lgamma, lgamma_diff, lgamma1p, tetragamma, trigamma};

/// ln Γ(1 + x), with full relative accuracy at its zeros 0 and 1.
pub fn ln_gamma_1p<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], lgamma1p(at), || [special::digamma(1.0 + at)])
}

/// ψ(x).
pub fn digamma<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::digamma(at), || [trigamma(at)])
}

/// ψ(x) − ln x.
pub fn digamma_minus_log<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::digamma_minus_log(at), || [special::trigamma_minus_recip(at)])
}

/// ln(Γ(1 + x + y) / (Γ(1 + x) Γ(1 + y))), the logarithm of x + y over x, for x, y ≥ 0.
pub fn ln_binomial<S: Scalar>(x: S, y: S) -> S {
    let (a, b) = (x.value(), y.value());
    let (small, large) = (a.min(b), a.max(b));
    let value = lgamma_diff(small, 1.0 + large) - lgamma1p(small);
    S::chain([x, y], value, || [a, b].map(|x| special::digamma(1.0 + a + b) - special::digamma(1.0 + x)))
}

/// (ln Γ(x) − 2 ln Γ(x + h) + ln Γ(x + 2h)) / h², and ψ′(x) for h = 0; for x > 0 and x + 2h > 0.
///
/// What variances of powers are made of. As the mean of ψ′ from x to x + 2h, weighted by a triangle, where the difference
/// would cancel.
pub fn ln_gamma_curvature<S: Scalar>(x: S, h: S) -> S {
    let (start, step) = (x.value(), h.value());
    if step.abs() < 0.25 * start || (step > 0.0 && step < 4.0 * start) {
        let at = |s: f64| start + step * (1.0 + s);
        let value = triangle(|s| trigamma(at(s)));
        return S::chain([x, h], value, || {
            [triangle(|s| tetragamma(at(s))), triangle(|s| (1.0 + s) * tetragamma(at(s)))]
        });
    }
    let second =
        |f: fn(f64) -> f64| (f(start) - 2.0 * f(start + step) + f(start + 2.0 * step)) / (step * step);
    let value = second(lgamma);
    S::chain([x, h], value, || {
        let rise =
            2.0 * (special::digamma(start + 2.0 * step) - special::digamma(start + step)) / (step * step);
        [second(special::digamma), rise - 2.0 * value / step]
    })
}

/// ∫ (1 − |s|) f(s) over (−1, 1).
fn triangle(f: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
    integrate(move |s: f64| (1.0 - s) * (f(s) + f(-s)), 0.0, 1.0)
}

/// ln Γ(2 + x) − ψ(2) x ≥ 0 for x ≥ −1, with full relative accuracy at its zero 0.
pub fn ln_gamma_2p_excess<S: Scalar>(x: S) -> S {
    let at = x.value();
    // The mean of ψ′ over the way, weighted by what remains of it.
    let value = if at.abs() < 0.75 {
        at * at * integrate(move |s: f64| (1.0 - s) * trigamma(2.0 + s * at), 0.0, 1.0)
    } else {
        lgamma(2.0 + at) - (1.0 - EULER_GAMMA) * at
    };
    S::chain([x], value, || [special::digamma(2.0 + at) - (1.0 - EULER_GAMMA)])
}

/// ln Γ(x + h) − ln Γ(x), for x > 0 and h ≥ 0.
pub fn ln_gamma_rise<S: Scalar>(x: S, h: S) -> S {
    let (start, step) = (x.value(), h.value());
    S::chain([x, h], lgamma_diff(step, start), || {
        [special::digamma_rise(start, step), special::digamma(start + step)]
    })
}

/// ln Γ(x + h) − ln Γ(x) − h ψ(x) ≥ 0, for x > 0 and x + h > 0.
pub fn ln_gamma_excess<S: Scalar>(x: S, h: S) -> S {
    let (start, step) = (x.value(), h.value());
    S::chain([x, h], special::lgamma_excess(start, step), || {
        let rise = if step >= 0.0 {
            special::digamma_rise(start, step)
        } else {
            -special::digamma_rise(start + step, -step)
        };
        [rise - step * trigamma(start), rise]
    })
}

/// What the divergence of a gamma law of shape `a` from one of shape `b` and the same mean lacks of b / a − 1 − ln(b / a); ≥ 0.
pub fn gamma_log_concavity<S: Scalar>(a: S, b: S) -> S {
    let (from, to) = (a.value(), b.value());
    S::chain([a, b], special::gamma_log_concavity(from, to), || {
        // The slope of ln Γ(x + 1) − x ln x + x is ψ(x) − ln x + 1/x, its curvature ψ′(x) − 1/x − 1/x².
        let steepness = |x: f64| special::digamma_minus_log(x) + x.recip();
        let curvature = special::trigamma_minus_recip(from) - from.powi(-2);
        [curvature * (to - from), steepness(from) - steepness(to)]
    })
}

/// Its sum over two shapes less that of their sum.
pub fn beta_shape_divergence<S: Scalar>([a, b]: [S; 2], [c, d]: [S; 2]) -> S {
    let (q, p) = ([a, b].map(S::value), [c, d].map(S::value));
    let value = special::beta_shape_divergence(q, p);
    S::chain([a, b, c, d], value, || {
        let (from, to) = (q[0] + q[1], p[0] + p[1]);
        let of_total = special::trigamma_minus_recip(from) * (from - to);
        let in_first = |i: usize| special::trigamma_minus_recip(q[i]) * (q[i] - p[i]) - of_total;
        let total = special::digamma_minus_log(to) - special::digamma_minus_log(from);
        let in_second =
            |i: usize| special::digamma_minus_log(p[i]) - special::digamma_minus_log(q[i]) - total;
        [in_first(0), in_first(1), in_second(0), in_second(1)]
    })
}

/// The divergence of a gamma law of shape `a` from one of shape `b` and the same mean.
pub fn gamma_shape_divergence<S: Scalar>(a: S, b: S) -> S {
    let (from, to) = (a.value(), b.value());
    S::chain([a, b], special::gamma_shape_divergence(from, to), || {
        let steepness = special::digamma_minus_log(to) - special::digamma_minus_log(from);
        [special::trigamma_minus_recip(from) * (from - to), steepness]
    })
}
