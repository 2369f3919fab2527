//! The numbers between two ends, each of which belongs to them or does not.
//!
//! Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, "Introduction to Interval Analysis", SIAM 2009. Ends are not rounded
//! outward: what is asked is whether a number lies inside, where one unit in the last place does not matter.

/// The numbers between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether the lower end belongs to them.
    pub has_low: bool,
    /// Whether the upper end does.
    pub has_high: bool,
}

/// An end: the number, and whether it belongs to the interval.
type End = (f64, bool);

impl Interval {
    /// All numbers.
    pub const REAL: Self = Self::open(f64::NEG_INFINITY, f64::INFINITY);

    /// Without the ends.
    pub const fn open(low: f64, high: f64) -> Self {
        Self { low, high, has_low: false, has_high: false }
    }

    /// With the ends, where they are finite.
    pub fn closed(low: f64, high: f64) -> Self {
        Self { low, high, has_low: low.is_finite(), has_high: high.is_finite() }
    }

    /// One number.
    pub const fn point(x: f64) -> Self {
        Self { low: x, high: x, has_low: true, has_high: true }
    }

    fn of(low: End, high: End) -> Self {
        if low.0.is_nan() || high.0.is_nan() {
            return Self::REAL;
        }
        Self { low: low.0, high: high.0, has_low: low.1, has_high: high.1 }
    }

    fn ends(self) -> [End; 2] {
        [(self.low, self.has_low), (self.high, self.has_high)]
    }

    /// The number, if there is only one.
    pub fn single(self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }

    /// Whether x is among them.
    pub fn contains(self, x: f64) -> bool {
        (self.low < x || self.low == x && self.has_low) && (x < self.high || x == self.high && self.has_high)
    }

    /// Whether all are above x.
    pub fn is_above(self, x: f64) -> bool {
        self.low > x || self.low == x && !self.has_low
    }

    /// Whether all are below x.
    pub fn is_below(self, x: f64) -> bool {
        self.high < x || self.high == x && !self.has_high
    }

    /// Whether all are at least x.
    pub fn is_from(self, x: f64) -> bool {
        self.low >= x
    }

    /// What both have; where that is nothing, nothing around one end.
    pub fn and(self, other: Self) -> Self {
        let [(low, high), (other_low, other_high)] = [self, other].map(|one| {
            let [low, high] = one.ends();
            (low, high)
        });
        let low = if low.0 == other_low.0 { (low.0, low.1 && other_low.1) } else { later(low, other_low) };
        let high =
            if high.0 == other_high.0 { (high.0, high.1 && other_high.1) } else { earlier(high, other_high) };
        if low.0 > high.0 { Self::open(low.0, low.0) } else { Self::of(low, high) }
    }

    /// All numbers between those of both.
    pub fn hull(self, other: Self) -> Self {
        Self::hull_of([self.ends(), other.ends()].concat())
    }

    /// The least interval with these ends.
    fn hull_of(ends: Vec<End>) -> Self {
        let first = ends[0];
        let least = |a: End, b: End| if a.0 == b.0 { (a.0, a.1 || b.1) } else { earlier(a, b) };
        let most = |a: End, b: End| if a.0 == b.0 { (a.0, a.1 || b.1) } else { later(a, b) };
        Self::of(ends.iter().copied().fold(first, least), ends.iter().copied().fold(first, most))
    }

    /// The values of an increasing function.
    pub fn rising(self, f: impl Fn(f64) -> f64) -> Self {
        Self::of((f(self.low), self.has_low), (f(self.high), self.has_high))
    }

    /// The values of a decreasing function.
    pub fn falling(self, f: impl Fn(f64) -> f64) -> Self {
        Self::of((f(self.high), self.has_high), (f(self.low), self.has_low))
    }

    /// The sizes.
    pub fn abs(self) -> Self {
        if self.is_from(0.0) {
            self
        } else if self.high <= 0.0 {
            -self
        } else {
            let [low, high] = [(-self.low, self.has_low), (self.high, self.has_high)];
            let high = if low.0 == high.0 { (low.0, low.1 || high.1) } else { later(low, high) };
            Self::of((0.0, true), high)
        }
    }

    /// One divided by them, where 0 is not among them.
    pub fn inverse(self) -> Self {
        // Zeros have no sign here.
        if self.is_below(0.0) { -(-self).inverse() } else { self.falling(|x| 1.0 / (x + 0.0)) }
    }

    /// The larger of one of them and one of the others.
    pub fn max(self, other: Self) -> Self {
        let [[low, high], [other_low, other_high]] = [self.ends(), other.ends()];
        let low = if low.0 == other_low.0 { (low.0, low.1 && other_low.1) } else { later(low, other_low) };
        let high =
            if high.0 == other_high.0 { (high.0, high.1 || other_high.1) } else { later(high, other_high) };
        Self::of(low, high)
    }

    /// The smaller of one of them and one of the others.
    pub fn min(self, other: Self) -> Self {
        -(-self).max(-other)
    }
}

fn earlier(a: End, b: End) -> End {
    if b.0 < a.0 { b } else { a }
}

fn later(a: End, b: End) -> End {
    if b.0 > a.0 { b } else { a }
}

impl std::ops::Neg for Interval {
    type Output = Self;
    fn neg(self) -> Self {
        Self { low: -self.high, high: -self.low, has_low: self.has_high, has_high: self.has_low }
    }
}

impl std::ops::Add for Interval {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let sum = |(a, has_a): End, (b, has_b): End| (a + b, has_a && has_b);
        let [[low, high], [other_low, other_high]] = [self.ends(), other.ends()];
        Self::of(sum(low, other_low), sum(high, other_high))
    }
}

impl std::ops::Mul for Interval {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = |(a, has_a): End, (b, has_b): End| {
            let is_zero = (a == 0.0 && has_a) || (b == 0.0 && has_b);
            // Infinite ends are never reached.
            let value = if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
            (value, is_zero || has_a && has_b)
        };
        let ends = self.ends().into_iter().flat_map(|a| other.ends().map(|b| product(a, b)));
        Self::hull_of(ends.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;

    #[test]
    fn zero_is_reached_or_not() {
        let positive = Interval::open(0.0, f64::INFINITY);
        assert!(!positive.contains(0.0) && !(positive * positive).contains(0.0));
        assert!(!(positive + positive).contains(0.0));
        assert!(Interval::REAL.abs().contains(0.0));
        assert!((Interval::point(0.0) * Interval::REAL).single() == Some(0.0));
        assert!((positive + Interval::point(1.0)).is_above(1.0));
        assert_eq!(Interval::open(-1.0, 2.0).abs(), Interval { has_low: true, ..Interval::open(0.0, 2.0) });
        assert_eq!(positive.inverse(), positive);
    }

    #[test]
    fn extremes() {
        let one = Interval::point(1.0);
        assert_eq!(Interval::REAL.max(one), Interval { has_low: true, ..Interval::open(1.0, f64::INFINITY) });
        assert_eq!(Interval::REAL.min(one).high, 1.0);
        assert!(Interval::open(0.0, 1.0).and(Interval::open(-1.0, 0.5)).is_below(0.5));
    }
}
