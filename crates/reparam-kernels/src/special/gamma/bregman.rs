//! The Bregman divergence of ln Γ, of which divergences between gamma, beta and Dirichlet laws are made.

use super::stirling::{SERIES, STIRLING};
use super::{deviance, digamma_minus_log, lgamma_diff, log1pmx, stirling_error};
use crate::special::beta::digamma_minus_log_rise;

/// ln Γ(b) − ln Γ(a) − (b − a) ψ(a).
///
/// For a > 0 and b > 0; not-a-number elsewhere. Never negative, 0 only at a = b, and accurate where both are large or near
/// each other. Largest relative error measured: 4e-16.
///
/// The divergence of Γ(x) = Γ(x + 1) / x is that of ln Γ(x + 1) and of −ln x; from 10 on, that of each term of Stirling's
/// series. None of them is of the size of what cancels in the definition.
pub fn lgamma_bregman(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() || a <= 0.0 || b <= 0.0 {
        return f64::NAN;
    }
    bregman_of_change(b - a, a, b)
}

/// ln Γ(a + h) − ln Γ(a) − h ψ(a), for a > 0 and a + h > 0: [`lgamma_bregman`] of a step that is known better than the difference of
/// its ends.
pub fn lgamma_excess(a: f64, h: f64) -> f64 {
    if a.is_nan() || h.is_nan() || a <= 0.0 || a + h <= 0.0 {
        f64::NAN
    } else {
        bregman_of_change(h, a, a + h)
    }
}

fn bregman_of_change(change: f64, a: f64, b: f64) -> f64 {
    let (mut a, mut b, mut sum) = (a, b, 0.0);
    while a.min(b) < STIRLING {
        sum -= divergence_of_log(change, a, b);
        a += 1.0;
        b += 1.0;
    }
    // The deviance of b from a; here b − a has lost digits that the change still has.
    let deviance = -b * divergence_of_log(-change, b, a);
    sum + deviance - 0.5 * divergence_of_log(change, a, b) + stirling_bregman(change, a, b)
}

/// ln Γ(b) − ln Γ(a) − (b − a) ψ(a) − (b ln(b / a) + a − b), the divergence of a gamma law of shape a from one of shape b
/// and the same mean.
///
/// The Bregman divergence of ln Γ(x) − x ln x + x, which is Stirling's error less ½ ln x. For a > 0 and b > 0; not-a-number
/// elsewhere. Never negative, 0 only at a = b. For large a and b near each other it is but 1 / (2 a) of `lgamma_bregman`,
/// and what the two differ by is not formed.
pub fn gamma_shape_divergence(a: f64, b: f64) -> f64 {
    let change = b - a;
    let near = 0.5 * a < b && b < 2.0 * a;
    if !near {
        let errors = stirling_error(b) - stirling_error(a);
        0.5 * (libm::log(a) - libm::log(b)) + errors - digamma_minus_log(a) * change
    } else if a.min(b) < STIRLING {
        lgamma_bregman(a, b) - deviance(b, a)
    } else {
        stirling_bregman(change, a, b) - 0.5 * divergence_of_log(change, a, b)
    }
}

/// The Bregman divergence b from a of x ln x − x less that of ln Γ(x + 1), ≥ 0: what [`gamma_shape_divergence`] lacks of
/// b / a − 1 − ln(b / a).
pub fn gamma_log_concavity(a: f64, b: f64) -> f64 {
    let excess = (b - a) / a;
    if a < 1.0 {
        return deviance(b, a) - lgamma_bregman(1.0 + a, 1.0 + b);
    }
    let deficit = if excess.abs() < 0.5 { -log1pmx(excess) } else { excess - libm::log(b / a) };
    deficit - gamma_shape_divergence(a, b)
}

/// The shape divergences of a from c and of b from d less that of a + b from c + d, what two beta laws differ by beside their
/// means.
///
/// For positive arguments; never negative. Where a and c are far apart beside small b and d, the first and the last cancel; by
/// what they rise from a to a + b and from c to c + d, they do not.
pub fn beta_shape_divergence([a, b]: [f64; 2], [c, d]: [f64; 2]) -> f64 {
    if a < b {
        return beta_shape_divergence([b, a], [d, c]);
    }
    let (from, to) = (a + b, c + d);
    let (large, small) = (gamma_shape_divergence(a, c), gamma_shape_divergence(b, d));
    // The sizes of what either form rounds.
    let sum = if large < (b + d) * libm::log1p(a.max(c)) {
        large + small - gamma_shape_divergence(from, to)
    } else {
        // ln Γ(x) − x ln x + x, over the step h.
        let rise = |x: f64, h: f64| lgamma_diff(h, x) - h * libm::log(x) - ((x + h) * libm::log1p(h / x) - h);
        let slopes = digamma_minus_log_rise(a, b) * (c - a) + digamma_minus_log(from) * (d - b);
        small + (rise(a, b) - rise(c, d) + slopes)
    };
    sum.max(0.0)
}

/// ln(b / a) − (b − a) / a for b − a = change.
fn divergence_of_log(change: f64, a: f64, b: f64) -> f64 {
    let ratio = change / a;
    // Far below a, b itself has digits that b − a lacks.
    if ratio < -0.5 { libm::log(b / a) - ratio } else { log1pmx(ratio) }
}

/// The same divergence of Stirling's series, for a, b ≥ 10.
///
/// b⁻ⁿ − a⁻ⁿ + n (b − a) a⁻ⁿ⁻¹ = a⁻ⁿ (1 − y)² / y Σ sⱼ for j = 1 … n, with y = a / b and sⱼ = 1 + y + … + yʲ⁻¹.
fn stirling_bregman(change: f64, a: f64, b: f64) -> f64 {
    let y = a / b;
    let r = 1.0 / a;
    let (mut series, mut power, mut geometric, mut total) = (0.0, r, 1.0, 1.0);
    for c in SERIES {
        series += c * power * total;
        power *= r * r;
        for _ in 0..2 {
            geometric = 1.0 + y * geometric;
            total += geometric;
        }
    }
    (change / b) * (change / a) * series
}
