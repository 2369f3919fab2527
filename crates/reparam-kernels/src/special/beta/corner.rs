//! The incomplete beta function near 0, where a small first parameter makes 1 / a the leading term of everything.

use libm::{exp, log1p};

use super::super::gamma::{digamma, lgamma_diff, lgamma1p};
use super::digamma::digamma_rise;
use super::point::Point;
use super::slopes::Slopes;

/// x max(b, 1) up to which the series is used: its terms fall at least fourfold.
const REACH: f64 = 0.25;
/// More terms than x max(b, 1) ≤ `REACH` needs.
const TERMS: usize = 40;

/// The power series I = x^a (1 + a R) / (a B(a, b)) with R = Σ (1 − b)ₙ / n! · xⁿ / (a + n) over n ≥ 1
/// (DLMF 8.17.7), and its derivatives.
pub(super) struct Corner<'a> {
    a: f64,
    b: f64,
    point: &'a Point,
    /// a R.
    rest: f64,
    /// ∂(a R)/∂a.
    rest_in_a: f64,
    /// ∂R/∂b.
    rest_in_b: f64,
}

impl<'a> Corner<'a> {
    /// The series, where it is of use.
    pub(super) fn at(a: f64, b: f64, point: &'a Point) -> Option<Self> {
        let x = point.x;
        if x * b.max(1.0) > REACH {
            return None;
        }
        let mut corner = Self { a, b, point, rest: 0.0, rest_in_a: 0.0, rest_in_b: 0.0 };
        let (mut term, mut term_in_b, mut n) = (1.0, 0.0, 0.0);
        for _ in 0..TERMS {
            n += 1.0;
            let step = x / n;
            term_in_b = (term_in_b * (n - b) - term) * step;
            term *= (n - b) * step;
            let inverse = 1.0 / (a + n);
            corner.rest += term * inverse * a;
            corner.rest_in_a += term * inverse * (n * inverse);
            corner.rest_in_b += term_in_b * inverse;
            if term.abs().max(term_in_b.abs()) < 0.01 * f64::EPSILON * x {
                break;
            }
        }
        Some(corner)
    }

    /// ln I.
    pub(super) fn log_integral(&self) -> f64 {
        let (a, b) = (self.a, self.b);
        a * self.point.log_x() + lgamma_diff(a, b) - lgamma1p(a) + log1p(self.rest)
    }

    /// The Mills ratio I / f.
    pub(super) fn ratio(&self) -> f64 {
        (1.0 + self.rest) / self.power()
    }

    /// The slopes of the logit at a fixed I.
    pub(super) fn slopes(&self) -> Slopes {
        let (a, b) = (self.a, self.b);
        let sum = 1.0 + self.rest;
        let height = digamma(1.0 + a) - digamma(a + b) - self.point.log_x();
        Slopes {
            a: (height * sum - self.rest_in_a) / self.power(),
            b: -(digamma_rise(b, a) * sum + a * self.rest_in_b) / self.power(),
        }
    }

    /// a y^b.
    fn power(&self) -> f64 {
        self.a * exp(self.b * self.point.log_y())
    }
}
