//! The density of the logit of a beta variable along a path from a point towards 0.

use libm::{exp, expm1, log, log1p};

use super::point::Point;
use super::rule::{integrals, polynomial, small_log1pmx};
use crate::elementary;
use crate::function::Function;

/// Parts of an integral whose density lies below e^−37 of the density at the point are left out.
const DEPTH: f64 = 37.0;
/// A path may be so many times deeper, where a shorter one would take more steps to find.
const DEEPER: f64 = 1.5;
/// More steps than it takes to shorten any path, most often none.
const STEPS: usize = 30;
/// Up to this length the exponent is a polynomial, which does not cancel however sharp the peak.
const NARROW: f64 = 0.5;

/// The density of the logit at t − r over the one at t: e^H with H(r) = −a L₁ + b L₂, L₁ = ln(x / x(t − r)) and
/// L₂ = ln(y(t − r) / y).
///
/// It is written in whichever of x and y is the smaller, m: with ρ = σ r, σ ln(1 + m (e^ρ − 1)) is one of L₁ and L₂, and
/// r less that is the other.
#[derive(Clone, Copy)]
pub(super) struct Path {
    a: f64,
    b: f64,
    /// a + b.
    total: f64,
    /// a y − b x, the derivative of the logarithm of the density at t.
    drift: f64,
    y: f64,
    m: f64,
    /// −1 where m is x, and 1 where it is y.
    sigma: f64,
}

impl Path {
    pub(super) fn new(a: f64, b: f64, point: &Point) -> Self {
        let (m, sigma) = if point.x <= point.y { (point.x, -1.0) } else { (point.y, 1.0) };
        Self { a, b, total: a + b, drift: point.drift(a, b), y: point.y, m, sigma }
    }

    /// The path for a greater a.
    pub(super) fn raised(self, by: f64) -> Self {
        Self { a: self.a + by, total: self.total + by, drift: self.drift + by * self.y, ..self }
    }

    /// A length at which H lies below −`DEPTH`, though not far: close where the length is small.
    fn guess(&self) -> f64 {
        let curvature = self.total * self.m * (1.0 - self.m);
        let root = (self.drift * self.drift + 2.0 * DEPTH * curvature).sqrt();
        // From the tangent parabola; the cubic term of H lengthens a path by a third of itself at most.
        let length = 2.0 * DEPTH / (self.drift + root);
        length * (1.0 + 0.4 * length)
    }

    /// The length where the path is narrow.
    pub(super) fn narrow_length(&self) -> Option<f64> {
        let length = self.guess();
        (length <= NARROW).then_some(length)
    }

    /// A length at which H lies below −`DEPTH`, though not far.
    pub(super) fn length(&self) -> f64 {
        // L₂ never exceeds −ln y, so that H lies below −a L₁ − b ln y, and L₁ is no less than r + ln y.
        let bound = || {
            let log_y = log(self.y);
            let share = (DEPTH - self.b * log_y) / self.a;
            if self.sigma < 0.0 { share - log_y } else { log1p(expm1(share) / self.y) }
        };
        let mut r = self.guess();
        if r > 1.0 {
            r = r.min(bound());
        }
        for _ in 0..STEPS {
            let near = self.sigma * log1p(self.m * expm1(self.sigma * r));
            let height = self.exponent(r, near);
            if (-DEEPER * DEPTH..=-0.98 * DEPTH).contains(&height) {
                break;
            }
            // H is concave: Newton's step leads beyond the root, and stays there.
            let share = self.total * self.m * exp(self.sigma * (r - near));
            let slope = if self.sigma < 0.0 { share - self.a } else { self.b - share };
            let next = r - (height + DEPTH) / slope;
            r = if slope < 0.0 { next.min(bound()) } else { bound() };
        }
        r
    }

    /// ∫ e^H, ∫ L₁ e^H and ∫ L₂ e^H over a path no longer than `NARROW`.
    pub(super) fn narrow_integrals(self, length: f64) -> [f64; 3] {
        self.logarithms(integrals(Narrow(self), length))
    }

    /// ∫ e^H, ∫ L₁ e^H and ∫ L₂ e^H over any path.
    pub(super) fn integrals(self, length: f64) -> [f64; 3] {
        self.logarithms(integrals(Wide(self), length))
    }

    /// From the integrals with the weights 1, r and the near logarithm.
    fn logarithms(&self, [ratio, path, near]: [f64; 3]) -> [f64; 3] {
        let far = path - near;
        if self.sigma < 0.0 { [ratio, far, near] } else { [ratio, near, far] }
    }

    /// The logarithm L₁ or L₂ that m gives directly.
    #[inline(always)]
    pub(super) fn near(&self, r: f64) -> f64 {
        self.sigma * elementary::log1p(self.m * elementary::expm1(self.sigma * r))
    }

    /// H, from r and the near logarithm at r.
    #[inline(always)]
    pub(super) fn exponent(&self, r: f64, near: f64) -> f64 {
        let along = if self.sigma < 0.0 { -self.a } else { self.b };
        (-self.sigma * self.total).mul_add(near, along * r)
    }
}

/// H and the near logarithm on any path.
#[derive(Clone, Copy)]
struct Wide(Path);

impl Function<f64, (f64, f64)> for Wide {
    #[inline(always)]
    fn at(self, r: f64) -> (f64, f64) {
        let near = self.0.near(r);
        (self.0.exponent(r, near), near)
    }
}

/// H and the near logarithm on a narrow path.
///
/// H = −drift r − (a + b) K, with K = ln(1 + m (e^ρ − 1)) − m ρ ≈ x y r² / 2, the cumulant function of a coin, as the sum
/// of m (e^ρ − 1 − ρ) and ln(1 + q) − q for q = m (e^ρ − 1).
#[derive(Clone, Copy)]
struct Narrow(Path);

/// (e^ρ − 1 − ρ) / ρ² on |ρ| ≤ ½: 1 / (k + 2)!.
const EXPONENTIAL: [f64; 14] = [
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
    1.0 / 87_178_291_200.0,
    1.0 / 1_307_674_368_000.0,
];

impl Function<f64, (f64, f64)> for Narrow {
    #[inline(always)]
    fn at(self, r: f64) -> (f64, f64) {
        let path = self.0;
        let rho = path.sigma * r;
        let bend = rho * rho * polynomial(rho, &EXPONENTIAL);
        let q = path.m * (rho + bend);
        let log1pmx = small_log1pmx(q);
        let cumulant = path.m.mul_add(bend, log1pmx);
        (-(path.drift.mul_add(r, path.total * cumulant)), path.sigma * (q + log1pmx))
    }
}
