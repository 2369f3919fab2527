//! Student's t law at loc = 0 and scale = 1: values from the special functions, slopes in closed form.

use std::f64::consts::PI;

use crate::law::{Level, Motion, Tail, lift_quantile};
use crate::scalar::special::{ln_1p_square, log_distance, standard_value};
use crate::special::{
    self, digamma_half_step, lgamma_diff, log1pmx, student_t_draw_slope_df, trigamma_half_step,
};
use crate::{Scalar, single};

/// ln(Γ((ν + 1) / 2) / (√(ν π) Γ(ν / 2))), the log-density at 0.
fn log_peak(df: f64) -> f64 {
    lgamma_diff(0.5, 0.5 * df) - 0.5 * single::log(PI * df)
}

/// The same, with its slope.
pub(super) fn log_norm<S: Scalar>(df: S) -> S {
    let at = df.value();
    S::chain([df], log_peak(at), || [0.5 * digamma_half_step(0.5 * at)])
}

/// ψ((ν + 1) / 2) − ψ(ν / 2).
pub(super) fn digamma_step<S: Scalar>(df: S) -> S {
    let at = df.value();
    S::chain([df], digamma_half_step(0.5 * at) + at.recip(), || {
        [0.5 * trigamma_half_step(0.5 * at) - at.powi(-2)]
    })
}

/// The log-density at z of ln(1 + z² / ν).
fn log_density_of(fall: f64, df: f64) -> f64 {
    log_peak(df) - 0.5 * (df + 1.0) * fall
}

/// The log-density at z.
fn log_density(z: f64, df: f64) -> f64 {
    log_density_of(ln_1p_square(z / df.sqrt()), df)
}

/// The log-density at x, of the law at this location and scale.
pub(super) fn located_log_density<S: Scalar>(x: S, [loc, scale]: [S; 2], df: S) -> S {
    let [at, start, width, df_at] = [x, loc, scale, df].map(Scalar::value);
    let z = standard_value(at, start, width);
    // ln(1 + z² / ν), also where z itself is out of range.
    let fall = if z.is_finite() {
        ln_1p_square(z / df_at.sqrt())
    } else {
        2.0 * log_distance(at, start, width) - single::log(df_at)
    };
    S::chain([x, loc, scale, df], log_density_of(fall, df_at) - single::log(width), || {
        // z² / (ν + z²)
        let share = (1.0 + df_at / z / z).recip();
        let excess = if share < 0.5 { log1pmx(-share) } else { share - fall };
        let in_df = 0.5 * (digamma_half_step(0.5 * df_at) + share / df_at + excess);
        let in_x = if z.is_finite() {
            -(df_at + 1.0) / (z + df_at / z) / width
        } else {
            -(df_at + 1.0) / (at - start)
        };
        // ν (z² − 1) / (ν + z²), of which ν may be small.
        let in_log_scale = if z.abs() < 1.0 {
            df_at * ((z - 1.0) * (z + 1.0)) / (df_at + z * z)
        } else {
            (1.0 - z.recip()) * (1.0 + z.recip()) / (1.0 / df_at + (1.0 / z) * (1.0 / z))
        };
        [in_x, -in_x, in_log_scale / width, in_df]
    })
}

/// The distribution function and its companions at z.
pub(super) fn tail<S: Scalar>(tail: Tail, z: S, df: S) -> S {
    let function = match tail {
        Tail::Lower => special::student_t_cdf,
        Tail::Upper => special::student_t_sf,
        Tail::LogLower => special::log_student_t_cdf,
        Tail::LogUpper => special::log_student_t_sf,
    };
    let (at, df_at) = (z.value(), df.value());
    tail.lift([z, df], function(df_at, at), || motion(at, df_at))
}

/// The same at |z| beyond the range of numbers, from its logarithm: a power of it is all that is left of the tail.
pub(super) fn far_tail<S: Scalar>(tail: Tail, above: bool, log_z: S, df: S) -> S {
    let small = log_norm(df) + (df - 1.0) * df.ln() * 0.5 - df * log_z;
    match (tail, above) {
        (Tail::LogUpper, true) | (Tail::LogLower, false) => small,
        (Tail::LogLower, true) | (Tail::LogUpper, false) => (-small.exp()).ln_1p(),
        (Tail::Upper, true) | (Tail::Lower, false) => small.exp(),
        (Tail::Lower, true) | (Tail::Upper, false) => -small.exp() + 1.0,
    }
}

/// The quantile at a level.
pub(super) fn quantile<S: Scalar>(level: Level<S>, df: S) -> S {
    if !level.is_low() {
        return -quantile(level.reflected(), df);
    }
    let z = special::student_t_quantile(df.value(), level.lower.value());
    if z.is_infinite() {
        return S::from(z);
    }
    lift_quantile([level.lower, df], false, z, || motion(z, df.value()))
}

fn motion(z: f64, df: f64) -> Motion<2> {
    Motion { log_density: log_density(z, df), slopes: [1.0, -student_t_draw_slope_df(df, z)] }
}
