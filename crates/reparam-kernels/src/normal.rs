//! The diagonal normal distribution: log-density, and divergence from the standard normal.

use crate::Real;
use crate::elementary::{expm1, log};
use crate::function::Function;
use crate::rows::sum_rows;

/// ½ ln 2π.
const HALF_LN_2_PI: f64 = 0.918938533204672742;

/// What the powers in a series of artanh are divided by.
const ODD: [f64; 11] = [3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0, 19.0, 21.0, 23.0];

/// `value[r]` = Σⱼ −½ ((xⱼ − μⱼ) / σⱼ)² − ln σⱼ − ½ ln 2π over row r of `x`, `loc` μ and `scale` σ.
///
/// # Panics
/// When `x`, `loc` or `scale` do not have `width` numbers for each number of `value`.
pub fn log_prob<T: Real>(x: &[T], loc: &[T], scale: &[T], width: usize, value: &mut [T]) {
    sum_rows("normal::log_prob", width, [("x", x), ("loc", loc), ("scale", scale)], value, [], LogProb);
}

/// The derivatives of a normal log-density, each of the shape of its argument.
#[derive(Debug)]
pub struct Slopes<'a, T> {
    /// In x: −(x − μ) / σ².
    pub x: &'a mut [T],
    /// In μ: (x − μ) / σ².
    pub loc: &'a mut [T],
    /// In σ: (((x − μ) / σ)² − 1) / σ.
    pub scale: &'a mut [T],
}

/// The same, and its derivatives in x, μ and σ.
///
/// # Panics
/// When `x`, `loc`, `scale` or a slope do not have `width` numbers for each number of `value`.
pub fn log_prob_with_slopes<T: Real>(
    x: &[T],
    loc: &[T],
    scale: &[T],
    width: usize,
    value: &mut [T],
    slopes: Slopes<'_, T>,
) {
    let inputs = [("x", x), ("loc", loc), ("scale", scale)];
    let outputs = [("slopes.x", slopes.x), ("slopes.loc", slopes.loc), ("slopes.scale", slopes.scale)];
    sum_rows("normal::log_prob_with_slopes", width, inputs, value, outputs, LogProb);
}

/// `value[r]` = Σⱼ ½ (μⱼ² + σⱼ² − 1 − ln σⱼ²), the divergence of N(μ, σ²) from N(0, 1), with ln σ² given.
///
/// # Panics
/// When `loc` or `log_variance` do not have `width` numbers for each number of `value`.
pub fn kl_to_standard<T: Real>(loc: &[T], log_variance: &[T], width: usize, value: &mut [T]) {
    let inputs = [("loc", loc), ("log_variance", log_variance)];
    sum_rows("normal::kl_to_standard", width, inputs, value, [], KlToStandard);
}

/// The same, and its derivative ½ (σ² − 1) in the log-variance; that in μ is μ itself.
///
/// # Panics
/// When `loc`, `log_variance` or `slope` do not have `width` numbers for each number of `value`.
pub fn kl_to_standard_with_slope<T: Real>(
    loc: &[T],
    log_variance: &[T],
    width: usize,
    value: &mut [T],
    slope: &mut [T],
) {
    let inputs = [("loc", loc), ("log_variance", log_variance)];
    let operation = "normal::kl_to_standard_with_slope";
    sum_rows(operation, width, inputs, value, [("slope", slope)], KlToStandard);
}

/// The log-density at \[x, loc, scale\], with its derivatives.
#[derive(Clone, Copy, Debug)]
pub struct LogProb;

/// The log-density at \[x, loc, scale, ln scale\], for a scale whose logarithm is known better than the scale.
#[derive(Clone, Copy, Debug)]
pub struct LogProbOfLogScale;

impl<T: Real> Function<[T; 4], (T, [T; 4])> for LogProbOfLogScale {
    #[inline(always)]
    fn at(self, [x, loc, scale, log_scale]: [T; 4]) -> (T, [T; 4]) {
        let u = (x - loc) / scale;
        let value = (T::HALF * u).mul_add(-u, -log_scale) - T::from_f64(HALF_LN_2_PI);
        let in_loc = u / scale;
        (value, [-in_loc, in_loc, u * in_loc, -T::ONE])
    }
}

/// The divergence of N(\[0\], \[1\]) from N(\[2\], \[3\]), means and standard deviations, with its derivatives.
///
/// With d = σ_q / σ_p − 1: d²/2 + (d − ln(1 + d)) + ½ ((μ_q − μ_p) / σ_p)², all terms ≥ 0 and 0 for equal laws.
#[derive(Clone, Copy, Debug)]
pub struct Kl;

impl<T: Real> Function<[T; 4], (T, [T; 4])> for Kl {
    #[inline(always)]
    fn at(self, [loc_q, scale_q, loc_p, scale_p]: [T; 4]) -> (T, [T; 4]) {
        let ratio = scale_q / scale_p;
        let d = (scale_q - scale_p) / scale_p;
        let shift = (loc_q - loc_p) / scale_p;
        let value = T::HALF * d.mul_add(d, shift * shift) + log_excess(d, ratio);
        let in_loc = shift / scale_p;
        // r − 1/r with r = 1 + d.
        let in_log_scale = d * (T::TWO + d);
        let in_scale_q = in_log_scale / scale_q;
        let in_scale_p = -(shift * shift + in_log_scale) / scale_p;
        (value, [in_loc, in_scale_q, -in_loc, in_scale_p])
    }
}

/// d − ln(1 + d), given 1 + d too, which close to d = −1 has digits that d has not. Without cancellation for small d: with
/// s = d / (2 + d), d s − 2 (s³/3 + s⁵/5 + …).
#[inline(always)]
fn log_excess<T: Real>(d: T, ratio: T) -> T {
    let s = d / (T::TWO + d);
    let square = s * s;
    let mut sum = T::ZERO;
    // |s| ≤ 1/7 below: the next term is under 2⁻⁵⁶ of the first.
    for odd in ODD.iter().rev() {
        sum = sum.mul_add(square, T::from_f64(odd.recip()));
    }
    let near = s * (d - T::TWO * square * sum);
    if d.abs() < T::from_f64(0.25) { near } else { d - log(ratio) }
}

impl<T: Real> Function<[T; 3], (T, [T; 3])> for LogProb {
    #[inline(always)]
    fn at(self, [x, loc, scale]: [T; 3]) -> (T, [T; 3]) {
        let u = (x - loc) / scale;
        let value = (T::HALF * u).mul_add(-u, -log(scale)) - T::from_f64(HALF_LN_2_PI);
        let in_loc = u / scale;
        (value, [-in_loc, in_loc, u.mul_add(u, -T::ONE) / scale])
    }
}

impl<T: Real> Function<[T; 3], (T, [T; 0])> for LogProb {
    #[inline(always)]
    fn at(self, inputs: [T; 3]) -> (T, [T; 0]) {
        let (value, [_, _, _]) = self.at(inputs);
        (value, [])
    }
}

#[derive(Clone, Copy)]
struct KlToStandard;

impl<T: Real> Function<[T; 2], (T, [T; 1])> for KlToStandard {
    #[inline(always)]
    fn at(self, [loc, log_variance]: [T; 2]) -> (T, [T; 1]) {
        let excess = expm1(log_variance);
        (T::HALF * loc.mul_add(loc, excess - log_variance), [T::HALF * excess])
    }
}

impl<T: Real> Function<[T; 2], (T, [T; 0])> for KlToStandard {
    #[inline(always)]
    fn at(self, inputs: [T; 2]) -> (T, [T; 0]) {
        let (value, [_]) = self.at(inputs);
        (value, [])
    }
}
