//! From the 64 bits of an element to a number.

use crate::elementary::{log, log1p, normal_upper_quantile};
use crate::law::Noise;
use crate::{Function, Real, single};

const LOW_31: u64 = (1 << 31) - 1;

/// The bits themselves.
#[derive(Clone, Copy)]
pub(crate) struct Bits;

impl Function<u64, u64> for Bits {
    #[inline(always)]
    fn at(self, bits: u64) -> u64 {
        bits
    }
}

/// (k + ½) 2⁻⁶² for the 62 highest bits k.
#[derive(Clone, Copy)]
pub(crate) struct OpenUniform;

impl<T: Real> Function<u64, T> for OpenUniform {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (high, low) = (T::from_u31((bits >> 33) as u32), T::from_u31((bits >> 2 & LOW_31) as u32));
        let u = high.mul_add(power::<T>(-31), (low + T::HALF) * power::<T>(-62));
        if u < T::ONE { u } else { T::ONE - T::HALF * T::EPSILON }
    }
}

/// A standard normal number from the sign and the tail probability (k + ½) 2⁻⁶³.
#[derive(Clone, Copy)]
pub(crate) struct SignedNormal;

impl<T: Real> Function<u64, T> for SignedNormal {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (positive, p) = tail::<T>(bits);
        let z = normal_upper_quantile(p);
        if positive { z } else { -z }
    }
}

/// One bit for the side, and the probability (k + ½) 2⁻⁶³ of the smaller tail, below ½ with a full mantissa.
#[inline(always)]
fn tail<T: Real>(bits: u64) -> (bool, T) {
    let (high, low) = (T::from_u31((bits >> 32 & LOW_31) as u32), T::from_u31((bits >> 1 & LOW_31) as u32));
    (bits >> 63 == 0, high.mul_add(power::<T>(-32), (low + T::HALF) * power::<T>(-63)))
}

/// A standard exponential number −ln u, exact both for u near 0 and for u near 1.
#[derive(Clone, Copy)]
pub(crate) struct Exponential;

impl<T: Real> Function<u64, T> for Exponential {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (small, p) = tail::<T>(bits);
        let (far, near) = (-log(p), -log1p(-p));
        if small { near } else { far }
    }
}

/// −ln of a standard exponential number.
#[derive(Clone, Copy)]
pub(crate) struct Gumbel;

impl<T: Real> Function<u64, T> for Gumbel {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        -log::<T>(Exponential.at(bits))
    }
}

/// ln u − ln(1 − u) with all digits in both tails.
#[derive(Clone, Copy)]
pub(crate) struct Logistic;

impl<T: Real> Function<u64, T> for Logistic {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (positive, p) = tail::<T>(bits);
        let t = log1p(-p) - log(p);
        if positive { t } else { -t }
    }
}

/// A standard exponential number with a random sign.
#[derive(Clone, Copy)]
pub(crate) struct Laplace;

impl<T: Real> Function<u64, T> for Laplace {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (positive, p) = tail::<T>(bits);
        let t = -log(p + p);
        if positive { t } else { -t }
    }
}

/// The number that one element's bits make of the law of this noise.
pub(crate) fn number(noise: Noise, bits: u64) -> f64 {
    match noise {
        Noise::Normal => single::run(SignedNormal, bits),
        Noise::Uniform => single::run(OpenUniform, bits),
        Noise::Exponential => single::run(Exponential, bits),
        Noise::Gumbel => single::run(Gumbel, bits),
        Noise::Logistic => single::run(Logistic, bits),
        Noise::Laplace => single::run(Laplace, bits),
    }
}

/// 2^exponent.
#[inline(always)]
fn power<T: Real>(exponent: i32) -> T {
    T::from_f64(f64::from_bits(((1023 + exponent) as u64) << 52))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::float_cmp, reason = "exact values")]
    fn ends<T: Real>(reach: f64) {
        let uniform = |bits| -> T { OpenUniform.at(bits) };
        assert_eq!(uniform(0).to_f64(), 2.0_f64.powi(-63));
        assert_eq!(uniform(u64::MAX).to_f64(), 1.0 - 0.5 * T::EPSILON.to_f64());
        let normal = |bits| -> T { SignedNormal.at(bits) };
        // The sign bit alone, and the largest tail probability.
        for (bits, want) in [(0, reach), (1 << 63, -reach), (u64::MAX >> 1, 0.0)] {
            let z = normal(bits).to_f64();
            assert!((z - want).abs() <= 8.0 * T::EPSILON.to_f64() * want.abs(), "{z} instead of {want}");
        }
    }

    #[test]
    fn ends_of_the_draws() {
        // Of mass 2⁻⁶⁴ above it, by fifty-digit arithmetic.
        let reach = 9.080155124873613;
        ends::<f32>(reach);
        ends::<f64>(reach);
    }
}
