//! Student's t law at loc = 0 and scale = 1: values from the special functions, slopes in closed form.

use std::f64::consts::PI;

use crate::law::{Level, Motion, Tail, lift_quantile};
use crate::scalar::special::ln_1p_square;
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

/// The log-density at z.
pub(super) fn log_density<S: Scalar>(z: S, df: S) -> S {
    let (at, df_at) = (z.value(), df.value());
    // ln(1 + z² / ν)
    let fall = ln_1p_square(at / df_at.sqrt());
    S::chain([z, df], log_peak(df_at) - 0.5 * (df_at + 1.0) * fall, || {
        // z² / (ν + z²)
        let share = (1.0 + df_at / at / at).recip();
        let excess = if share < 0.5 { log1pmx(-share) } else { share - fall };
        let in_df = 0.5 * (digamma_half_step(0.5 * df_at) + share / df_at + excess);
        [-(df_at + 1.0) / (at + df_at / at), in_df]
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
