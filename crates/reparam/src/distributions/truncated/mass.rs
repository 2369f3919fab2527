//! The mass of a law between two ends.

use std::f64::consts::LN_2;

use reparam_kernels::Scalar;
use reparam_kernels::law::{Cdf, Tails};

/// Below this share of the smaller tail a mass is better integrated than found as a difference of tails.
const NARROW: f64 = 1e-4;
/// Below this share the integral is taken also where it is not smooth: the difference has fewer digits.
const HOPELESS: f64 = 1e-9;

/// The positive nodes of Gauss's rule of eight points on (−1, 1), and their weights. (M. Abramowitz & I. A. Stegun,
/// "Handbook of Mathematical Functions", 1964, table 25.4.)
const RULE: [(f64, f64); 4] = [
    (0.183434642495649805, 0.362683783378361983),
    (0.525532409916328986, 0.313706645877887287),
    (0.796666477413626740, 0.222381034453374471),
    (0.960289856497536232, 0.101228536290376259),
];

/// ln(1 − e^x), for x ≤ 0.
fn ln_1m_exp<S: Scalar>(x: S) -> S {
    if x.value() > -LN_2 { (-x.exp_m1()).ln() } else { (-x.exp()).ln_1p() }
}

/// ln P(a < X ≤ b): through the smaller tail, or where the interval is narrow from the density in it.
pub(super) fn log_mass<L: Cdf<P>, S: Scalar, const P: usize>(a: S, b: S, theta: [S; P]) -> S {
    let (above, below) = (L::log_sf(a, theta), L::log_cdf(b, theta));
    // As (the larger tail, what the other end leaves of it).
    let (whole, rest) = if below.value() <= -LN_2 {
        (below, L::log_cdf(a, theta) - below)
    } else if above.value() <= -LN_2 {
        (above, L::log_sf(b, theta) - above)
    } else {
        (S::from(0.0), (L::cdf(a, theta) + L::sf(b, theta)).ln())
    };
    let share = -rest.value().exp_m1();
    let integral = if share < NARROW { log_integral::<L, S, P>(a, b, theta, share < HOPELESS) } else { None };
    // Rounding may carry the rest beyond the whole.
    integral.unwrap_or_else(|| whole + ln_1m_exp(if rest.value() > 0.0 { S::from(0.0) } else { rest }))
}

/// Whether the interval holds so little of the smaller tail that levels between its ends are not to be told apart.
pub(super) fn is_narrow<L: Cdf<P>, const P: usize>(a: f64, b: f64, theta: [f64; P]) -> bool {
    let log_tail = L::log_cdf(b, theta).min(L::log_sf(a, theta));
    log_mass::<L, f64, P>(a, b, theta) < log_tail + NARROW.ln()
}

/// ln ∫ f from a to b; `None` where the density is not smooth enough between them, unless that does not matter.
fn log_integral<L: Cdf<P>, S: Scalar, const P: usize>(a: S, b: S, theta: [S; P], always: bool) -> Option<S> {
    if !(a.value() < b.value() && (b.value() - a.value()).is_finite()) {
        return None;
    }
    let (from, to, at) = (a.value(), b.value(), theta.map(Scalar::value));
    let log_density = |x: f64| L::log_prob(x, at);
    let middle = log_density(f64::midpoint(from, to));
    let moderate = [from, to].iter().all(|&x| (log_density(x) - middle).abs() < 1.0);
    if !middle.is_finite() || !(moderate || always) {
        return None;
    }
    let halves = |parts: u32| rule::<L, f64, P>(from, to, at, parts, middle);
    let (once, twice) = (halves(1), halves(2));
    let smooth = (once - twice).abs() <= 1e-14 * twice;
    let sum = rule::<L, S, P>(a, b, theta, 2, middle);
    ((smooth || always) && sum.value() > 0.0).then(|| sum.ln() + middle)
}

/// ∫ f e^(−middle) by the rule in so many parts.
fn rule<L: Cdf<P>, S: Scalar, const P: usize>(a: S, b: S, theta: [S; P], parts: u32, middle: f64) -> S {
    let width = (b - a) / f64::from(parts);
    let mut sum = S::from(0.0);
    for part in 0..parts {
        let centre = a + width * (f64::from(part) + 0.5);
        for (node, weight) in RULE {
            for side in [-node, node] {
                let x = centre + width * (0.5 * side);
                sum = sum + (L::log_prob(x, theta) - middle).exp() * (0.5 * weight);
            }
        }
    }
    sum * width
}
