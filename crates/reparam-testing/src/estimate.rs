//! What the tools hand back: numbers with error bounds, intervals, and the reason why a test failed.

use std::error::Error;
use std::fmt;

/// A number and an estimate of its own error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// An estimate of |value − truth|.
    pub error: f64,
}

/// A closed interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The interval of `margin` on both sides of `centre`.
    pub fn around(centre: f64, margin: f64) -> Self {
        Self { low: centre - margin, high: centre + margin }
    }

    /// Whether `value` lies within; never true of NaN.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// Why a test failed: what was measured, what was expected, and how sure that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejection {
    pub(crate) message: String,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Rejection {}

#[cfg(test)]
mod tests {
    use super::Interval;

    #[test]
    fn an_interval_contains_its_ends_and_never_nan() {
        let interval = Interval::around(1.0, 0.5);
        assert!(interval.contains(0.5) && interval.contains(1.5));
        assert!(!interval.contains(1.6) && !interval.contains(f64::NAN));
        assert!(!Interval::around(f64::NAN, 1.0).contains(0.0));
    }
}
