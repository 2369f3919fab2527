//! Forward-mode derivatives: a number with its partial derivatives in two groups of arguments.

use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::Scalar;

/// A number with its partial derivatives in a first group of `A` arguments and a second group of `B`.
///
/// Two groups, because a law's functions have an argument and parameters, and a divergence two sets of parameters.
/// Zero times an infinite slope is zero: an argument that does not move contributes nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<const A: usize, const B: usize> {
    /// The number.
    pub value: f64,
    /// Its partial derivatives in the first group.
    pub first: [f64; A],
    /// Its partial derivatives in the second group.
    pub second: [f64; B],
}

impl<const A: usize, const B: usize> Dual<A, B> {
    /// Both groups as the independent variables.
    pub fn variables(first: [f64; A], second: [f64; B]) -> ([Self; A], [Self; B]) {
        let unit = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
        (
            from_fn(|i| Self { value: first[i], first: from_fn(|j| unit(i, j)), second: [0.0; B] }),
            from_fn(|i| Self { value: second[i], first: [0.0; A], second: from_fn(|j| unit(i, j)) }),
        )
    }
}

/// slope · partial, where a zero wins over an infinity: what does not move, or moves nothing, contributes nothing.
#[inline(always)]
fn flow(slope: f64, partial: f64) -> f64 {
    if partial == 0.0 || slope == 0.0 { 0.0 } else { slope * partial }
}

impl<const A: usize, const B: usize> From<f64> for Dual<A, B> {
    #[inline(always)]
    fn from(value: f64) -> Self {
        Self { value, first: [0.0; A], second: [0.0; B] }
    }
}

impl<const A: usize, const B: usize> Scalar for Dual<A, B> {
    #[inline(always)]
    fn value(self) -> f64 {
        self.value
    }
    #[inline(always)]
    fn chain<const N: usize>(arguments: [Self; N], value: f64, slopes: impl FnOnce() -> [f64; N]) -> Self {
        let slopes = slopes();
        let mut sum = Self::from(value);
        for (argument, slope) in arguments.iter().zip(slopes) {
            for (sum, partial) in sum.first.iter_mut().zip(argument.first) {
                *sum += flow(slope, partial);
            }
            for (sum, partial) in sum.second.iter_mut().zip(argument.second) {
                *sum += flow(slope, partial);
            }
        }
        sum
    }
}

impl<const A: usize, const B: usize> Neg for Dual<A, B> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self::chain([self], -self.value, || [-1.0])
    }
}

macro_rules! operators {
    ($($operator:ident $method:ident: |$a:ident, $b:ident| $value:expr => $slopes:expr;)+) => {$(
        impl<const A: usize, const B: usize> $operator for Dual<A, B> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let ($a, $b) = (self.value, other.value);
                Self::chain([self, other], $value, || $slopes)
            }
        }
        impl<const A: usize, const B: usize> $operator<f64> for Dual<A, B> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                let ($a, $b) = (self.value, other);
                Self::chain([self], $value, || {
                    let [slope, _] = $slopes;
                    [slope]
                })
            }
        }
    )+};
}

operators! {
    Add add: |a, b| a + b => [1.0, 1.0];
    Sub sub: |a, b| a - b => [1.0, -1.0];
    Mul mul: |a, b| a * b => [b, a];
    Div div: |a, b| a / b => [b.recip(), -(a / b) / b];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_differentiates_itself() {
        // f = ln(x) sigmoid(y) / z at (2, 0.5, 4), derivatives by hand.
        let ([x], [y, z]) = Dual::variables([2.0], [0.5, 4.0]);
        let f = x.ln() * y.sigmoid() / z;
        let (s, l) = (1.0 / (1.0 + (-0.5_f64).exp()), 2.0_f64.ln());
        assert!((f.value - l * s / 4.0).abs() < 1e-16);
        assert!((f.first[0] - s / 8.0).abs() < 1e-16);
        assert!((f.second[0] - l * s * (1.0 - s) / 4.0).abs() < 1e-16);
        assert!((f.second[1] + l * s / 16.0).abs() < 1e-16);
    }

    #[test]
    fn what_does_not_move_adds_nothing() {
        let ([x], [_]) = Dual::<1, 1>::variables([0.0], [1.0]);
        let root = x.sqrt() + Dual::from(0.0).ln() * 0.0;
        assert_eq!(root.second, [0.0]);
    }
}
