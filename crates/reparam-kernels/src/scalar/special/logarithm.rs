//! Logarithms of ratios, odds and probabilities near 0 and 1.

use crate::{Scalar, single, special};

/// c · x, and 0 where c is 0, also for infinite x: the limit of c ln y for y to 0 or ∞.
pub fn product<S: Scalar>(c: S, x: S) -> S {
    if c.value() == 0.0 && !x.value().is_nan() {
        let at = x.value();
        S::chain([c, x], 0.0, || [at, 0.0])
    } else {
        c * x
    }
}

/// ln(x / y) for positive numbers: exact near 1, and where the ratio leaves the range of numbers.
pub fn ln_ratio<S: Scalar>(x: S, y: S) -> S {
    let (a, b) = (x.value(), y.value());
    let ratio = a / b;
    let value = if (0.5..=2.0).contains(&ratio) {
        single::log1p((a - b) / b)
    } else if ratio.is_normal() {
        single::log(ratio)
    } else {
        single::log(a) - single::log(b)
    };
    S::chain([x, y], value, || [a.recip(), -b.recip()])
}

/// x/y − 1 − ln(x/y) ≥ 0 for positive numbers, with full relative accuracy at x = y.
pub fn ratio_deficit<S: Scalar>(x: S, y: S) -> S {
    let (a, b) = (x.value(), y.value());
    let excess = (a - b) / b;
    let value = if excess.abs() < 0.5 { -special::log1pmx(excess) } else { excess - ln_ratio(a, b) };
    S::chain([x, y], value, || [excess / a, -excess / b])
}

/// ln(p / (1 − p)).
pub fn logit<S: Scalar>(p: S) -> S {
    let at = p.value();
    S::chain([p], special::logit(at), || [(at * (1.0 - at)).recip()])
}

/// ln(1 − tanh² x).
pub fn ln_1m_tanh_square<S: Scalar>(x: S) -> S {
    let at = x.value();
    S::chain([x], special::log1m_tanh2(at), || [-2.0 * single::tanh(at)])
}

/// ln ln(1 + e^x), also where ln(1 + e^x) underflows.
pub fn ln_softplus<S: Scalar>(x: S) -> S {
    let at = x.value();
    let inner = single::softplus(at);
    // ln(1 + e^x) = e^x (1 − e^x / 2 + …)
    let value = if at < -20.0 { at - 0.5 * single::exp(at) } else { single::log(inner) };
    S::chain([x], value, || [if at < -40.0 { 1.0 } else { single::sigmoid(at) / inner }])
}

/// ln(e^y − 1) for y ≥ 0, the inverse of softplus.
pub fn softplus_inverse<S: Scalar>(y: S) -> S {
    let at = y.value();
    S::chain([y], special::softplus_inverse(at), || [-single::expm1(-at).recip()])
}

/// ln(−ln(1 − p)) from y = ln(−ln p): both sides of a probability that may be close to 0 or 1. Its own inverse.
pub fn log_log_complement<S: Scalar>(y: S) -> S {
    let at = y.value();
    let s = single::exp(at);
    // −ln(1 − p) for p = e^(−s): p (1 + p / 2 + …) for large s, s / 2 − ln s for small.
    let inner = if at < -20.0 { 0.5 * s - at } else { -special::log1mexp(s) };
    let value = if s > 40.0 { -s } else { single::log(inner) };
    S::chain([y], value, || {
        let exponential = if at < -40.0 { 1.0 } else { single::expm1(s) / s };
        [if s > 40.0 { -s } else { -(inner * exponential).recip() }]
    })
}

/// ln p − ln(1 − p) from y = ln(−ln p).
pub fn logit_of_log_log<S: Scalar>(y: S) -> S {
    let at = y.value();
    let s = single::exp(at);
    let upper = if at < -20.0 { at - 0.5 * s } else { special::log1mexp(s) };
    S::chain([y], -s - upper, || [if at < -40.0 { -1.0 } else { s / single::expm1(-s) }])
}
