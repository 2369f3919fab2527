//! Sine, cosine and tangent.

use super::horner;
use crate::Real;

/// What the circular functions need of a type.
pub trait Table: Sized + 'static {
    /// The largest argument that is reduced in this precision.
    const REACH: Self;
    /// 2 / π.
    const TWO_BY_PI: Self;
    /// π/2 as a sum of three positive numbers: with k = 0 the differences from x keep the sign of a zero.
    const HALF_PI: [Self; 3];
    /// The coefficients of (sin r − r) / r³ in r², on |r| ≤ π/4.
    const SINE: &'static [Self];
    /// The coefficients of (cos r − 1 + r²/2) / r⁴ in r², on |r| ≤ π/4.
    const COSINE: &'static [Self];
}

impl Table for f32 {
    const REACH: Self = 32768.0;
    const TWO_BY_PI: Self = std::f32::consts::FRAC_2_PI;
    const HALF_PI: [Self; 3] = [1.57079625, 7.54978942e-8, 5.39030253e-15];
    const SINE: &'static [Self] = &[-0.166666542, 8.3321315e-3, -1.95108393e-4];
    const COSINE: &'static [Self] = &[0.0416666457, -1.3887306e-3, 2.44312052e-5];
}
impl Table for f64 {
    const REACH: Self = 1073741824.0;
    const TWO_BY_PI: Self = std::f64::consts::FRAC_2_PI;
    const HALF_PI: [Self; 3] = [std::f64::consts::FRAC_PI_2, 6.123233995736766e-17, -1.4973849048591698e-33];
    const SINE: &'static [Self] = &[
        -0.16666666666666632,
        8.3333333333224475e-3,
        -1.984126982982886e-4,
        2.7557313697930258e-6,
        -2.5050758920325326e-8,
        1.5896836637481694e-10,
    ];
    const COSINE: &'static [Self] = &[
        0.041666666666666599,
        -1.3888888888874124e-3,
        2.4801587289482213e-5,
        -2.7557314352339328e-7,
        2.0875723273973424e-9,
        -1.13596478370736e-11,
    ];
}

/// (sin x, cos x), each the slope of the other up to a sign.
///
/// Over the whole line, with full relative accuracy next to every zero; sin x is x where x is tiny, −0 and subnormal
/// numbers included, and infinities give not-a-number. Vector code up to |x| = 2¹⁵ in `f32` and 2³⁰ in `f64`, a call beyond.
/// Largest error measured: 0.89 ulp in `f32`, 0.72 in `f64`; 0.50 next to the zeros.
///
/// x = k π/2 + r with π/2 in three parts (W. J. Cody & W. Waite, "Software Manual for the Elementary Functions", 1980).
#[inline(always)]
pub fn sin_cos<T: Real>(x: T) -> (T, T) {
    if is_near(x) {
        near_sin_cos(x)
    } else {
        let x = x.to_f64();
        (T::from_f64(libm::sin(x)), T::from_f64(libm::cos(x)))
    }
}

/// sin x: [`sin_cos`].
#[inline(always)]
pub fn sin<T: Real>(x: T) -> T {
    sin_cos(x).0
}

/// cos x: [`sin_cos`].
#[inline(always)]
pub fn cos<T: Real>(x: T) -> T {
    sin_cos(x).1
}

/// tan x, the quotient of [`sin_cos`], with full relative accuracy next to zeros and poles.
///
/// Largest error measured: 2.28 ulp in `f32`, 1.87 in `f64`.
#[inline(always)]
pub fn tan<T: Real>(x: T) -> T {
    let (sin, cos) = sin_cos(x);
    sin / cos
}

/// Whether [`near_sin_cos`] holds.
#[inline(always)]
pub(super) fn is_near<T: Real>(x: T) -> bool {
    x.abs() <= T::REACH
}

/// (sin x, cos x) within reach.
#[inline(always)]
pub(super) fn near_sin_cos<T: Real>(x: T) -> (T, T) {
    let shifted = x.mul_add(T::TWO_BY_PI, T::ROUNDER);
    let k = shifted - T::ROUNDER;
    let [odd, upper] = shifted.lowest_bits();
    let (r, rest) = reduced(x, k);
    let z = r * r;
    // sin (r + rest), whose sign a term of 0 must not take.
    let s = (r + (r * z).mul_add(horner(z, T::SINE), rest)).copysign(r);
    // cos (r + rest) with what the first difference loses (Dekker).
    let half = T::HALF * z;
    let c = T::ONE - half;
    let lost = (T::ONE - c) - half;
    let c = c + (z * z).mul_add(horner(z, T::COSINE), (-r).mul_add(rest, lost));
    let (sin, cos) = if odd { (c, s) } else { (s, c) };
    (if upper { -sin } else { sin }, if upper == odd { cos } else { -cos })
}

/// x − k π/2 to twice the precision: its leading part, and the rest.
#[inline(always)]
fn reduced<T: Real>(x: T, k: T) -> (T, T) {
    let [first, second, third] = T::HALF_PI;
    // Exact: a multiple of the last place of `first` below 1.
    let x = (-k).mul_add(first, x);
    let product = k * second;
    let product_rest = k.mul_add(second, -product);
    // The difference and what it loses, exactly (Knuth's two-sum).
    let r = x - product;
    let product_part = r - x;
    let lost = (x - (r - product_part)) - (product + product_part);
    (r, (-k).mul_add(third, lost - product_rest))
}
