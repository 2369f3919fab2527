//! The gate alone makes zeros; the counts above are those of the law without its zeros.

use super::Gate;
use crate::law::{Cdf, Draw, Level, Moments, Quantile};
use crate::{Element, Scalar};

/// 0 with probability `gate`, else a count given that it is positive.
///
/// Loses precision where 1 is almost certain: there the variance has an absolute error of rounding.
pub(super) struct Hurdle;

/// 0, as an argument.
fn zero<S: Scalar>() -> S {
    S::from(0.0)
}

impl Gate for Hurdle {
    fn conflict<L: Cdf<B>, const B: usize>(base: [f64; B]) -> Option<&'static str> {
        let never = L::log_upper(0.0, base) == f64::NEG_INFINITY;
        L::conflict(base).or(never.then_some("the counts must be able to be positive"))
    }

    fn log_density<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S {
        if x.value() == 0.0 {
            return gate.ln();
        }
        let positive = (-gate).ln_1p();
        if x.value() == 1.0 {
            // Of the positive counts 1 may be almost certain: then the others are what has digits.
            let others = L::upper(x, base) / L::upper(zero(), base);
            if others.value() <= 0.5 {
                return positive + (-others).ln_1p();
            }
        }
        positive + (L::log_density(x, base) - L::log_upper(zero(), base))
    }

    /// The positive count by inversion: rejection of zeros would have no bound.
    fn draw<L: Draw<B> + Cdf<B> + Quantile<B>, const B: usize>(
        bits: &mut Element,
        base: [f64; B],
        gate: f64,
    ) -> f64 {
        if bits.uniform() < gate {
            return 0.0;
        }
        let (v, positive) = (bits.uniform(), L::upper(0.0, base));
        let level = Level { lower: L::lower(0.0, base) + (1.0 - v) * positive, upper: v * positive };
        let count = L::quantile(level, base);
        if count < 1.0 { 1.0 } else { count + 0.0 * gate }
    }

    fn lower<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S {
        if x.value() < 1.0 {
            return gate;
        }
        let (none, positive) = (L::lower(zero(), base), L::upper(zero(), base));
        let share = if none.value() <= 0.5 { L::lower(x, base) - none } else { positive - L::upper(x, base) };
        gate + (-gate + 1.0) * share / positive
    }
    fn upper<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S {
        (-gate + 1.0) * (L::upper(x, base) / L::upper(zero(), base))
    }
    fn log_upper<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S {
        (-gate).ln_1p() + (L::log_upper(x, base) - L::log_upper(zero(), base))
    }

    fn mean<S: Scalar, L: Cdf<B> + Moments<B>, const B: usize>(base: [S; B], gate: S) -> S {
        (-gate + 1.0) * (L::mean(base) / L::upper(zero(), base))
    }
    fn variance<S: Scalar, L: Cdf<B> + Moments<B>, const B: usize>(base: [S; B], gate: S) -> S {
        let weight = (-gate + 1.0) / L::upper(zero(), base);
        let mean = L::mean(base);
        weight * (L::variance(base) + mean.square() * (-weight + 1.0))
    }
}
