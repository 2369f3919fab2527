//! The log-likelihood of independent Bernoulli variables, given by logits.

use crate::Real;
use crate::elementary::{exp, log1p_of_fraction, positive_part};
use crate::function::Function;
use crate::rows::sum_rows;

/// `value[r]` = Σⱼ xⱼ lⱼ − ln(1 + e^lⱼ) over row r of `logits` l and of `x`.
///
/// x may be any number in \[0, 1\]; logits are finite. Where x is 0 or 1 no digits cancel, however large the logit.
///
/// # Panics
/// When `logits` or `x` do not have `width` numbers for each number of `value`.
pub fn log_prob<T: Real>(logits: &[T], x: &[T], width: usize, value: &mut [T]) {
    sum_rows("bernoulli::log_prob", width, [("logits", logits), ("x", x)], value, [], LogProb);
}

/// The same, and `slope` = x − sigmoid(l), the derivative in each logit, from one exponential for both.
///
/// # Panics
/// When `logits`, `x` or `slope` do not have `width` numbers for each number of `value`.
pub fn log_prob_with_slope<T: Real>(logits: &[T], x: &[T], width: usize, value: &mut [T], slope: &mut [T]) {
    let operation = "bernoulli::log_prob_with_slope";
    sum_rows(operation, width, [("logits", logits), ("x", x)], value, [("slope", slope)], LogProb);
}

#[derive(Clone, Copy)]
struct LogProb;

impl<T: Real> Function<[T; 2], (T, [T; 1])> for LogProb {
    #[inline(always)]
    fn at(self, [l, x]: [T; 2]) -> (T, [T; 1]) {
        let t = exp(-l.abs());
        // x l − max(l, 0) is exact for x of 0 or 1, so the far tails keep their digits.
        let value = x.mul_add(l, -positive_part(l)) - log1p_of_fraction(t);
        // The probability of the rarer value; 1 minus it would lose its digits.
        let rare = t / (T::ONE + t);
        let slope = if l > T::ZERO { (x - T::ONE) + rare } else { x - rare };
        (value, [slope])
    }
}

impl<T: Real> Function<[T; 2], (T, [T; 0])> for LogProb {
    #[inline(always)]
    fn at(self, inputs: [T; 2]) -> (T, [T; 0]) {
        let (value, [_]) = self.at(inputs);
        (value, [])
    }
}
