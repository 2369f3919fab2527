//! Which of two beta variables is the larger: the tails of beta-binomial counts.
//!
//! Sums over a grid of logits. The density of a logit with both shapes ≥ 1, times a tail of another, is analytic and
//! log-concave, and so the sum over a grid that resolves it differs from its integral by less than one rounding (the
//! trapezoidal rule; L. N. Trefethen and J. A. C. Weideman, SIAM Review 56, 2014).

use std::f64::consts::TAU;

use libm::{exp, expm1, log, log1p};

use super::super::gamma::{log1pmx, stirling_error};
use super::incomplete::Tails;
use super::point::Point;
use super::slopes::Slopes;

/// What a term may be relative to the sum for those beyond, which fall at least like e^(−s), not to count.
const NEGLIGIBLE: f64 = 1e-18;
/// The most steps to either side; the slowest decay takes a tenth of them.
const MOST: usize = 4000;

/// The logit of a draw from Beta(a, b), a, b ≥ 1, as its distance s from that of the mean.
#[derive(Clone, Copy)]
struct Logit {
    total: f64,
    mean: f64,
    rest: f64,
}

impl Logit {
    fn new([a, b]: [f64; 2]) -> Self {
        let total = a + b;
        Self { total, mean: a / total, rest: b / total }
    }

    /// The point at the distance s: μ e^s / (1 + μ (e^s − 1)), with the smaller of μ and 1 − μ.
    fn point(self, s: f64) -> Point {
        if self.mean > self.rest {
            return self.mirrored().point(-s).mirrored();
        }
        let denominator = 1.0 + self.mean * expm1(s);
        Point::new(self.mean * exp(s) / denominator, self.rest / denominator)
    }

    fn mirrored(self) -> Self {
        Self { total: self.total, mean: self.rest, rest: self.mean }
    }

    /// The logarithm of the density, relative to that at the mean: −(a + b) (ln(1 + μ (e^s − 1)) − μ s), of which near 0
    /// the linear parts are taken out.
    fn log_weight(self, s: f64) -> f64 {
        if self.mean > self.rest {
            return self.mirrored().log_weight(-s);
        }
        let rise = self.mean * expm1(s);
        let excess = if s.abs() <= 1.0 {
            self.mean * exp_m1_excess(s) + log1pmx(rise)
        } else {
            log1p(rise) - self.mean * s
        };
        -self.total * excess
    }

    /// The derivative of [`log_weight`](Self::log_weight).
    fn log_weight_slope(self, s: f64) -> f64 {
        if self.mean > self.rest {
            return -self.mirrored().log_weight_slope(-s);
        }
        let rise = self.mean * expm1(s);
        -self.total * self.rest / (1.0 + rise.recip())
    }

    /// Minus the second derivative of the log-density at this point.
    fn curvature(self, point: &Point) -> f64 {
        self.total * point.x * point.y
    }

    /// The logarithm of the integral of the weight over s.
    fn log_norm(self, [a, b]: [f64; 2]) -> f64 {
        0.5 * log(TAU * (1.0 / a + 1.0 / b)) + stirling_error(a) + stirling_error(b)
            - stirling_error(self.total)
    }
}

/// e^s − 1 − s for |s| ≤ 1.
fn exp_m1_excess(s: f64) -> f64 {
    s * s * (2..22).rev().map(f64::from).fold(0.0, |sum, k| (1.0 + s * sum) / k)
}

/// The width of a grid for an integrand with this curvature at its peak.
///
/// Of e^(−κ s² / 2) the sum is exact to e^(−2π² / (κ h²)); the logits of small shapes fall like e^(−e^s), which is analytic
/// up to the distance π/2 only.
fn width(curvature: f64) -> f64 {
    0.6 / (curvature + 8.0).sqrt()
}

/// The sum of `term` over the grid around `centre`, times its width.
fn grid_sum(centre: f64, width: f64, term: impl Fn(f64) -> f64) -> f64 {
    let mut sum = term(centre);
    for direction in [width, -width] {
        for k in 1..MOST {
            let next = term(direction.mul_add(k as f64, centre));
            sum += next;
            if next.is_nan() || next <= NEGLIGIBLE * sum {
                break;
            }
        }
    }
    sum * width
}

/// ln P(V < W) of independent V ~ Beta(`lower`) and W ~ Beta(`upper`), the latter with shapes ≥ 1.
///
/// Largest relative error measured, for `lower` from 1e-15 to 1e12 and `upper` to 1e15, ÷ max(1, condition): 4e-15.
pub fn log_beta_exceedance(upper: [f64; 2], lower: [f64; 2]) -> f64 {
    let least = |[a, b]: [f64; 2]| if a < b { a } else { b };
    // The law with the narrower density carries the grid.
    if least(lower) > least(upper) {
        log_expected_tail([lower[1], lower[0]], [upper[1], upper[0]])
    } else {
        log_expected_tail(upper, lower)
    }
}

/// ln E\[I_W(a, b)\] over W ~ Beta(`shapes`), for tails from (a, b) = `of`.
fn log_expected_tail(shapes: [f64; 2], of: [f64; 2]) -> f64 {
    let logit = Logit::new(shapes);
    let tail = |s: f64| Tails::at(of[0], of[1], &logit.point(s));
    // f / F, the slope of ln F.
    let hazard = |tails: Tails| if tails.lower_ratio > 0.0 { tails.lower_ratio.recip() } else { 0.0 };
    let slope = |s: f64| logit.log_weight_slope(s) + hazard(tail(s));

    // The peak lies above the mean: where it is roughly.
    let deviation = (1.0 / shapes[0] + 1.0 / shapes[1]).sqrt();
    let (mut low, mut high) = (0.0, deviation);
    for _ in 0..60 {
        if slope(high) <= 0.0 {
            break;
        }
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..60 {
        let centre = 0.5 * (low + high);
        if high - low <= 0.5 * width(logit.curvature(&logit.point(centre))) {
            break;
        }
        if slope(centre) > 0.0 { low = centre } else { high = centre }
    }
    let centre = 0.5 * (low + high);

    let (point, tails) = (logit.point(centre), tail(centre));
    let rate = hazard(tails);
    let of_tail = rate * (rate - point.drift(of[0], of[1]));
    let most = (of[0] + of[1]) * point.x * point.y;
    let of_tail = if of_tail.is_nan() { most } else { of_tail.clamp(0.0, most) };
    let width = width(logit.curvature(&point) + of_tail);

    let peak = logit.log_weight(centre) + tails.log_lower;
    let sum = grid_sum(centre, width, |s| exp(logit.log_weight(s) + tail(s).log_lower - peak));
    let value = peak + log(sum) - logit.log_norm(shapes);
    if value > 0.0 { 0.0 } else { value }
}

/// E\[dt/da\] and E\[dt/db\] of the slopes of [`logit_beta_draw_slopes`](super::logit_beta_draw_slopes) for Beta(a, b) = `of`,
/// over draws from Beta(`shapes`) with shapes ≥ 1.
pub fn expected_logit_slopes(shapes: [f64; 2], of: [f64; 2]) -> [f64; 2] {
    let logit = Logit::new(shapes);
    let width = width(logit.curvature(&logit.point(0.0)));
    let norm = exp(logit.log_norm(shapes));
    let slopes = |s: f64| Slopes::at(of[0], of[1], &logit.point(s));
    let mean = |slope: fn(Slopes) -> f64| {
        grid_sum(0.0, width, |s| exp(logit.log_weight(s)) * slope(slopes(s)).abs()) / norm
    };
    [mean(|slopes| slopes.a), -mean(|slopes| slopes.b)]
}
