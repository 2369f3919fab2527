//! The gate alone makes zeros; the counts above are those of the law without its zeros.

use super::{Gate, Positive, log_lower};
use crate::law::{Draw, Level, Quantile};
use crate::{Element, Scalar};

/// 0 with probability `gate`, else a count given that it is positive.
pub(super) struct Hurdle;

/// 0, as an argument.
fn zero<S: Scalar>() -> S {
    S::from(0.0)
}

impl<L: Positive<B>, const B: usize> Gate<L, B> for Hurdle {
    fn conflict(base: [f64; B]) -> Option<&'static str> {
        let never = L::log_upper(0.0, base) == f64::NEG_INFINITY;
        L::conflict(base).or(never.then_some("the counts must be able to be positive"))
    }

    fn log_density<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        if x.value() == 0.0 { gate.ln() } else { (-gate).ln_1p() + L::log_positive(x, base) }
    }

    /// The positive count by inversion: rejection of zeros would have no bound.
    fn draw(bits: &mut Element, base: [f64; B], gate: f64) -> f64
    where
        L: Draw<B> + Quantile<B>,
    {
        if bits.uniform() < gate {
            return 0.0;
        }
        let (v, positive) = (bits.uniform(), L::upper(0.0, base));
        let level = Level { lower: L::lower(0.0, base) + (1.0 - v) * positive, upper: v * positive };
        let count = L::quantile(level, base);
        if count < 1.0 { 1.0 } else { count + 0.0 * gate }
    }

    fn lower<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        if x.value() < 1.0 {
            return gate;
        }
        let (none, positive) = (L::lower(zero(), base), L::upper(zero(), base));
        let share = if none.value() <= 0.5 { L::lower(x, base) - none } else { positive - L::upper(x, base) };
        gate + (-gate + 1.0) * share / positive
    }
    fn upper<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        (-gate + 1.0) * (L::upper(x, base) / L::upper(zero(), base))
    }
    fn log_lower<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        if x.value() < 1.0 {
            return gate.ln();
        }
        log_lower::<S, Self, L, B>(x, base, gate, || {
            let at = L::log_lower(x, base);
            at + (L::log_lower(zero(), base) - at).ln_1m_exp() - L::log_upper(zero(), base)
        })
    }
    fn log_upper<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        (-gate).ln_1p() + (L::log_upper(x, base) - L::log_upper(zero(), base))
    }

    fn mean<S: Scalar>(base: [S; B], gate: S) -> S {
        (-gate + 1.0) * L::positive_mean(base)
    }
    fn variance<S: Scalar>(base: [S; B], gate: S) -> S {
        let mean = L::positive_mean(base);
        (-gate + 1.0) * mean * (L::positive_dispersion(base) + gate * mean)
    }
}
