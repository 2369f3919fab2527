//! Expectations under a distribution over single numbers: integrals over its levels, sums over its masses.

use rayon::prelude::*;
use reparam_kernels::law::{Coordinate, Level, Support};
use reparam_testing::{Estimate, integrate, integrate_pieces};

use super::on_line::Placed;

/// A point of a distribution.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The number.
    pub z: f64,
    /// Its coordinate.
    pub t: f64,
    /// The log-density, or log-mass, there.
    pub log_density: f64,
}

/// What is averaged.
pub type Of<'a> = &'a (dyn Fn(&Point) -> f64 + Sync);

/// The log-odds of the levels between which a continuous distribution is integrated, and the pieces to begin with.
const END: f64 = 700.0;
#[rustfmt::skip]
const LOG_ODDS: [f64; 23] = [
    -200.0, -72.0, -36.0, -24.0, -16.0, -12.0, -8.0, -6.0, -4.0, -2.5, -1.2,
    0.0, 1.2, 2.5, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 36.0, 72.0, 200.0,
];
/// The error that is asked for, beside the integral of the absolute value.
const TOLERANCE: f64 = 1e-13;
/// The tail that may be left out, of masses and of levels that no number tells apart.
const FADED: f64 = 1e-25;
/// Masses that are summed.
const MOST_MASSES: f64 = 4_194_304.0;
/// Masses that are worth a thread of their own.
const SHARE: usize = 1 << 14;

/// E\[f\], with a bound of its error; `marks` are points where f bends or changes fast.
///
/// `None` where there is no way: neither quantiles nor few enough masses.
pub fn expectation(q: &Placed, f: Of<'_>, marks: &[f64]) -> Option<Estimate> {
    if q.support().is_discrete() { sum(q, f) } else { integral(q, f, marks) }
}

/// ln(dz/dt).
fn log_slope(coordinate: Coordinate, t: f64) -> f64 {
    let softplus = |t: f64| if t > 0.0 { t + (-t).exp().ln_1p() } else { t.exp().ln_1p() };
    match coordinate {
        Coordinate::Itself => 0.0,
        Coordinate::Log => t,
        Coordinate::Logit => -softplus(t) - softplus(-t),
        Coordinate::Artanh => 2.0 * (std::f64::consts::LN_2 - t.abs() - (-2.0 * t.abs()).exp().ln_1p()),
    }
}

/// Where the coordinate is −∞ and ∞: beyond other ends it says nothing.
fn ends_of(coordinate: Coordinate) -> [f64; 2] {
    match coordinate {
        Coordinate::Itself => [f64::NAN; 2],
        Coordinate::Log => [0.0, f64::INFINITY],
        Coordinate::Logit => [0.0, 1.0],
        Coordinate::Artanh => [-1.0, 1.0],
    }
}

fn integral(q: &Placed, f: Of<'_>, marks: &[f64]) -> Option<Estimate> {
    q.quantile(Level::logit(0.0))?;
    let support = q.support();
    let (low, high) = support.ends();
    let coordinate = q.coordinate();
    let atoms = q.atoms();
    let inner = |t: f64| {
        let z = q.quantile(Level::logit(t))?;
        (z > low && z < high && z.is_finite()).then_some(z)
    };
    let at = |t: f64| -> Option<f64> {
        let level = Level::logit(t);
        let weight = level.lower * level.upper;
        let z = if weight > 0.0 { inner(t)? } else { return None };
        let point = Point { z, t: coordinate.of(z), log_density: q.log_prob(z) };
        Some(weight * f(&point))
    };
    let ends = inside(q).map(|inside| [-END, END].map(|end| reach(inside, end, &inner)));
    let mut total = Estimate { value: 0.0, error: 0.0 };
    if let Some([first, last]) = ends {
        let own = q.landmarks();
        let marks = marks.iter().chain(&own).filter_map(|x| {
            let [lower, upper] = q.log_tails(*x)?;
            Some(lower - upper)
        });
        let mut cuts: Vec<f64> = marks.chain(LOG_ODDS).filter(|t| first < *t && *t < last).collect();
        cuts.extend([first, last]);
        cuts.sort_by(f64::total_cmp);
        cuts.dedup_by(|right, left| *right - *left < 1e-9);
        total = integrate_pieces(|t| at(t).unwrap_or(0.0), &cuts, TOLERANCE);
        // What has not faded where the levels end is not all there is.
        for (t, end) in [(first, -END), (last, END)] {
            if t == end {
                total.error += at(t).map_or(0.0, |value| value.abs() * END);
            }
        }
    }
    for x in &atoms {
        let log_mass = q.log_prob(*x);
        total.value += log_mass.exp() * f(&Point { z: *x, t: coordinate.of(*x), log_density: log_mass });
    }
    for (side, t) in ends.into_iter().flatten().enumerate() {
        let level = Level::logit(t);
        let atom = atoms.iter().find(|x| **x == [low, high][side]).map_or(0.0, |x| q.log_prob(*x).exp());
        let lost = [level.lower, level.upper][side] - atom;
        if t.abs() == END || lost.abs() <= FADED.max(4.0 * f64::EPSILON * atom) {
            continue;
        }
        let z = inner(t)?;
        let beyond = if ends_of(coordinate)[side] == [low, high][side] {
            in_coordinate(q, f, coordinate.of(z), side)
        } else {
            // Where f is flat towards the end, its value there says what is lost, but for the part by which it is not.
            let value = f(&Point { z, t: z, log_density: q.log_prob(z) });
            Estimate { value: lost * value, error: lost * value.abs() }
        };
        total.value += beyond.value;
        total.error += beyond.error;
    }
    Some(total)
}

/// A level whose quantile is inside of the support, which may be a small part between two masses.
fn inside(q: &Placed) -> Option<f64> {
    let (low, high) = q.support().ends();
    let (mut below, mut above) = (-END, END);
    while above - below > 1e-13 {
        let middle = 0.5 * (below + above);
        match q.quantile(Level::logit(middle))? {
            z if z <= low => below = middle,
            z if z >= high => above = middle,
            _ => return Some(middle),
        }
    }
    None
}

/// The level nearest to `end` whose quantile is inside of the support, from one that is.
fn reach(mut inside: f64, end: f64, inner: &dyn Fn(f64) -> Option<f64>) -> f64 {
    let mut outside = end;
    if inner(end).is_some() {
        return end;
    }
    loop {
        let middle = inside + 0.5 * (outside - inside);
        if middle == inside || middle == outside {
            return inside;
        }
        *(if inner(middle).is_some() { &mut inside } else { &mut outside }) = middle;
    }
}

/// The part beyond the coordinate `from`, of draws that only their coordinate tells from an end of the support.
fn in_coordinate(q: &Placed, f: Of<'_>, from: f64, side: usize) -> Estimate {
    let coordinate = q.coordinate();
    let at = |t: f64| {
        let log_density = q.log_prob_at(t);
        let mass = (log_density + log_slope(coordinate, t)).exp();
        if mass > 0.0 { mass * f(&Point { z: coordinate.value(t), t, log_density }) } else { 0.0 }
    };
    if side == 0 {
        integrate(at, f64::NEG_INFINITY, from, TOLERANCE)
    } else {
        integrate(at, from, f64::INFINITY, TOLERANCE)
    }
}

/// The numbers that have all mass but for so little.
fn window(q: &Placed, faded: f64) -> Option<[f64; 2]> {
    let Support::Integers(low, high) = q.support() else { return None };
    let end = |lower: f64, upper: f64, end: f64| match q.quantile(Level { lower, upper }) {
        Some(x) if x.is_finite() => Some(x),
        Some(_) => None,
        None => Some(end).filter(|end| end.is_finite()),
    };
    Some([end(faded, 1.0, low)?, end(1.0, faded, high)?])
}

fn sum(q: &Placed, f: Of<'_>) -> Option<Estimate> {
    let fits = |[low, high]: &[f64; 2]| *high - *low < MOST_MASSES;
    let [low, high] = [1e-300, FADED].into_iter().find_map(|faded| window(q, faded).filter(fits))?;
    let term = |k: f64| {
        let log_density = q.log_prob(k);
        let mass = log_density.exp();
        if mass == 0.0 { 0.0 } else { mass * f(&Point { z: k, t: k, log_density }) }
    };
    let count = (high - low) as usize + 1;
    // In shares of a fixed size, so that the sum does not depend on the threads.
    let shares: Vec<[f64; 3]> = (0..count.div_ceil(SHARE))
        .into_par_iter()
        .map(|share| {
            let own = share * SHARE..count.min((share + 1) * SHARE);
            own.map(|k| term(low + k as f64)).fold([0.0; 3], |[sum, carry, size], next| {
                let (sum, rest) = two_sum(sum, next);
                [sum, carry + rest, size + next.abs()]
            })
        })
        .collect();
    let [sum, carry, size] = shares.into_iter().fold([0.0; 3], |[sum, carry, size], own| {
        let (sum, rest) = two_sum(sum, own[0]);
        [sum, carry + rest + own[1], size + own[2]]
    });
    let (first, last) = q.support().ends();
    let [below, above] = [low - 1.0, high].map(|x| q.tails(x));
    // What lies beyond, at what the last term that was counted has for one unit of mass.
    let left = |tail: Option<[f64; 2]>, side: usize, end: bool, k: f64| {
        let mass = if end { 0.0 } else { tail.map_or(FADED, |tails| tails[side]) };
        if mass == 0.0 {
            0.0
        } else {
            4.0 * mass * f(&Point { z: k, t: k, log_density: q.log_prob(k) }).abs()
        }
    };
    let beyond = left(below, 0, low == first, low) + left(above, 1, high == last, high);
    Some(Estimate { value: sum + carry, error: beyond + 4.0 * f64::EPSILON * size })
}

/// A sum and what rounding has taken from it.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    if !sum.is_finite() {
        return (sum, 0.0);
    }
    let part = sum - a;
    (sum, (a - (sum - part)) + (b - part))
}
