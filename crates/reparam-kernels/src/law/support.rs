//! Where a law lives.

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
}
