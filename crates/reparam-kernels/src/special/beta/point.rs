//! A point of the unit interval.

use libm::{exp, expm1, log, log1p};

use crate::elementary::softplus;

/// x in (0, 1) with its complement y = 1 − x; the smaller of the two is taken as exact.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
    /// ln(x / y), where the point was given by it: there x or y may lie below the range of doubles.
    logit: Option<f64>,
}

impl Point {
    /// The point x = 1 − y.
    pub(super) fn new(x: f64, y: f64) -> Self {
        Self { x, y, logit: None }
    }

    /// The point with ln(x / y) = `logit`.
    pub(super) fn from_logit(logit: f64) -> Self {
        let small = exp(-logit.abs());
        let (low, high) = (small / (1.0 + small), 1.0 / (1.0 + small));
        let (x, y) = if logit < 0.0 { (low, high) } else { (high, low) };
        Self { x, y, logit: Some(logit) }
    }

    /// The point as seen from the other end.
    pub(super) fn mirrored(&self) -> Self {
        Self { x: self.y, y: self.x, logit: self.logit.map(|t| -t) }
    }

    /// ln x.
    pub(super) fn log_x(&self) -> f64 {
        match self.logit {
            Some(t) => -softplus(-t),
            None if self.x <= self.y => log(self.x),
            None => log1p(-self.y),
        }
    }

    /// ln y.
    pub(super) fn log_y(&self) -> f64 {
        self.mirrored().log_x()
    }

    /// Whether x is 0, and not only below the range of doubles.
    pub(super) fn is_zero(&self) -> bool {
        self.x == 0.0 && self.logit.is_none_or(f64::is_infinite)
    }

    /// a y − b x, the derivative of a ln x + b ln y in the logit, to the last bits also where the products nearly cancel.
    pub(super) fn drift(&self, a: f64, b: f64) -> f64 {
        if let Some(t) = self.logit {
            let distance = t - log_ratio(a, b);
            if distance.abs() < 0.5 {
                return -a * self.y * expm1(distance);
            }
        }
        if self.x <= self.y { excess(a, b, self.x) } else { -excess(b, a, self.y) }
    }
}

/// Whether the parameters are positive and finite, and the point lies in the unit interval.
pub(super) fn in_domain(a: f64, b: f64, point: &Point) -> bool {
    a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && point.x >= 0.0 && point.y >= 0.0
}

/// ln(a / b).
pub(super) fn log_ratio(a: f64, b: f64) -> f64 {
    let ratio = a / b;
    if (0.5..2.0).contains(&ratio) { log1p((a - b) / b) } else { log(a) - log(b) }
}

/// a − (a + b) x, rounded about once.
fn excess(a: f64, b: f64, x: f64) -> f64 {
    let total = a + b;
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    let lost = small - (total - large);
    let product = total * x;
    let rest = total.mul_add(x, -product);
    (a - product) - lost.mul_add(x, rest)
}
