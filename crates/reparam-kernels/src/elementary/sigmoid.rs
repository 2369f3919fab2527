//! The logistic function.

use super::exp;
use crate::Real;

/// 1 / (1 + e^(−x)).
///
/// The relative accuracy holds in the lower tail, down to the subnormal numbers.
#[inline(always)]
pub fn sigmoid<T: Real>(x: T) -> T {
    sigmoid_from_fraction(x, exp(-x.abs()))
}

/// The logistic function of x, from t = e^(−|x|).
#[inline(always)]
pub(crate) fn sigmoid_from_fraction<T: Real>(x: T, t: T) -> T {
    (if x < T::ZERO { t } else { T::ONE }) / (T::ONE + t)
}
