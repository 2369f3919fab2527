//! Gauss–Legendre quadrature in vector code.

use super::nodes::{NODES, POINTS, WEIGHTS};
use crate::elementary::{exp, log1p};
use crate::function::Function;
use crate::isa::Isa;

/// The longest piece for one rule: the density of a logit has its poles at a distance of π, so that a piece of this
/// length is integrated to the last bits.
const PIECE: f64 = 3.0;

/// An exponent H and a weight w along a path.
///
/// Its `at` should be `#[inline(always)]`, as for the slice driver.
pub(super) trait Integrand: Function<f64, (f64, f64)> {}
impl<F: Function<f64, (f64, f64)>> Integrand for F {}

/// ∫ e^H, ∫ r e^H and ∫ w e^H over r from 0 to `length`, at most 20 pieces long.
pub(super) fn integrals(integrand: impl Integrand, length: f64) -> [f64; 3] {
    let isa = Isa::widest();
    if length <= PIECE {
        return isa.run(Rule(integrand), (0.0, length));
    }
    let pieces = (length / PIECE).ceil().min(20.0);
    let piece = length / pieces;
    let mut sums = [0.0; 3];
    for i in 0..pieces as usize {
        let part = isa.run(Rule(integrand), (i as f64 * piece, piece));
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += part;
        }
    }
    sums
}

/// One rule, from a start over a length.
#[derive(Clone, Copy)]
struct Rule<F>(F);

impl<F: Integrand> Function<(f64, f64), [f64; 3]> for Rule<F> {
    #[inline(always)]
    fn at(self, (start, length): (f64, f64)) -> [f64; 3] {
        let r = NODES.map(|node| length.mul_add(node, start));
        let mut density = [0.0; POINTS];
        let mut weight = [0.0; POINTS];
        for i in 0..POINTS {
            (density[i], weight[i]) = self.0.at(r[i]);
        }
        for i in 0..POINTS {
            density[i] = WEIGHTS[i] * exp(density[i]);
        }
        let mut sums = [0.0; 3];
        for i in 0..POINTS {
            sums[0] += density[i];
            sums[1] += density[i] * r[i];
            sums[2] += density[i] * weight[i];
        }
        sums.map(|sum| sum * length)
    }
}

/// (ln((1 + s) / (1 − s)) − 2 s) / s³ in s²: 2 / (2 k + 3).
const LOGARITHM: [f64; 9] =
    [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0, 2.0 / 13.0, 2.0 / 15.0, 2.0 / 17.0, 2.0 / 19.0];

/// ln(1 + q) − q without a branch, for −0.3 ≤ q ≤ 0.4.
#[inline(always)]
pub(super) fn small_log1pmx(q: f64) -> f64 {
    let s = q / (2.0 + q);
    s * (s * s * polynomial(s * s, &LOGARITHM) - q)
}

/// ln(1 + q) − q without a branch, for −1 < q ≤ 0.4.
#[inline(always)]
pub(super) fn negative_log1pmx(q: f64) -> f64 {
    let (small, direct) = (small_log1pmx(q), log1p(q) - q);
    if q > -0.3 { small } else { direct }
}

/// Σ cᵢ xⁱ.
#[inline(always)]
pub(super) fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}
