//! The gamma law of rate 1: values from the special functions, slopes in closed form.

use crate::law::{Level, Motion, Tail, lift_quantile};
use crate::special::{self, digamma_minus_log};
use crate::{Scalar, single};

/// The log-density of w = ln x for a draw x of shape a.
pub(in crate::laws) fn log_density_of_log<S: Scalar>(w: S, a: S) -> S {
    let (log_x, shape) = (w.value(), a.value());
    S::chain([w, a], special::log_gamma_log_density(shape, log_x), || {
        [shape - single::exp(log_x), log_x - single::log(shape) - digamma_minus_log(shape)]
    })
}

/// The distribution function and its companions at x.
pub(in crate::laws) fn tail<S: Scalar>(tail: Tail, x: S, a: S) -> S {
    let function = match tail {
        Tail::Lower => special::gamma_p,
        Tail::Upper => special::gamma_q,
        Tail::LogLower => special::log_gamma_p,
        Tail::LogUpper => special::log_gamma_q,
    };
    let (at, shape) = (x.value(), a.value());
    tail.lift([x, a], function(shape, at), || motion(at, shape))
}

/// The same at the number y whose logarithm is w, also where y leaves the range of numbers.
pub(in crate::laws) fn tail_of_log<S: Scalar>(tail: Tail, y: f64, w: S, a: S) -> S {
    let (log_y, shape) = (w.value(), a.value());
    // Below the range, y^a / Γ(a + 1) is all that counts of the distribution function.
    let log_lower = || shape * log_y - special::lgamma1p(shape);
    let value = match tail {
        Tail::Lower if y < f64::MIN_POSITIVE => single::exp(log_lower()),
        Tail::Upper if y < f64::MIN_POSITIVE => -single::expm1(log_lower()),
        Tail::LogLower if y < f64::MIN_POSITIVE => log_lower(),
        Tail::LogUpper if y < f64::MIN_POSITIVE => special::log1mexp(-log_lower()),
        Tail::Lower => special::gamma_p(shape, y),
        Tail::Upper => special::gamma_q(shape, y),
        Tail::LogLower => special::log_gamma_p(shape, y),
        Tail::LogUpper => special::log_gamma_q(shape, y),
    };
    tail.lift([w, a], value, || Motion {
        log_density: special::log_gamma_log_density(shape, log_y),
        slopes: [1.0, -special::log_gamma_draw_slope(shape, log_y)],
    })
}

/// The logarithm of the quantile at a level, finite where the quantile underflows.
pub(in crate::laws) fn log_quantile<S: Scalar>(level: Level<S>, a: S) -> S {
    let upper = !level.is_low();
    let smaller = if upper { level.upper } else { level.lower };
    let (log_mass, shape) = (single::log(smaller.value()), a.value());
    let inverse = if upper { special::log_gamma_q_inv } else { special::log_gamma_p_inv };
    let w = inverse(shape, log_mass);
    if w.is_infinite() {
        return S::from(w);
    }
    lift_quantile([smaller, a], upper, w, || Motion {
        log_density: special::log_gamma_log_density(shape, w),
        slopes: [1.0, -special::log_gamma_draw_slope(shape, w)],
    })
}

/// The quantile at a level.
pub(in crate::laws) fn quantile<S: Scalar>(level: Level<S>, a: S) -> S {
    let upper = !level.is_low();
    let smaller = if upper { level.upper } else { level.lower };
    let inverse = if upper { special::gamma_q_inv } else { special::gamma_p_inv };
    let x = inverse(a.value(), smaller.value());
    if smaller.value() == 0.0 {
        return S::from(x);
    }
    if !x.is_normal() {
        return log_quantile(level, a).exp();
    }
    lift_quantile([smaller, a], upper, x, || motion(x, a.value()))
}

fn motion(x: f64, a: f64) -> Motion<2> {
    Motion { log_density: special::gamma_log_density(a, x), slopes: [1.0, -special::gamma_draw_slope(a, x)] }
}
