//! The cosine t of the angle between a von Mises–Fisher draw and its mean direction: density ∝ e^{k t} (1 − t²)^{(d−3)/2}.
//!
//! As y = ln((1 + t)/(1 − t)), in which no draw rounds to an end: t = tanh(y/2), √(1 − t²) = 1/cosh(y/2).

use std::f64::consts::PI;

use super::sphere::mean_cosine;
use crate::special::quadrature::{NEGLIGIBLE, integrate};
use crate::{Element, elementary, single};

/// Tries after which the sampler gives up; each accepts with probability above 0.6.
const TRIES: usize = 1000;

/// A draw of y for d ≥ 2 dimensions and concentration k ≥ 0; NaN outside.
///
/// By rejection from the law of (1 − (1 + b) u) / (1 − (1 − b) u), u from Beta((d − 1)/2, (d − 1)/2), which in y is a
/// uniform direction's cosine shifted by −ln b.
///
/// Source: G. Ulrich, "Computer generation of distributions on the m-sphere", Applied Statistics 33 (1984), as corrected
/// by A. T. A. Wood, "Simulation of the von Mises Fisher distribution", Communications in Statistics 23 (1994).
pub fn draw_cosine(bits: &mut Element, d: usize, k: f64) -> f64 {
    let m = d as f64 - 1.0;
    let b = m / (2.0 * k + (2.0 * k).hypot(m));
    let mode = (1.0 - b) / (1.0 + b);
    let log_b = single::log(b);
    for _ in 0..TRIES {
        let y = uniform_cosine(bits, m) - log_b;
        // r = (1 − t)/(1 − mode): what is accepted is k (t − mode) + m ln((1 − mode t)/(1 − mode²)) in terms that do not
        // cancel where t and the mode are near 1.
        let r = single::sigmoid(-y) * (1.0 + b) / b;
        let exponent =
            2.0 * k * b / (1.0 + b) * (1.0 - r) + m * single::log1p(mode * (r - 1.0) / (1.0 + mode));
        if exponent >= -bits.exponential() {
            return y;
        }
    }
    f64::NAN
}

/// y for the cosine of a uniform direction in m + 1 dimensions: √(1 − u^{2/(m−1)}) cos(2π v) for uniform u and v.
fn uniform_cosine(bits: &mut Element, m: f64) -> f64 {
    let (u, v) = (bits.uniform(), bits.uniform());
    // For m = 1, the circle, the power is 0 and the radius 1.
    let lacks = single::exp(2.0 / (m - 1.0) * single::log(u));
    let radius = (1.0 - lacks).sqrt();
    // Both 1 − radius cos and 1 + radius cos as sums of positive terms.
    let (sin, cos) = (libm::sin(PI * v), libm::cos(PI * v));
    let short = lacks / (1.0 + radius);
    single::log(short + 2.0 * radius * cos * cos) - single::log(short + 2.0 * radius * sin * sin)
}

/// dy/dk of a draw at fixed distribution function.
///
/// With w(s) = e^{k s} (1 − s²)^{(d−1)/2} as a function of y and A = E\[t\], it is ∫ (A − s) w(s)/w(t) dy from −∞ to y, and as
/// much as −∫ from y to ∞: of the two, that whose integrand has one sign. Positive.
pub fn cosine_slope(y: f64, d: usize, k: f64) -> f64 {
    let m = d as f64 - 1.0;
    let (_, lacks, _) = mean_cosine(d, k);
    let below = 2.0 * single::sigmoid(-y) > lacks;
    let sign = if below { -1.0 } else { 1.0 };
    let weight = Weight { k, m, at: single::sigmoid(-y), log: log_squared_sech(y) };
    let reach = weight.reach(y, sign);
    let integrand = move |x: f64| {
        let y = y + sign * x;
        (lacks - 2.0 * elementary::sigmoid(-y)).abs() * elementary::exp(weight.log_ratio(y))
    };
    // The integrand has poles at a distance of π from the line: a panel is a few of these long.
    let panels = (reach / 8.0).ceil().max(2.0);
    let width = reach / panels;
    (0..panels as u32)
        .map(|i| width * f64::from(i))
        .map(|from| integrate(integrand, from, from + width))
        .sum()
}

/// w relative to its value at one point.
#[derive(Clone, Copy)]
struct Weight {
    k: f64,
    m: f64,
    /// (1 − t)/2 there.
    at: f64,
    /// ln((1 − t²)/4) there.
    log: f64,
}

impl Weight {
    #[inline(always)]
    fn log_ratio(self, y: f64) -> f64 {
        2.0 * self.k * (self.at - elementary::sigmoid(-y)) + 0.5 * self.m * (log_squared_sech(y) - self.log)
    }

    /// How far from y the weight has become negligible.
    fn reach(self, y: f64, sign: f64) -> f64 {
        let falls = |x: f64| self.log_ratio(y + sign * x) < -NEGLIGIBLE;
        let mut far = 1e-3;
        for _ in 0..40 {
            if falls(far) {
                break;
            }
            far *= 2.0;
        }
        let mut near = 0.5 * far;
        for _ in 0..4 {
            let middle = 0.5 * (near + far);
            if falls(middle) { far = middle } else { near = middle }
        }
        far
    }
}

/// ln σ(y) σ(−y) = ln((1 − t²)/4).
#[inline(always)]
fn log_squared_sech(y: f64) -> f64 {
    -y.abs() - 2.0 * elementary::log1p(elementary::exp(-y.abs()))
}
