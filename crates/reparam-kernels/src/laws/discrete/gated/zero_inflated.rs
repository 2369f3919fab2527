//! The gate adds zeros to those of the counts.

use super::{Gate, log_lower};
use crate::law::{Cdf, Draw, Moments, Quantile};
use crate::{Element, Scalar};

/// 0 with probability `gate`, else a count.
pub(super) struct ZeroInflated;

impl<L: Cdf<B> + Moments<B>, const B: usize> Gate<L, B> for ZeroInflated {
    fn conflict(base: [f64; B]) -> Option<&'static str> {
        L::conflict(base)
    }

    fn log_density<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        let log_mass = L::log_density(x, base);
        if x.value() != 0.0 {
            return (-gate).ln_1p() + log_mass;
        }
        let positive = -(-gate + 1.0) * log_mass.exp_m1();
        let zero = gate + (-gate + 1.0) * log_mass.exp();
        if positive.value() <= 0.5 {
            (-positive).ln_1p()
        } else if zero.value() >= f64::MIN_POSITIVE {
            zero.ln()
        } else {
            // Without a gate, and the zero of the counts below the range of doubles.
            (-gate).ln_1p() + log_mass
        }
    }

    fn draw(bits: &mut Element, base: [f64; B], gate: f64) -> f64
    where
        L: Draw<B> + Quantile<B>,
    {
        if bits.uniform() < gate { 0.0 } else { L::draw(bits, base) + 0.0 * gate }
    }

    fn lower<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        gate + (-gate + 1.0) * L::lower(x, base)
    }
    fn upper<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        (-gate + 1.0) * L::upper(x, base)
    }
    fn log_lower<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        log_lower::<S, Self, L, B>(x, base, gate, || L::log_lower(x, base))
    }
    fn log_upper<S: Scalar>(x: S, base: [S; B], gate: S) -> S {
        (-gate).ln_1p() + L::log_upper(x, base)
    }

    fn mean<S: Scalar>(base: [S; B], gate: S) -> S {
        (-gate + 1.0) * L::mean(base)
    }
    fn variance<S: Scalar>(base: [S; B], gate: S) -> S {
        (-gate + 1.0) * (L::variance(base) + gate * L::mean(base).square())
    }
}
