//! A probability known from both sides.

use crate::Scalar;

/// A level of a distribution function: P(X ≤ x) and P(X > x), each with its own digits.
#[derive(Clone, Copy, Debug)]
pub struct Level<S> {
    /// P(X ≤ x).
    pub lower: S,
    /// P(X > x).
    pub upper: S,
}

impl<S: Scalar> Level<S> {
    /// From P(X ≤ x).
    pub fn lower(lower: S) -> Self {
        Self { lower, upper: -lower + 1.0 }
    }
    /// From P(X > x).
    pub fn upper(upper: S) -> Self {
        Self { lower: -upper + 1.0, upper }
    }
    /// From ln P(X ≤ x) − ln P(X > x).
    pub fn logit(t: S) -> Self {
        Self { lower: t.sigmoid(), upper: (-t).sigmoid() }
    }
    /// The level of −X.
    pub fn reflected(self) -> Self {
        Self { lower: self.upper, upper: self.lower }
    }
    /// Whether the lower tail is the smaller, or neither is: a level that is no number is not [`reflected`](Self::reflected)
    /// for ever.
    pub fn is_low(self) -> bool {
        let is_high = self.lower.value() > self.upper.value();
        !is_high
    }
    /// ln P(X ≤ x) − ln P(X > x), with full relative accuracy near the median.
    pub fn log_odds(self) -> S {
        let low = self.is_low();
        let (small, large) = if low { (self.lower, self.upper) } else { (self.upper, self.lower) };
        let odds = if small.value() < 0.25 {
            small.ln() - (-small).ln_1p()
        } else {
            ((small - large) / large).ln_1p()
        };
        if low { odds } else { -odds }
    }
    /// ln P(X ≤ x), through the smaller tail.
    pub fn log_lower(self) -> S {
        if self.is_low() { self.lower.ln() } else { (-self.upper).ln_1p() }
    }
    /// ln P(X > x), through the smaller tail.
    pub fn log_upper(self) -> S {
        self.reflected().log_lower()
    }
}
