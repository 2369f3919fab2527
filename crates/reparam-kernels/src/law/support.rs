//! Where a law lives.

use crate::Real;

/// The closure of a law's support.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Support {
    /// All numbers between two ends, which may be infinite.
    Interval(f64, f64),
    /// The integers between two ends, which may be infinite.
    Integers(f64, f64),
}

impl Support {
    /// The whole line.
    pub const REAL: Self = Self::Interval(f64::NEG_INFINITY, f64::INFINITY);
    /// The positive half-line.
    pub const POSITIVE: Self = Self::Interval(0.0, f64::INFINITY);
    /// From 0 to 1.
    pub const UNIT: Self = Self::Interval(0.0, 1.0);
    /// The integers from 0.
    pub const COUNTS: Self = Self::Integers(0.0, f64::INFINITY);

    /// The ends.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Self::Interval(low, high) | Self::Integers(low, high) => (low, high),
        }
    }

    /// Whether only integers belong to it.
    pub fn is_discrete(self) -> bool {
        matches!(self, Self::Integers(..))
    }

    /// Whether x belongs to it, the ends included.
    pub fn contains(self, x: f64) -> bool {
        let (low, high) = self.ends();
        x >= low && x <= high && !(self.is_discrete() && (x.fract() != 0.0 || x.is_infinite()))
    }

    /// The smallest and the largest number of the type `T` between the ends of an interval.
    ///
    /// Next to 0 those with a full mantissa.
    pub fn interior<T: Real>(self) -> (T, T) {
        let (low, high) = self.ends();
        (above(low), -above::<T>(-high))
    }

    /// x, or the nearest number inside where x is a finite end of an interval or lies beyond.
    ///
    /// Next to 0 that is the smallest number with a full mantissa.
    pub(crate) fn inward<T: Real>(self, x: T) -> T {
        let Self::Interval(low, high) = self else { return x };
        let at = x.to_f64();
        if at <= low {
            above(low)
        } else if at >= high {
            -above::<T>(-high)
        } else {
            x
        }
    }
}

/// The smallest number of this type above `low`.
fn above<T: Real>(low: f64) -> T {
    let nearest = T::from_f64(low);
    if low == 0.0 {
        T::MIN_POSITIVE
    } else if nearest.to_f64() > low {
        nearest
    } else {
        nearest.next_up()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interior_has_no_end() {
        assert_eq!(Support::UNIT.interior::<f32>(), (f32::MIN_POSITIVE, 1.0_f32.next_down()));
        assert_eq!(Support::POSITIVE.interior::<f64>(), (f64::MIN_POSITIVE, f64::MAX));
        assert_eq!(
            Support::Interval(-1.0, 1.0).interior::<f32>(),
            (-1.0_f32.next_down(), 1.0_f32.next_down())
        );
    }

    #[test]
    fn ends_round_inward() {
        let support = Support::Interval(8.0, 9.0);
        assert_eq!(support.inward(8.0_f32), 8.0_f32.next_up());
        assert_eq!(support.inward(9.0_f64), 9.0_f64.next_down());
        assert_eq!(support.inward(8.5_f64), 8.5);
        assert_eq!(Support::POSITIVE.inward(0.0_f32), f32::MIN_POSITIVE);
        // An end between two numbers of the type.
        assert_eq!(Support::Interval(0.1, 1.0).inward(0.1_f32.next_down()), 0.1_f32);
        assert_eq!(Support::COUNTS.inward(0.0_f32), 0.0);
    }
}
