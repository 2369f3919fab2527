//! The two floating-point types that every kernel is written for.

use std::fmt::{Debug, Display};
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::elementary::Tables;

/// A floating-point number that the kernels compute with: `f32` or `f64`.
///
/// Sealed: the elementary functions hold one table of coefficients for each of the two.
pub trait Real:
    sealed::Parts
    + Tables
    + Copy
    + Debug
    + Default
    + Display
    + PartialEq
    + PartialOrd
    + Send
    + Sync
    + Add<Output = Self>
    + AddAssign
    + Sub<Output = Self>
    + SubAssign
    + Mul<Output = Self>
    + MulAssign
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// 0.
    const ZERO: Self;
    /// ½.
    const HALF: Self;
    /// 1.
    const ONE: Self;
    /// 2.
    const TWO: Self;
    /// +∞.
    const INFINITY: Self;
    /// A quiet not-a-number.
    const NAN: Self;
    /// The distance from 1 to the next larger number.
    const EPSILON: Self;
    /// The smallest positive number with a full mantissa.
    const MIN_POSITIVE: Self;
    /// The largest finite number.
    const MAX: Self;

    /// Whether this is single precision.
    const SINGLE: bool;

    /// The nearest number of this type.
    fn from_f64(x: f64) -> Self;
    /// The same number in double precision.
    fn to_f64(self) -> f64;
    /// self · a + b, rounded once on every processor.
    fn mul_add(self, a: Self, b: Self) -> Self;
    /// √self, correctly rounded.
    fn sqrt(self) -> Self;
    /// |self|.
    fn abs(self) -> Self;
    /// The next larger number.
    fn next_up(self) -> Self;
    /// |self| with the sign of `sign`.
    fn copysign(self, sign: Self) -> Self;
}

pub(crate) mod sealed {
    /// Access to exponent and mantissa, in operations that every vector unit has.
    pub trait Parts: Sized {
        /// 1.5 · 2^(mantissa bits): adding and subtracting it rounds to the nearest integer.
        const ROUNDER: Self;
        /// log₂ e.
        const LOG2_E: Self;
        /// The leading bits of ln 2, so few that a product with any exponent is exact.
        const LN_2_HIGH: Self;
        /// ln 2 − `LN_2_HIGH`.
        const LN_2_LOW: Self;
        /// A power of two that lifts every subnormal number into the normal range, and its exponent.
        const LIFT: (Self, Self);
        /// Below this argument the exponential rounds to 0.
        const EXP_LOW: Self;
        /// Above this argument the exponential overflows.
        const EXP_HIGH: Self;

        /// 2^k for an integral k within the exponents of normal numbers.
        fn two_to(k: Self) -> Self;
        /// (k, m) with self = m · 2^k and m in [√½, √2); self must be positive and normal.
        fn split_exponent(self) -> (Self, Self);
        /// The two lowest bits of the mantissa, the lowest first.
        fn lowest_bits(self) -> [bool; 2];
        /// An integer below 2³¹ as a float.
        fn from_u31(k: u32) -> Self;
    }
}

macro_rules! real {
    ($t:ident, $bits:ident, ln2: ($high:expr, $low:expr), lift: $lift:expr, exp: ($least:expr, $most:expr)) => {
        impl Real for $t {
            const ZERO: Self = 0.0;
            const HALF: Self = 0.5;
            const ONE: Self = 1.0;
            const TWO: Self = 2.0;
            const INFINITY: Self = $t::INFINITY;
            const NAN: Self = $t::NAN;
            const EPSILON: Self = $t::EPSILON;
            const MIN_POSITIVE: Self = $t::MIN_POSITIVE;
            const MAX: Self = $t::MAX;
            const SINGLE: bool = size_of::<$t>() == 4;

            #[inline(always)]
            fn from_f64(x: f64) -> Self {
                x as $t
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn mul_add(self, a: Self, b: Self) -> Self {
                $t::mul_add(self, a, b)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                $t::sqrt(self)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $t::abs(self)
            }
            #[inline(always)]
            fn next_up(self) -> Self {
                $t::next_up(self)
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                $t::copysign(self, sign)
            }
        }

        // One of the two types holds these integers exactly, the other rounds.
        #[allow(clippy::cast_lossless)]
        impl sealed::Parts for $t {
            const ROUNDER: Self = 1.5 * (1u64 << ($t::MANTISSA_DIGITS - 1)) as $t;
            const LOG2_E: Self = std::$t::consts::LOG2_E;
            const LN_2_HIGH: Self = $high;
            const LN_2_LOW: Self = $low;
            const LIFT: (Self, Self) = ((1u64 << $lift) as $t, $lift as $t);
            const EXP_LOW: Self = $least;
            const EXP_HIGH: Self = $most;

            #[inline(always)]
            fn two_to(k: Self) -> Self {
                // The sum holds k + bias in its lowest bits; the shift drops everything else.
                let biased = k + (Self::ROUNDER + ($t::MAX_EXP - 1) as $t);
                $t::from_bits(biased.to_bits() << ($t::MANTISSA_DIGITS - 1))
            }
            #[inline(always)]
            fn split_exponent(self) -> (Self, Self) {
                const SHIFT: u32 = $t::MANTISSA_DIGITS - 1;
                const ONE: $bits = (1.0 as $t).to_bits();
                const ROOT_HALF: $bits = std::$t::consts::FRAC_1_SQRT_2.to_bits();
                // Moves the border between two exponents from 1 down to √½.
                let moved = self.to_bits().wrapping_add(ONE - ROOT_HALF);
                let mantissa = $t::from_bits((moved & ((1 << SHIFT) - 1)).wrapping_add(ROOT_HALF));
                // 2^SHIFT + biased exponent, as a float: no conversion from integers, which AVX2 lacks for 64 bits.
                let base = ((1u64 << SHIFT) as $t).to_bits();
                let biased = $t::from_bits(base | (moved >> SHIFT));
                (biased - ((1u64 << SHIFT) as $t + ($t::MAX_EXP - 1) as $t), mantissa)
            }
            #[inline(always)]
            fn lowest_bits(self) -> [bool; 2] {
                let bits = self.to_bits();
                [bits & 1 != 0, bits & 2 != 0]
            }
            #[inline(always)]
            fn from_u31(k: u32) -> Self {
                // Through a signed integer, whose conversion is a vector instruction everywhere.
                k.cast_signed() as $t
            }
        }
    };
}

real!(f32, u32, ln2: (0.693145751953125, 1.428606820309417e-6), lift: 24, exp: (-104.0, 89.0));
real!(f64, u64, ln2: (0.6931471803691238, 1.9082149292705877e-10), lift: 54, exp: (-746.0, 710.0));
