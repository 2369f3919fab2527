//! The tails of counts, through the incomplete gamma and beta functions.

use super::Odds;
use crate::single;
use crate::special::{
    beta_i_xy, gamma_p, gamma_q, log_beta_i, log_beta_i_complement, log_gamma_p, log_gamma_q,
};

/// P(X ≤ k) or P(X > k), or its logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    Lower,
    Upper,
    LogLower,
    LogUpper,
}

impl Tail {
    /// Of a Poisson count at k.
    pub(super) fn of_poisson(self, k: f64, rate: f64) -> f64 {
        match self {
            Self::Lower => gamma_q(k + 1.0, rate),
            Self::Upper => gamma_p(k + 1.0, rate),
            Self::LogLower => log_gamma_q(k + 1.0, rate),
            Self::LogUpper => log_gamma_p(k + 1.0, rate),
        }
    }

    /// Of the successes among trials, at k where k + 1 successes leave room for at most `failures` − 1 failures.
    ///
    /// The same for trials that end after a number of failures as for a given number of trials.
    pub(super) fn of_trials(self, k: f64, failures: f64, odds: Odds<f64>) -> f64 {
        let (a, b, x, y) = (failures, k + 1.0, odds.failure, odds.success);
        if x == 0.0 || y == 0.0 {
            let lower = f64::from(u8::from(y == 0.0));
            return match self {
                Self::Lower => lower,
                Self::Upper => 1.0 - lower,
                Self::LogLower => lower.ln(),
                Self::LogUpper => (1.0 - lower).ln(),
            };
        }
        match self {
            Self::Lower => beta_i_xy(a, b, x, y).0,
            Self::Upper => beta_i_xy(a, b, x, y).1,
            Self::LogLower => log_beta_i(a, b, x, y),
            Self::LogUpper => log_beta_i_complement(a, b, x, y),
        }
    }

    /// The derivative of this tail, which is `tail`, where P(X ≤ k) has the derivative `factor` · e^`log_mass`.
    pub(super) fn slope(self, tail: f64, factor: f64, log_mass: f64) -> f64 {
        match self {
            Self::Lower => factor * single::exp(log_mass),
            Self::Upper => -factor * single::exp(log_mass),
            Self::LogLower => factor * single::exp(log_mass - tail),
            Self::LogUpper => -factor * single::exp(log_mass - tail),
        }
    }
}

/// Writes [`Cdf`](crate::law::Cdf) from a function (tail, x, theta) → value.
macro_rules! tails {
    ($law:ident $(<$f:ident>)?, $p:literal, $function:expr) => {
        impl$(<$f: $crate::laws::Success>)? $crate::law::Cdf<$p> for $law$(<$f>)? {
            fn lower<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $function($crate::laws::discrete::tails::Tail::Lower, x.value().floor(), theta)
            }
            fn upper<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $function($crate::laws::discrete::tails::Tail::Upper, x.value().floor(), theta)
            }
            fn log_lower<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $function($crate::laws::discrete::tails::Tail::LogLower, x.value().floor(), theta)
            }
            fn log_upper<S: $crate::Scalar>(x: S, theta: [S; $p]) -> S {
                $function($crate::laws::discrete::tails::Tail::LogUpper, x.value().floor(), theta)
            }
        }
    };
}
pub(super) use tails;
