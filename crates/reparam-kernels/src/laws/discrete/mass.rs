//! Log-masses by deviances from the mean and errors of Stirling's formula, between which nothing cancels.
//!
//! C. Loader, "Fast and accurate computation of binomial probabilities" (2000).

use std::f64::consts::TAU;

use super::Odds;
use crate::special::{deviance, digamma_bend, digamma_rise, log1pmx, stirling_error};
use crate::{Scalar, single};

/// ln(Γ(x + y + 1) / (Γ(x + 1) Γ(y + 1)) pˣ (1 − p)ʸ), for x successes > 0 and y failures > 0.
pub(super) fn log_binomial<S: Scalar>(x: S, y: S, odds: Odds<S>) -> S {
    let value = log_mass(x.value(), y.value(), odds);
    S::chain([x, y, odds.log_success, odds.log_failure], value, || {
        let (x, y) = (x.value(), y.value());
        let rise = |from: f64, by: f64, log_p: S| digamma_rise(from + 1.0, by) + log_p.value();
        [rise(x, y, odds.log_success), rise(y, x, odds.log_failure), x, y]
    })
}

/// ln(Γ(x + r) / (Γ(x + 1) Γ(r)) pˣ (1 − p)ʳ), for x > 0 successes before the r-th failure.
pub(super) fn log_negative_binomial<S: Scalar>(x: S, r: S, odds: Odds<S>) -> S {
    let (count, end) = (x.value(), r.value());
    let value = log_mass(count, end, odds) + single::log(end / (count + end));
    S::chain([x, r, odds.log_success, odds.log_failure], value, || {
        // ψ(x + r) − ψ(x + 1).
        let rise = digamma_change(count + 1.0, end - 1.0);
        let in_end = digamma_rise(end, count) + odds.log_failure.value();
        [rise + odds.log_success.value(), in_end, count, end]
    })
}

/// The value of [`log_binomial`].
///
/// The slopes are not those of this formula: of the deviance from a mean far below x they are large, and cancel.
fn log_mass<S: Scalar>(x: f64, y: f64, odds: Odds<S>) -> f64 {
    let n = x + y;
    let shape = single::log(n / x / y / TAU) * 0.5;
    let stirling = stirling_error(n) - stirling_error(x) - stirling_error(y);
    let misfit = misfit(x, n, odds.success, odds.log_success) + misfit(y, n, odds.failure, odds.log_failure);
    shape + stirling - misfit
}

/// x ln(x / (n p)) + n p − x, also where p underflows.
fn misfit<S: Scalar>(x: f64, n: f64, p: S, log_p: S) -> f64 {
    let (p, log_p) = (p.value(), log_p.value());
    if p > 1e-290 { deviance(x, n * p) } else { x * (single::log(x / n) - log_p) + (n * p - x) }
}

/// ψ(z + d) − ψ(z) for d of either sign.
pub(super) fn digamma_change(z: f64, d: f64) -> f64 {
    if d >= 0.0 { digamma_rise(z, d) } else { -digamma_rise(z + d, -d) }
}

/// ln((a + b)ₙ / (b)ₙ) = Σ ln(1 + a / (b + j)) over j from 0 to n − 1, for a, b > 0: a sum of positive terms however small
/// a is.
///
/// From the tenth term on by Euler and Maclaurin (DLMF 2.10.1), the terms of which are as relative.
pub(super) fn log_rising_ratio<S: Scalar>(a: S, b: S, n: f64) -> S {
    let (from, by) = (b.value(), a.value());
    S::chain([a, b], rising_ratio(by, from, n), || [digamma_rise(from + by, n), -digamma_bend(from, by, n)])
}

/// The value of [`log_rising_ratio`].
fn rising_ratio(a: f64, b: f64, n: f64) -> f64 {
    /// Terms that are added one by one.
    const HEAD: f64 = 16.0;
    /// B₂ₖ / (2k (2k − 1)).
    const SERIES: [f64; 6] =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];

    let term = |t: f64| single::log1p(a / t);
    let mut sum = 0.0;
    let mut j = 0.0;
    while j < n.min(HEAD) {
        sum += term(b + j);
        j += 1.0;
    }
    if n <= HEAD {
        return sum;
    }
    let (low, high) = (b + HEAD, b + n);
    // The derivatives of order 2k − 1 are (2k − 2)! ((t + a)^(1 − 2k) − t^(1 − 2k)).
    let mut corrections = 0.0;
    for (k, coefficient) in SERIES.iter().enumerate() {
        let order = (2 * k + 1) as f64;
        let slope = |t: f64| single::exp(-order * single::log(t)) * single::expm1(-order * term(t));
        corrections += (slope(high) - slope(low)) * *coefficient;
    }
    sum + integral(a, low, high) + (term(low) - term(high)) * 0.5 + corrections
}

/// ∫ ln(1 + a / t) dt from `low` to `high`.
///
/// The mutual information of the two-by-two table of low, high − low, a and 0: Σ x ln(x / y) + y − x over its cells x with
/// expected values y, all of which differ from x by the same amount.
fn integral(a: f64, low: f64, high: f64) -> f64 {
    let length = high - low;
    let total = high + a;
    let shift = a / total * length;
    let cell = |x: f64, y: f64, shift: f64| {
        if shift.abs() <= 0.5 * x { -x * log1pmx(shift / x) } else { x * single::log(x / y) + shift }
    };
    let (row, column) = (high / total, (low + a) / total);
    cell(low, column * high, shift) + cell(length, row * length, -shift) + cell(a, column * a, -shift) + shift
}
