//! The coordinate in which a draw stays exact.

use crate::scalar::special::logit;
use crate::{Real, Scalar, single};

/// How a draw z is carried where z itself would underflow or saturate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coordinate {
    /// As z.
    Itself,
    /// As ln z, for z > 0.
    Log,
    /// As ln z − ln(1 − z), for z in (0, 1).
    Logit,
    /// As artanh z, for z in (−1, 1).
    Artanh,
}

impl Coordinate {
    /// z, from its coordinate.
    pub fn value<S: Scalar>(self, t: S) -> S {
        match self {
            Self::Itself => t,
            Self::Log => t.exp(),
            Self::Logit => t.sigmoid(),
            Self::Artanh => t.tanh(),
        }
    }

    /// The coordinate of z.
    pub fn of<S: Scalar>(self, z: S) -> S {
        match self {
            Self::Itself => z,
            Self::Log => z.ln(),
            Self::Logit => logit(z),
            Self::Artanh => z.atanh(),
        }
    }

    /// ∂z/∂t.
    pub fn slope(self, t: f64) -> f64 {
        match self {
            Self::Itself => 1.0,
            Self::Log => single::exp(t),
            Self::Logit => single::sigmoid(t) * single::sigmoid(-t),
            Self::Artanh => 4.0 * single::sigmoid(2.0 * t) * single::sigmoid(-2.0 * t),
        }
    }

    /// z in the type `T`, rounded inward: to the nearest number that is finite and not an end of (0, ∞), (0, 1) or
    /// (−1, 1).
    pub fn inward<T: Real>(self, z: f64) -> T {
        let z = finite::<T>(z);
        match self {
            Self::Log | Self::Logit if z < T::MIN_POSITIVE => T::MIN_POSITIVE,
            Self::Logit if z >= T::ONE => T::ONE - T::HALF * T::EPSILON,
            Self::Artanh if z.abs() >= T::ONE => (T::ONE - T::HALF * T::EPSILON).copysign(z),
            _ => z,
        }
    }
}

/// The nearest finite number of type `T`; NaN stays.
pub(crate) fn finite<T: Real>(x: f64) -> T {
    bounded(T::from_f64(x))
}

/// x, or the largest number of its sign; NaN stays.
#[inline(always)]
pub(crate) fn bounded<T: Real>(x: T) -> T {
    let x = if x > T::MAX { T::MAX } else { x };
    if x < -T::MAX { -T::MAX } else { x }
}
