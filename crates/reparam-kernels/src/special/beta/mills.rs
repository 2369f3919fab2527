//! The integral of a beta density up to a point, in units of the density at the point.

use super::nodes::{NODES, POINTS, WEIGHTS};
use super::point::Point;
use crate::elementary::{exp, expm1, log, log1p};
use crate::function::Function;
use crate::isa::Isa;

/// Parts of the integral that are left out have a density below e^−37 of what counts.
const DEPTH: f64 = 37.0;
/// Below this length of the path the exponent is a polynomial, which does not cancel however sharp the peak.
const NARROW: f64 = 0.5;
/// The longest piece for one rule of the quadrature; the density of a logit has its poles at a distance of π.
const PIECE: f64 = 4.0;
/// A first parameter below this one is raised by the recurrence, so that the path is short.
const STEEP: f64 = 8.0;

/// The Mills ratio of the logit t of a Beta(a, b) variable: S = I / f, with f = x^a y^b / B(a, b) the density of t.
///
/// In S = ∫₀^∞ e^H(r) dr, H(r) = −a L₁(r) + b L₂(r), L₁ = ln(x / x(t − r)) and L₂ = ln(y(t − r) / y), everything is
/// positive, and so are −∂S/∂a = ∫ L₁ e^H and ∂S/∂b = ∫ L₂ e^H: nothing cancels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mills {
    /// S.
    pub ratio: f64,
    /// −∂S/∂a.
    pub fall_in_a: f64,
    /// ∂S/∂b.
    pub rise_in_b: f64,
}

impl Mills {
    /// The ratio below `point`.
    ///
    /// The path is short wherever the point is not far above the mode: either the drift is positive, or x and y are
    /// no smaller than a quarter of 1 / max(a, b, 1).
    pub(super) fn below(a: f64, b: f64, point: &Point) -> Self {
        let mut path = Path::new(a, b, point);
        let curvature = path.total * point.x * point.y;
        let length = |drift: f64| 2.0 * DEPTH / (drift + (drift * drift + 2.0 * DEPTH * curvature).sqrt());
        let first = length(path.drift);
        if first * (1.0 + 0.4 * first) <= NARROW {
            let sums = Isa::widest().run(Rule(Narrow(path)), (0.0, first * (1.0 + 0.4 * first)));
            return path.mills(sums);
        }
        let mut raised = 0.0;
        while a + raised < STEEP {
            raised += 1.0;
        }
        path.raise(raised, point);
        let length = path.length(length(path.drift), point.y);
        let pieces = (length / PIECE).ceil().clamp(1.0, 64.0);
        let piece = length / pieces;
        let mut sums = [0.0; 3];
        for i in 0..pieces as usize {
            let part = Isa::widest().run(Rule(Wide(path)), (i as f64 * piece, piece));
            for (sum, part) in sums.iter_mut().zip(part) {
                *sum += part;
            }
        }
        let mut mills = path.mills(sums);
        while raised > 0.0 {
            raised -= 1.0;
            mills = mills.lower(a + raised, b, point.x);
        }
        mills
    }

    /// The ratio at (a, b) from the one at (a + 1, b): S(a) = (1 + (a + b) x S(a + 1)) / a, and its derivatives.
    fn lower(self, a: f64, b: f64, x: f64) -> Self {
        let inverse = 1.0 / a;
        let factor = (1.0 + b * inverse) * x;
        Self {
            ratio: inverse + factor * self.ratio,
            fall_in_a: inverse * inverse * (1.0 + b * x * self.ratio) + factor * self.fall_in_a,
            rise_in_b: inverse * x * self.ratio + factor * self.rise_in_b,
        }
    }
}

/// The exponent along the path t − r, written in whichever of x and y is the smaller, m: with ρ = σ r,
/// ln(1 + m (e^ρ − 1)) is one of L₁ and L₂ up to its sign, and r − that is the other.
#[derive(Clone, Copy)]
struct Path {
    a: f64,
    b: f64,
    /// a + b.
    total: f64,
    /// a y − b x, the slope of the logarithm of the density.
    drift: f64,
    /// The smaller of x and y.
    m: f64,
    /// −1 where it is x, and 1 where it is y.
    sigma: f64,
}

impl Path {
    fn new(a: f64, b: f64, point: &Point) -> Self {
        let (m, sigma) = if point.x <= point.y { (point.x, -1.0) } else { (point.y, 1.0) };
        Self { a, b, total: a + b, drift: point.drift(a, b), m, sigma }
    }

    fn raise(&mut self, by: f64, point: &Point) {
        self.a += by;
        self.total += by;
        self.drift += by * point.y;
    }

    /// The logarithm L₁ or L₂ that m gives directly.
    #[inline(always)]
    fn near(&self, r: f64) -> f64 {
        self.sigma * log1p(self.m * expm1(self.sigma * r))
    }

    /// H, from r and the logarithm at r.
    #[inline(always)]
    fn exponent(&self, r: f64, near: f64) -> f64 {
        let along = if self.sigma < 0.0 { -self.a } else { self.b };
        (-self.sigma * self.total).mul_add(near, along * r)
    }

    /// A length at which H lies just below −`DEPTH`, from a first guess.
    fn length(&self, guess: f64, y: f64) -> f64 {
        // L₂ never exceeds −ln y.
        let bound = log1p(expm1((DEPTH - self.b * log(y)) / self.a) / y);
        let mut r = guess.min(bound);
        for _ in 0..8 {
            let near = self.near(r);
            let height = self.exponent(r, near);
            if (-1.4 * DEPTH..-0.98 * DEPTH).contains(&height) {
                break;
            }
            // The tangent of a concave function meets the depth beyond the function itself.
            let share = self.m * exp(self.sigma * (r - near));
            let slope =
                if self.sigma < 0.0 { self.total * share - self.a } else { self.b - self.total * share };
            let next = if slope < 0.0 { r - (height + DEPTH) / slope } else { f64::INFINITY };
            r = next.min(2.0 * r + 1.0).min(bound);
        }
        r
    }

    /// From the integrals of e^H times 1, r and the near logarithm.
    fn mills(&self, [ratio, path, near]: [f64; 3]) -> Mills {
        let far = path - near;
        let (fall_in_a, rise_in_b) = if self.sigma < 0.0 { (far, near) } else { (near, far) };
        Mills { ratio, fall_in_a, rise_in_b }
    }
}

/// The rule of the quadrature over [start, start + length], for an integrand that gives H and the near logarithm at r.
#[derive(Clone, Copy)]
struct Rule<F>(F);

impl<F: Function<f64, (f64, f64)>> Function<(f64, f64), [f64; 3]> for Rule<F> {
    #[inline(always)]
    fn at(self, (start, length): (f64, f64)) -> [f64; 3] {
        let r = NODES.map(|node| length.mul_add(node, start));
        let mut density = [0.0; POINTS];
        let mut near = [0.0; POINTS];
        for i in 0..POINTS {
            (density[i], near[i]) = self.0.at(r[i]);
        }
        for i in 0..POINTS {
            density[i] = WEIGHTS[i] * exp(density[i]);
        }
        let mut sums = [0.0; 3];
        for i in 0..POINTS {
            sums[0] += density[i];
            sums[1] += density[i] * r[i];
            sums[2] += density[i] * near[i];
        }
        sums.map(|sum| sum * length)
    }
}

/// A piece of any path.
#[derive(Clone, Copy)]
struct Wide(Path);

impl Function<f64, (f64, f64)> for Wide {
    #[inline(always)]
    fn at(self, r: f64) -> (f64, f64) {
        let near = self.0.near(r);
        (self.0.exponent(r, near), near)
    }
}

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

/// (ln((1 + s) / (1 − s)) − 2 s) / s³ in s², on |s| ≤ 1/7: 2 / (2 k + 3).
const LOGARITHM: [f64; 9] =
    [2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0, 2.0 / 11.0, 2.0 / 13.0, 2.0 / 15.0, 2.0 / 17.0, 2.0 / 19.0];

/// Σ cᵢ xⁱ.
#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}

/// A whole path no longer than `NARROW`.
///
/// H = −drift r − (a + b) K, with K = ln(1 + m (e^ρ − 1)) − m ρ ≈ x y r² / 2 the cumulant function of a coin, as the
/// sum of m (e^ρ − 1 − ρ) and ln(1 + q) − q.
#[derive(Clone, Copy)]
struct Narrow(Path);

impl Function<f64, (f64, f64)> for Narrow {
    #[inline(always)]
    fn at(self, r: f64) -> (f64, f64) {
        let path = self.0;
        let rho = path.sigma * r;
        let bend = rho * rho * polynomial(rho, &EXPONENTIAL);
        let q = path.m * (rho + bend);
        let s = q / (2.0 + q);
        let log1pmx = s * (s * s * polynomial(s * s, &LOGARITHM) - q);
        let cumulant = path.m.mul_add(bend, log1pmx);
        (-(path.drift.mul_add(r, path.total * cumulant)), path.sigma * (q + log1pmx))
    }
}
