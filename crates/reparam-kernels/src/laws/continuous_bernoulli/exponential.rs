//! The exponential density λ e^(λ x) / (e^λ − 1) on [0, 1].

use std::f64::consts::LN_2;

use crate::law::Level;
use crate::scalar::special::{langevin, langevin_slope, ln_sinhc, ln_sinhc_over_square, ratio_deficit};
use crate::special::integrate;
use crate::{Scalar, single};

/// Whether the density is so flat that its formulas are written around the uniform one.
fn is_flat<S: Scalar>(lambda: S) -> bool {
    lambda.value().abs() < 1.0
}

/// e^(−r) / (1 − e^(−r)).
fn geometric<S: Scalar>(r: S) -> S {
    -(-r).exp() / (-r).exp_m1()
}

/// The log-density.
pub fn log_density<S: Scalar>(x: S, lambda: S) -> S {
    if is_flat(lambda) {
        return lambda * (x - 0.5) - ln_sinhc(lambda * 0.5);
    }
    let (r, distance) = if lambda.value() < 0.0 { (-lambda, x) } else { (lambda, -x + 1.0) };
    r.ln() - r * distance - (-r).ln_1m_exp()
}

/// x and 1 − x, each with its digits.
pub fn sides<S: Scalar>(x: S) -> [S; 2] {
    [x, -x + 1.0]
}

/// P(X ≤ x) = (e^(λ x) − 1) / (e^λ − 1), from x and 1 − x.
pub fn lower<S: Scalar>([x, rest]: [S; 2], lambda: S) -> S {
    if is_flat(lambda) {
        x * log_share(x, rest, lambda).exp()
    } else if lambda.value() < 0.0 {
        (lambda * x).exp_m1() / lambda.exp_m1()
    } else {
        (-lambda * rest).exp() * ((-lambda * x).exp_m1() / (-lambda).exp_m1())
    }
}

/// ln P(X ≤ x), from x and 1 − x.
pub fn log_lower<S: Scalar>([x, rest]: [S; 2], lambda: S) -> S {
    if lower([x.value(), rest.value()], lambda.value()) > 0.5 {
        (-lower([rest, x], -lambda)).ln_1p()
    } else if is_flat(lambda) {
        x.ln() + log_share(x, rest, lambda)
    } else if lambda.value() < 0.0 {
        (lambda * x).ln_1m_exp() - lambda.ln_1m_exp()
    } else {
        -lambda * rest + (-lambda * x).ln_1m_exp() - (-lambda).ln_1m_exp()
    }
}

/// ln(P(X ≤ x) / x) for small λ.
fn log_share<S: Scalar>(x: S, rest: S, lambda: S) -> S {
    -lambda * rest * 0.5 + ln_sinhc(lambda * x * 0.5) - ln_sinhc(lambda * 0.5)
}

/// The quantile, with its slopes in the level and in λ.
pub fn quantile<S: Scalar>(level: Level<S>, lambda: S) -> S {
    let (at, tails) = (lambda.value(), Level { lower: level.lower.value(), upper: level.upper.value() });
    let x = quantile_value(tails, at);
    let (tail, sign) = if tails.is_low() { (level.lower, 1.0) } else { (level.upper, -1.0) };
    S::chain([tail, lambda], x, || {
        let slope = if x <= 0.5 {
            quantile_slope(x, at)
        } else {
            quantile_slope(quantile_value(tails.reflected(), -at), -at)
        };
        [sign * single::exp(-log_density(x, at)), slope]
    })
}

/// ln(1 + u (e^λ − 1)) / λ.
fn quantile_value(level: Level<f64>, lambda: f64) -> f64 {
    if lambda.abs() < f64::MIN_POSITIVE {
        return level.lower;
    }
    if lambda > 40.0 {
        return single::softplus(level.log_lower() + lambda) / lambda;
    }
    let rise = level.lower * single::expm1(lambda);
    let log = if rise > -0.5 {
        single::log1p(rise)
    } else {
        single::log(level.lower.mul_add(single::exp(lambda), level.upper))
    };
    log / lambda
}

/// ∂x/∂λ at a fixed level.
pub fn draw_slope(x: f64, lambda: f64) -> f64 {
    if x <= 0.5 { quantile_slope(x, lambda) } else { quantile_slope(1.0 - x, -lambda) }
}

/// The same, for x up to ½: ((1 − e^(−λ x)) / (1 − e^(−λ)) − x) / λ.
fn quantile_slope(x: f64, lambda: f64) -> f64 {
    if lambda.abs() < 1.0 {
        // The quotient is x e^(λ g).
        let bend = |v: f64| v * v * ln_sinhc_over_square(0.5 * lambda * v);
        let g = 0.5 * (1.0 - x) + 0.25 * lambda * (bend(x) - bend(1.0));
        let t = lambda * g;
        return x * if t.abs() < f64::MIN_POSITIVE { g } else { single::expm1(t) / lambda };
    }
    let r = lambda.abs();
    let quotient = single::expm1(-r * x) / single::expm1(-r);
    let quotient = if lambda > 0.0 { quotient } else { single::exp(-r * (1.0 - x)) * quotient };
    (quotient - x) / lambda
}

/// E\[X\].
pub fn mean<S: Scalar>(lambda: S) -> S {
    if is_flat(lambda) {
        langevin(lambda * 0.5) * 0.5 + 0.5
    } else if lambda.value() < 0.0 {
        (-lambda).recip() - geometric(-lambda)
    } else {
        -mean(-lambda) + 1.0
    }
}

/// E\[(X − E\[X\])²\].
pub fn variance<S: Scalar>(lambda: S) -> S {
    langevin_slope(lambda * 0.5) * 0.25
}

/// −E\[ln p(X)\].
pub fn entropy<S: Scalar>(lambda: S) -> S {
    let v = lambda * 0.5;
    if is_flat(lambda) {
        return ln_sinhc(v) - v * langevin(v);
    }
    let r = lambda.abs();
    -r.ln() + (-r).ln_1m_exp() - r * geometric(r) + 1.0
}

/// ln 2 + ln(v coth v) with v = λ / 2.
pub fn log_norm<S: Scalar>(lambda: S) -> S {
    let v = lambda * 0.5;
    if is_flat(lambda) {
        return (v * langevin(v)).ln_1p() + LN_2;
    }
    let r = lambda.abs();
    r.ln() + (-r).exp().ln_1p() - (-r).ln_1m_exp()
}

/// E\[ln q(X) − ln p(X)\] for X of the law q.
pub fn divergence<S: Scalar>(q: S, p: S) -> S {
    let (from, to) = (q.value(), p.value());
    // The density of 1 − X has −λ.
    let value = if from > 0.0 { divergence_value(-from, -to) } else { divergence_value(from, to) };
    S::chain([q, p], value, || [(from - to) * variance(from), mean(to) - mean(from)])
}

/// κ(to) − κ(from) − κ′(from) (to − from) for from ≤ 0, with κ(λ) = ln((e^λ − 1) / λ).
fn divergence_value(from: f64, to: f64) -> f64 {
    let shift = to - from;
    if shift.abs() < 4.0 {
        // The rest of Taylor's formula.
        let rest = move |s: f64| (1.0 - s) * variance(shift.mul_add(s, from));
        shift * shift * integrate(rest, 0.0, 1.0)
    } else if from < -1.0 && to < -1.0 {
        let bounded = to.ln_1m_exp() - from.ln_1m_exp();
        ratio_deficit(to, from) + bounded + geometric(-from) * shift
    } else {
        log_mass(to) - log_mass(from) - mean(from) * shift
    }
}

/// ln((e^λ − 1) / λ).
fn log_mass(lambda: f64) -> f64 {
    if is_flat(lambda) {
        return 0.5 * lambda + ln_sinhc(0.5 * lambda);
    }
    f64::max(lambda, 0.0) + (-f64::abs(lambda)).ln_1m_exp() - single::log(f64::abs(lambda))
}
