//! Laws on the unit sphere of ℝᵈ that turn around one direction: von Mises–Fisher and power spherical.
//!
//! With t the cosine of the angle to that direction, their densities are C(k) e^{k t} and C(k) (1 + t)^k.

use std::f64::consts::LN_2;

use crate::single;
use crate::special::quadrature::integrate;
use crate::special::{
    bessel_ratio_order, bessel_ratio_order_grad, digamma_rise, lgamma, lgamma_diff, log_iv_scaled,
    trigamma_minus_recip_rise,
};

/// ln π.
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// ln (2 π^{d/2} / Γ(d/2)), the area of the unit sphere of ℝᵈ.
pub fn log_area(d: usize) -> f64 {
    let half = 0.5 * d as f64;
    LN_2 + half * LN_PI - lgamma(half)
}

/// ln E\[e^{k t}\] − k for the cosine t of a uniform direction: 0 at k = 0, ~ −((d − 1)/2) ln k for large k.
pub fn log_mean_exp_scaled(d: usize, k: f64) -> f64 {
    if let Some(rise) = rise(d, k) {
        return single::log1p(rise) - k;
    }
    let half = 0.5 * d as f64;
    lgamma(half) + log_iv_scaled(half - 1.0, k) - (half - 1.0) * single::log(0.5 * k)
}

/// E\[e^{k t}\] − 1 = Σ (k²/4)ⁿ / (n! (d/2)_n) from n = 1, where the series is short.
fn rise(d: usize, k: f64) -> Option<f64> {
    let (half, quarter) = (0.5 * d as f64, 0.25 * k * k);
    if quarter > 10.0 * half {
        return None;
    }
    let (mut term, mut sum) = (1.0, 0.0);
    for n in 0..100 {
        let n = f64::from(n);
        term *= quarter / ((n + 1.0) * (half + n));
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
    }
    Some(sum)
}

/// The mean E\[t\] of the cosine under the von Mises–Fisher law, A = I_{d/2}(k) / I_{d/2−1}(k), what it lacks to 1, and its
/// slope A′ in k, the variance of t.
pub fn mean_cosine(d: usize, k: f64) -> (f64, f64, f64) {
    let v = 0.5 * d as f64 - 1.0;
    let (a, slope) = (bessel_ratio_order(v, k), bessel_ratio_order_grad(v, k));
    // 1 − A² = A′ + (2v + 1) A/k, both positive: no digits are lost where A is near 1.
    let lacks = if k < 1.0 { 1.0 - a } else { (slope + (2.0 * v + 1.0) * a / k) / (1.0 + a) };
    (a, lacks, slope)
}

/// The log-density of the von Mises–Fisher law per area at the unit vector x, and its slopes in x, loc and k.
///
/// k (t − 1) is −½ k ‖x − loc‖², which keeps its digits where x and loc nearly agree.
pub fn von_mises_fisher(x: &[f64], loc: &[f64], k: f64, [in_x, in_loc, in_k]: [&mut [f64]; 3]) -> f64 {
    let d = x.len();
    let square: f64 = x.iter().zip(loc).map(|(x, loc)| (x - loc) * (x - loc)).sum();
    for (i, (x, loc)) in x.iter().zip(loc).enumerate() {
        in_x.iter_mut().skip(i).take(1).for_each(|slope| *slope = k * (loc - x));
        in_loc.iter_mut().skip(i).take(1).for_each(|slope| *slope = k * (x - loc));
    }
    if let [slope] = in_k {
        *slope = mean_cosine(d, k).1 - 0.5 * square;
    }
    -0.5 * k * square - log_mean_exp_scaled(d, k) - log_area(d)
}

/// G(p) − G(q) − (p − q) G′(q) ≥ 0 for G(k) = ln E\[e^{k t}\], G′ = A, and its slopes in q and p: the divergence of the von
/// Mises–Fisher law of concentration q from that of p about the same direction; of p = 0, from the uniform law.
pub fn concentration_divergence(d: usize, q: f64, p: f64) -> (f64, [f64; 2]) {
    let change = p - q;
    let (a, lacks, slope) = mean_cosine(d, q);
    let value = if p > 0.5 * q && q > 0.5 * p {
        let variance = |s: f64| (1.0 - s) * bessel_ratio_order_grad(0.5 * d as f64 - 1.0, q + s * change);
        change * change * integrate(variance, 0.0, 1.0)
    } else {
        match (rise(d, q), rise(d, p)) {
            (Some(q_rise), Some(p_rise)) => single::log1p(p_rise) - single::log1p(q_rise) - change * a,
            _ => log_mean_exp_scaled(d, p) - log_mean_exp_scaled(d, q) + change * lacks,
        }
    };
    (value, [-change * slope, mean_cosine(d, p).0 - a])
}

/// The log-density of the power spherical law per area at the unit vector x, and its slopes in x, loc and k.
///
/// (1 + t)/2 is ¼ ‖x + loc‖² and 1 − ¼ ‖x − loc‖², of which the first keeps its digits near the antipode and the second
/// near loc. −∞ at the antipode, for k > 0.
///
/// Source: N. De Cao & W. Aziz, "The power spherical distribution" (2020).
pub fn power_spherical(x: &[f64], loc: &[f64], k: f64, [in_x, in_loc, in_k]: [&mut [f64]; 3]) -> f64 {
    let d = x.len();
    let square: f64 = x.iter().zip(loc).map(|(x, loc)| (x + loc) * (x + loc)).sum();
    let lacks: f64 = x.iter().zip(loc).map(|(x, loc)| (x - loc) * (x - loc)).sum();
    if square == 0.0 && k > 0.0 {
        return f64::NEG_INFINITY;
    }
    // The slopes are those of the form that is taken; across the sphere the two differ.
    let near = lacks < square;
    let log_share = if k == 0.0 && square == 0.0 {
        0.0
    } else if near {
        single::log1p(-0.25 * lacks)
    } else {
        single::log(0.25 * square)
    };
    for (i, (x, loc)) in x.iter().zip(loc).enumerate() {
        let (of_x, of_loc) = if near {
            let slope = 0.5 * k * (loc - x) / (1.0 - 0.25 * lacks);
            (slope, -slope)
        } else {
            let slope = if square == 0.0 { 0.0 } else { 2.0 * k * (x + loc) / square };
            (slope, slope)
        };
        in_x.iter_mut().skip(i).take(1).for_each(|slot| *slot = of_x);
        in_loc.iter_mut().skip(i).take(1).for_each(|slot| *slot = of_loc);
    }
    let b = half_freedom(d);
    if let [slope] = in_k {
        *slope = log_share + digamma_rise(b + k, b);
    }
    k * log_share + (lgamma_diff(b, b + k) - lgamma_diff(b, b)) - log_area(d)
}

/// b = (d − 1)/2: (1 + t)/2 is Beta(b, b) for a uniform direction, and Beta(b + k, b) under the power spherical law.
///
/// So ln E\[((1 + t)/2)^k\] is ln Γ(2b) − ln Γ(b) less ln Γ(2b + k) − ln Γ(b + k): steps of b, which do not cancel
/// however large k is, as steps of k would.
fn half_freedom(d: usize) -> f64 {
    0.5 * (d as f64 - 1.0)
}

/// The divergence of the power spherical law from the uniform one, and its slope.
///
/// G(0) − G(k) + k G′(k) for G(k) = ln Γ(b + k) − ln Γ(2b + k): by steps of b for large k, and for small k, where those
/// nearly cancel, as k² ∫ u F(k u) du over (0, 1) with the fall F of ψ′ from b + k to 2b + k.
pub fn power_spherical_from_uniform(d: usize, k: f64) -> (f64, f64) {
    let b = half_freedom(d);
    let value = if k < 4.0 * b {
        k * k * integrate(|u| u * trigamma_fall(b, k * u), 0.0, 1.0)
    } else {
        lgamma_diff(b, b + k) - lgamma_diff(b, b) - k * digamma_rise(b + k, b)
    };
    (value, k * trigamma_fall(b, k))
}

/// ψ′(b + k) − ψ′(2b + k) > 0, of which 1/(b + k) − 1/(2b + k) is most.
fn trigamma_fall(b: f64, k: f64) -> f64 {
    let (near, far) = (b + k, 2.0 * b + k);
    b / near / far - trigamma_minus_recip_rise(near, b)
}
