//! Quantiles of gamma laws, from either tail and from logarithms.

use libm::{exp, expm1, log, log1p};

use super::{lgamma1p, log_gamma_p, log_gamma_q, poisson_log_mass};
use crate::elementary::normal_quantile;

/// x with P(a, x) = u, the quantile of a Gamma(a, 1) law.
///
/// For a > 0 and 0 ≤ u ≤ 1; not-a-number elsewhere. 0 where the quantile underflows (`log_gamma_p_inv` has its logarithm).
/// Largest relative error measured, ÷ max(1, condition): 4e-16.
///
/// Halley's method on the logarithm of the smaller tail, which is concave in ln x, so that the steps close in from one
/// side; from Wilson and Hilferty's approximation (1931), or from the leading term of the tail.
pub fn gamma_p_inv(a: f64, u: f64) -> f64 {
    quantile(a, Level::below(u)).value()
}

/// x with Q(a, x) = q, the quantile from the upper tail, accurate for small q.
///
/// Domain, errors and method as for `gamma_p_inv`.
pub fn gamma_q_inv(a: f64, q: f64) -> f64 {
    quantile(a, Level::above(q)).value()
}

/// ln x with P(a, x) = e^log_u, finite where x or u underflow.
///
/// For a > 0 and log_u ≤ 0; not-a-number elsewhere. Errors and method as for `gamma_p_inv`.
pub fn log_gamma_p_inv(a: f64, log_u: f64) -> f64 {
    quantile(a, Level::log_below(log_u)).log()
}

/// ln x with Q(a, x) = e^log_q, finite where x or q underflow.
///
/// For a > 0 and log_q ≤ 0; not-a-number elsewhere. Errors and method as for `gamma_p_inv`.
pub fn log_gamma_q_inv(a: f64, log_q: f64) -> f64 {
    let Level { log_u, log_q } = Level::log_below(log_q);
    quantile(a, Level { log_u: log_q, log_q: log_u }).log()
}

/// A quantile, or its logarithm where the leading term of P is P itself and x may underflow.
enum Quantile {
    Value(f64),
    Log(f64),
}

impl Quantile {
    fn value(self) -> f64 {
        match self {
            Self::Value(x) => x,
            Self::Log(log_x) => exp(log_x),
        }
    }

    fn log(self) -> f64 {
        match self {
            Self::Value(x) => log(x),
            Self::Log(log_x) => log_x,
        }
    }
}

/// ln u and ln q for the masses u below and q = 1 − u above a quantile.
#[derive(Clone, Copy)]
struct Level {
    log_u: f64,
    log_q: f64,
}

impl Level {
    fn below(u: f64) -> Self {
        Self { log_u: log(u), log_q: log1p(-u) }
    }

    fn above(q: f64) -> Self {
        Self { log_u: log1p(-q), log_q: log(q) }
    }

    fn log_below(log_u: f64) -> Self {
        let log_q = if log_u > -1.0 { log(-expm1(log_u)) } else { log1p(-exp(log_u)) };
        Self { log_u, log_q }
    }

    fn is_lower(self) -> bool {
        self.log_u < self.log_q
    }

    /// The standard normal quantile, roughly where a mass underflows.
    fn normal_quantile(self) -> f64 {
        let log_mass = self.log_u.min(self.log_q);
        let z = if log_mass > -700.0 { normal_quantile(exp(log_mass)) } else { -(-2.0 * log_mass).sqrt() };
        if self.is_lower() { z } else { -z }
    }
}

fn quantile(a: f64, level: Level) -> Quantile {
    const MOST_STEPS: usize = 60;
    // Below this logarithm P(a, x) is its leading term xᵃ / Γ(a + 1) to double precision.
    const LEADING_TERM: f64 = -40.0;
    if !(a > 0.0 && a < f64::INFINITY) || level.log_u.is_nan() || level.log_q.is_nan() {
        return Quantile::Value(f64::NAN);
    }
    if level.log_u == f64::NEG_INFINITY || level.log_q == f64::NEG_INFINITY {
        return Quantile::Value(if level.is_lower() { 0.0 } else { f64::INFINITY });
    }
    // A lower bound, because P is below its leading term.
    let least = (level.log_u + lgamma1p(a)) / a;
    if least < LEADING_TERM {
        return Quantile::Log(least);
    }
    let mut x = start(a, level, exp(least));
    for _ in 0..MOST_STEPS {
        let (newton, curvature) = newton_step(a, x, level);
        // Bounded, because far from the quantile, or where ln P has few digits after the point, the curvature misleads.
        let halley = newton / (1.0 + 0.5 * newton * curvature).clamp(0.5, 2.0);
        x *= exp(halley.clamp(-2.0, 2.0));
        // The error of Halley's step is of the order of newton · (newton · curvature)².
        if newton.abs() * (1.0 + curvature.abs()) < 1e-5 {
            break;
        }
    }
    Quantile::Value(x)
}

/// A first guess, not below the bound `least`.
fn start(a: f64, level: Level, least: f64) -> f64 {
    if a >= 1.0 {
        let root = 1.0 - 1.0 / (9.0 * a) + level.normal_quantile() / (3.0 * a.sqrt());
        return (a * root * root * root).max(least);
    }
    // Q ≈ xᵃ⁻¹ e⁻ˣ / Γ(a).
    let excess = lgamma1p(a) - log(a) + level.log_q;
    if excess < -2.0 && least > 0.5 { -excess + (a - 1.0) * log(-excess) } else { least }
}

/// Newton's step in ln x for the logarithm f of the smaller tail, and f″ ÷ f′.
fn newton_step(a: f64, x: f64, level: Level) -> (f64, f64) {
    let log_density = log(a) + poisson_log_mass(a, x);
    if level.is_lower() {
        let log_mass = log_gamma_p(a, x);
        let slope = exp(log_density - log_mass);
        ((level.log_u - log_mass) / slope, a - x - slope)
    } else {
        let log_mass = log_gamma_q(a, x);
        let slope = exp(log_density - log_mass);
        ((log_mass - level.log_q) / slope, a - x + slope)
    }
}
