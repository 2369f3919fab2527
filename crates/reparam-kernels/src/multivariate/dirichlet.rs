//! The Dirichlet law on the simplex: density ∏ x_i^(a_i − 1) / B(a).
//!
//! Written with A = Σ a_i around its mean a / A by Stirling's formula, so that concentrations of a million, where the
//! logarithms of the two factors agree in seven digits, lose none.

use super::gamma::{log_gamma_draw, remainder_bregman};
use crate::special::{deviance, digamma, digamma_minus_log, stirling_error, trigamma, trigamma_minus_recip};
use crate::{Rng, single};

use super::Dd;

/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_74;

/// A draw as the logarithms of its elements, and d ln g_i / da_i of the gamma draws g_i whose shares they are: with
/// m_i = (d ln g_i / da_i) da_i, d ln z_i = m_i − Σ z_j m_j.
pub fn draw(rng: &mut Rng, a: &[f64], log_z: &mut [f64], slopes: &mut [f64]) {
    for ((&a, log_z), slope) in a.iter().zip(log_z.iter_mut()).zip(slopes) {
        (*log_z, *slope) = log_gamma_draw(&mut rng.element(), a);
    }
    normalise(log_z);
}

/// Subtracts ln Σ e^x_i.
fn normalise(x: &mut [f64]) {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = x.iter().map(|&x| single::exp(x - largest)).sum();
    let shift = largest + single::log(sum);
    for x in x {
        *x -= shift;
    }
}

/// The log-density at x as given, and its slopes in x and a.
///
/// Where elements vanish: −∞ if one of them has a concentration above 1 (and for a negative element), else +∞ if one has
/// a concentration below 1, else finite.
pub fn log_prob(x: &[f64], a: &[f64], [in_x, in_a]: [&mut [f64]; 2]) -> f64 {
    if let Some(limit) = boundary(x, a) {
        return limit;
    }
    let excess = x.iter().fold(Dd::from(-1.0), |sum, &x| sum + Dd::from(x)).hi;
    let log_x: Vec<f64> = x.iter().map(|&x| single::log(x)).collect();
    for (slope, (x, a)) in in_x.iter_mut().zip(x.iter().zip(a)) {
        *slope = if *a == 1.0 { 0.0 } else { (a - 1.0) / x };
    }
    slopes_in_a(&log_x, a, in_a);
    density(x, &log_x, excess, a)
}

/// The log-density, with respect to x, at the x whose logarithms differ from these by one constant; and its slopes in the
/// logarithms and in a.
pub fn log_prob_log(log_x: &[f64], a: &[f64], [in_log_x, in_a]: [&mut [f64]; 2]) -> f64 {
    let mut log_x = log_x.to_vec();
    normalise(&mut log_x);
    let x: Vec<f64> = log_x.iter().map(|&x| single::exp(x)).collect();
    let total: f64 = a.iter().map(|a| a - 1.0).sum();
    for (slope, (x, a)) in in_log_x.iter_mut().zip(x.iter().zip(a)) {
        *slope = (a - 1.0) - x * total;
    }
    slopes_in_a(&log_x, a, in_a);
    density(&x, &log_x, 0.0, a)
}

fn boundary(x: &[f64], a: &[f64]) -> Option<f64> {
    let vanishing = || x.iter().zip(a).filter(|(x, _)| **x <= 0.0);
    if vanishing().any(|(&x, &a)| x < 0.0 || a > 1.0) {
        Some(f64::NEG_INFINITY)
    } else if vanishing().any(|(_, &a)| a < 1.0) {
        Some(f64::INFINITY)
    } else {
        None
    }
}

/// Around the mean; `excess` is Σ x_i − 1.
fn density(x: &[f64], log_x: &[f64], excess: f64, a: &[f64]) -> f64 {
    let total: f64 = a.iter().sum();
    let log_total = single::log(total);
    let mut sum = total * excess - 0.5 * log_total + HALF_LN_TAU + stirling_error(total);
    for ((&x, &log_x), &a) in x.iter().zip(log_x).zip(a) {
        let mean = total * x;
        let log_a = single::log(a);
        let near = mean > 0.01 * a;
        let distance = if near { deviance(a, mean) } else { a * (log_a - log_total - log_x) + mean - a };
        // The density of a uniform element has no logarithm of x, which may vanish.
        sum += if a == 1.0 && x == 0.0 {
            log_total - mean
        } else {
            -distance + 0.5 * log_a - log_x - HALF_LN_TAU - stirling_error(a)
        };
    }
    sum
}

fn slopes_in_a(log_x: &[f64], a: &[f64], in_a: &mut [f64]) {
    let total = digamma(a.iter().sum());
    for (slope, (log_x, &a)) in in_a.iter_mut().zip(log_x.iter().zip(a)) {
        *slope = log_x - digamma(a) + total;
    }
}

/// The entropy and its slopes.
pub fn entropy(a: &[f64], in_a: &mut [f64]) -> f64 {
    let k = a.len() as f64;
    let total: f64 = a.iter().sum();
    for (slope, &a) in in_a.iter_mut().zip(a) {
        *slope = 1.0 / a - (a - 1.0) * trigamma_minus_recip(a) - k / total
            + (total - k) * trigamma_minus_recip(total);
    }
    let whole =
        (0.5 - k) * single::log(total) - stirling_error(total) + (total - k) * digamma_minus_log(total);
    a.iter().fold(whole + (k - 1.0) * HALF_LN_TAU, |sum, &a| {
        sum + 0.5 * single::log(a) - (a - 1.0) * digamma_minus_log(a) + stirling_error(a)
    })
}

/// The divergence of the law a from the law b, and its slopes in a and b.
///
/// With A, B the sums: Σ deviance(b_i, B a_i / A) + Σ r_i − r, where r_i and r are Bregman divergences of what ln Γ has beside
/// a ln a − a, between b_i and a_i and between the sums. The last difference is not negative, as that function is convex and
/// the change of the sum is a mean of the changes.
pub fn kl(a: &[f64], b: &[f64], [in_a, in_b]: [&mut [f64]; 2]) -> f64 {
    let (total_a, total_b) = (a.iter().sum::<f64>(), b.iter().sum::<f64>());
    let pull = (total_a - total_b) * trigamma(total_a);
    let shift = digamma(total_a) - digamma(total_b);
    for (slope, (&a, &b)) in in_a.iter_mut().zip(a.iter().zip(b)) {
        *slope = (a - b) * trigamma(a) - pull;
    }
    for (slope, (&a, &b)) in in_b.iter_mut().zip(a.iter().zip(b)) {
        *slope = digamma(b) - digamma(a) + shift;
    }
    if a == b {
        return 0.0;
    }
    let value = a.iter().zip(b).fold(-remainder_bregman(total_b, total_a), |sum, (&a, &b)| {
        sum + deviance(b, total_b * (a / total_a)) + remainder_bregman(b, a)
    });
    value.max(0.0)
}
