//! The law of the logit t = ln(x / y) of a draw x = 1 − y from a beta law: values from the special functions, slopes in
//! closed form.

use super::super::HALF_LN_2_PI;
use crate::law::{Level, Motion, Tail, lift_quantile};
use crate::special::{
    self, digamma_minus_log, digamma_rise, lbeta, logit_beta_draw_slopes, logit_beta_log_density,
    stirling_error, trigamma_minus_recip,
};
use crate::{Scalar, single};

/// Beyond these odds and below their reciprocal, the other number of both is 1.
const FAR: f64 = 1e290;
/// Up to this a + b the logarithms that an entropy consists of are small.
const MODERATE: f64 = 16.0;

/// The log-density of t.
pub(in crate::laws) fn log_density_of_logit<S: Scalar>(t: S, a: S, b: S) -> S {
    let [t_at, a_at, b_at] = [t, a, b].map(Scalar::value);
    S::chain([t, a, b], logit_beta_log_density(a_at, b_at, t_at), || {
        let (x, y) = (single::sigmoid(t_at), single::sigmoid(-t_at));
        let (log_x, log_y) = (-single::softplus(-t_at), -single::softplus(t_at));
        [a_at * y - b_at * x, log_x + digamma_rise(a_at, b_at), log_y + digamma_rise(b_at, a_at)]
    })
}

/// The distribution function and its companions at the point (x, y) whose logit is t.
pub(in crate::laws) fn tail<S: Scalar>(tail: Tail, (x, y): (f64, f64), t: S, a: S, b: S) -> S {
    let (first, second) = (a.value(), b.value());
    let value = match tail {
        Tail::Lower => special::beta_i_xy(first, second, x, y).0,
        Tail::Upper => special::beta_i_xy(first, second, x, y).1,
        Tail::LogLower => special::log_beta_i(first, second, x, y),
        Tail::LogUpper => special::log_beta_i_complement(first, second, x, y),
    };
    tail.lift([t, a, b], value, || motion(t.value(), first, second))
}

/// The same from the odds x / y, whose logarithm is t, also where they leave the range of numbers.
pub(in crate::laws) fn tail_of_odds<S: Scalar>(form: Tail, odds: f64, t: S, a: S, b: S) -> S {
    let (first, second) = (a.value(), b.value());
    if odds.is_normal() && odds > FAR.recip() && odds < FAR {
        return tail(form, (odds / (1.0 + odds), (1.0 + odds).recip()), t, a, b);
    }
    // A power of the smaller of x and y is all that counts.
    let low = t.value() < 0.0;
    let (shape, log_small) = if low { (first, t.value()) } else { (second, -t.value()) };
    let log_mass = shape * log_small - lbeta(first, second) - single::log(shape);
    let value = match (form, low) {
        (Tail::Lower, true) | (Tail::Upper, false) => single::exp(log_mass),
        (Tail::Lower, false) | (Tail::Upper, true) => -single::expm1(log_mass),
        (Tail::LogLower, true) | (Tail::LogUpper, false) => log_mass,
        (Tail::LogLower, false) | (Tail::LogUpper, true) => special::log1mexp(-log_mass),
    };
    form.lift([t, a, b], value, || motion(t.value(), first, second))
}

/// The logit of the quantile at a level.
pub(in crate::laws) fn logit_quantile<S: Scalar>(level: Level<S>, a: S, b: S) -> S {
    if !level.is_low() {
        return -logit_quantile(level.reflected(), b, a);
    }
    let t = special::logit_beta_i_inv(a.value(), b.value(), level.lower.value());
    if t.is_infinite() {
        return S::from(t);
    }
    lift_quantile([level.lower, a, b], false, t, || motion(t, a.value(), b.value()))
}

fn motion(t: f64, a: f64, b: f64) -> Motion<3> {
    let (in_a, in_b) = logit_beta_draw_slopes(a, b, t);
    Motion { log_density: logit_beta_log_density(a, b, t), slopes: [1.0, -in_a, -in_b] }
}

/// ln B(a, b) + (a − s) (ψ(a + b) − ψ(a)) + (b − s) (ψ(a + b) − ψ(b)): the entropy of a draw for s = 1, of its logit for 0.
///
/// For large parameters their logarithms, times the parameters, are taken out by hand.
pub(in crate::laws) fn entropy<S: Scalar>(a: S, b: S, s: f64) -> S {
    let (first, second) = (a.value(), b.value());
    let total = first + second;
    let value = if total < MODERATE {
        let of_x = (first - s) * digamma_rise(first, second);
        lbeta(first, second) + of_x + (second - s) * digamma_rise(second, first)
    } else {
        // x (ψ(a + b) − ln(a + b) − ψ(x) + ln x), and what x ln x leaves of ln Γ(x).
        let share = |x: f64, rest: f64| {
            x * (digamma_minus_log(total) - digamma_minus_log(x)) + stirling_error(x)
                - s * digamma_rise(x, rest)
        };
        let scale = HALF_LN_2_PI - 0.5 * single::log(first / total * second);
        scale + share(first, second) + share(second, first) - stirling_error(total)
    };
    S::chain([a, b], value, || {
        let joint = (total - 2.0 * s) * trigamma_minus_recip(total) - 2.0 * s / total;
        [first, second].map(|x| joint + s / x - (x - s) * trigamma_minus_recip(x))
    })
}
