//! A number as an unevaluated sum of two doubles: some 31 digits.
//!
//! Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numerische Mathematik 18
//! (1971), and Y. Hida, X. S. Li and D. H. Bailey, "Algorithms for quad-double precision floating point arithmetic" (2001).

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::{Function, isa::Isa, single};

/// hi + lo, where lo is at most half the last place of hi.
///
/// Relative error of a sum, product, quotient or root: below 2e-31, away from overflow and underflow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dd {
    /// The nearest double.
    pub hi: f64,
    /// What it lacks.
    pub lo: f64,
}

impl From<f64> for Dd {
    #[inline(always)]
    fn from(x: f64) -> Self {
        Self { hi: x, lo: 0.0 }
    }
}

impl Dd {
    /// a − b, exactly.
    #[inline(always)]
    pub fn difference(a: f64, b: f64) -> Self {
        two_sum(a, -b)
    }

    /// √x.
    pub fn sqrt(self) -> Self {
        if self.hi <= 0.0 {
            return Self::from(self.hi.sqrt());
        }
        let near = self.hi.sqrt();
        let rest = self - two_product(near, near);
        quick_two_sum(near, 0.5 * rest.hi / near)
    }

    /// ln x, rounded to one double.
    pub fn ln(self) -> f64 {
        single::log(self.hi) + self.lo / self.hi
    }

    /// `self` − Σ a_i b_i.
    pub fn minus_dot(self, a: &[Self], b: &[Self]) -> Self {
        Isa::widest().run(MinusDot, (self, a, b))
    }
}

#[derive(Clone, Copy)]
struct MinusDot;

impl Function<(Dd, &[Dd], &[Dd]), Dd> for MinusDot {
    #[inline(always)]
    fn at(self, (start, a, b): (Dd, &[Dd], &[Dd])) -> Dd {
        let mut sum = start;
        for (&a, &b) in a.iter().zip(b) {
            sum = sum - a * b;
        }
        sum
    }
}

/// a + b, exactly.
#[inline(always)]
fn two_sum(a: f64, b: f64) -> Dd {
    let hi = a + b;
    let shadow = hi - a;
    Dd { hi, lo: (a - (hi - shadow)) + (b - shadow) }
}

/// a + b, exactly, for |a| ≥ |b|.
#[inline(always)]
fn quick_two_sum(a: f64, b: f64) -> Dd {
    let hi = a + b;
    Dd { hi, lo: b - (hi - a) }
}

/// a b, exactly.
#[inline(always)]
fn two_product(a: f64, b: f64) -> Dd {
    let hi = a * b;
    Dd { hi, lo: a.mul_add(b, -hi) }
}

impl Neg for Dd {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self { hi: -self.hi, lo: -self.lo }
    }
}

impl Add for Dd {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        let high = two_sum(self.hi, other.hi);
        let low = two_sum(self.lo, other.lo);
        let sum = quick_two_sum(high.hi, high.lo + low.hi);
        quick_two_sum(sum.hi, sum.lo + low.lo)
    }
}

impl Sub for Dd {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Dd {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        let product = two_product(self.hi, other.hi);
        quick_two_sum(product.hi, product.lo + (self.hi * other.lo + self.lo * other.hi))
    }
}

impl Div for Dd {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        // Long division, three digits of one double each.
        let first = self.hi / other.hi;
        let rest = self - other * Self::from(first);
        let second = rest.hi / other.hi;
        let rest = rest - other * Self::from(second);
        quick_two_sum(first, second) + Self::from(rest.hi / other.hi)
    }
}

#[cfg(test)]
mod tests {
    use super::Dd;

    /// (1/3)·3 and √2² miss by less than 1e-31; one double would by 1e-16.
    #[test]
    fn quotients_and_roots_have_thirty_digits() {
        let third = Dd::from(1.0) / Dd::from(3.0);
        assert!((third * Dd::from(3.0) - Dd::from(1.0)).hi.abs() < 1e-31);
        let root = Dd::from(2.0).sqrt();
        assert!((root * root - Dd::from(2.0)).hi.abs() < 1e-31);
    }

    #[test]
    fn sums_keep_what_doubles_lose() {
        let sum = Dd::from(1e20) + Dd::from(1.0) - Dd::from(1e20);
        assert_eq!((sum.hi, sum.lo), (1.0, 0.0));
        assert_eq!(Dd::difference(1.0, 1e-30).lo, -1e-30);
        let a = [1e15, 1.0, -1e15].map(Dd::from);
        let b = [1e15, 1.0, 1e15].map(Dd::from);
        assert_eq!(Dd::from(0.0).minus_dot(&a, &b).hi, -1.0);
    }
}
