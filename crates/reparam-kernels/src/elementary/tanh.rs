//! The hyperbolic tangent.

use super::expm1;
use crate::Real;

/// tanh x = −(e^(−2|x|) − 1) / (e^(−2|x|) + 1), with the sign of x.
#[inline(always)]
pub fn tanh<T: Real>(x: T) -> T {
    let e = expm1(-T::TWO * x.abs());
    (-e / (T::TWO + e)).copysign(x)
}
