//! What a distribution over single numbers tells where there is no formula: by quadrature, summation and search.

use reparam_kernels::law::{Coordinate, Decay, Level};
use reparam_kernels::single::softplus;
use reparam_testing::Estimate;

use super::expectation::{Point, expectation};
use super::on_line::Placed;

/// Log-odds of levels between which the largest density is looked for.
const LOG_ODDS: [f64; 33] = {
    let mut all = [0.0; 33];
    let mut i = 0;
    while i < 33 {
        all[i] = (i as f64 - 16.0) * 0.75;
        i += 1;
    }
    all
};
/// Steps of a search: enough to halve any bracket to neighbouring numbers.
const HALVINGS: usize = 2200;
/// The error that a number may have which is given without one.
const DIGITS: f64 = 1e-9;

/// −E\[ln q\], in nats.
pub fn entropy(q: &Placed) -> Option<Estimate> {
    expectation(q, &|point: &Point| -point.log_density, &[]).filter(is_known)
}

/// E\[X\]; ±∞ or NaN where a tail is too heavy for it.
pub fn mean(q: &Placed) -> Option<f64> {
    if let Some([mean, _]) = q.law.moments(&q.theta) {
        return Some(mean);
    }
    match heavy(q, 1.0)? {
        [false, false] => {
            expectation(q, &|point: &Point| point.z, &[]).filter(is_known).map(|found| found.value)
        }
        [true, true] => Some(f64::NAN),
        [true, false] => Some(f64::NEG_INFINITY),
        [false, true] => Some(f64::INFINITY),
    }
}

/// Var\[X\]; ∞ or NaN likewise.
pub fn variance(q: &Placed) -> Option<f64> {
    if let Some([_, variance]) = q.law.moments(&q.theta) {
        return Some(variance);
    }
    let mean = mean(q)?;
    if !mean.is_finite() {
        // Without a mean there is no variance; with an infinite one it is infinite.
        return Some(mean.abs());
    }
    if heavy(q, 2.0)?.contains(&true) {
        return Some(f64::INFINITY);
    }
    let square = |point: &Point| (point.z - mean) * (point.z - mean);
    expectation(q, &square, &[mean]).filter(is_known).map(|found| found.value)
}

/// Whether E\[|X|^power\] is infinite towards each end.
fn heavy(q: &Placed, power: f64) -> Option<[bool; 2]> {
    let (low, high) = q.support().ends();
    let ends = q.ends()?;
    let is_heavy = |decay: Decay| matches!(decay, Decay::Power(index) if index <= power);
    Some([low.is_infinite() && is_heavy(ends[0]), high.is_infinite() && is_heavy(ends[1])])
}

fn is_known(found: &Estimate) -> bool {
    found.error <= DIGITS * found.value.abs().max(1.0) && !found.value.is_nan()
}

/// The most likely number; an end of the support where the density grows towards it. `None` where there is none: a
/// density beside masses.
pub fn mode(q: &Placed) -> Option<f64> {
    let (low, high) = q.support().ends();
    if low == high {
        return Some(low);
    }
    if !q.atoms().is_empty() {
        return None;
    }
    let levels = LOG_ODDS.iter().filter_map(|t| q.quantile(Level::logit(*t)));
    let mut points: Vec<f64> = levels.chain(q.law.modes(&q.theta)).filter(|x| x.is_finite()).collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    let density: Vec<f64> = points.iter().map(|x| q.log_prob(*x)).collect();
    let mut best: Option<(f64, f64)> = None;
    let mut offer = |x: f64| {
        let density = q.log_prob(x);
        if best.is_none_or(|(largest, _)| density > largest) {
            best = Some((density, x));
        }
    };
    for x in &points {
        offer(*x);
    }
    for place in 0..points.len() {
        let (before, after) = (place.checked_sub(1), (place + 1 < points.len()).then_some(place + 1));
        let is_peak = before.is_none_or(|i| density[i] <= density[place])
            && after.is_none_or(|i| density[i] <= density[place]);
        if is_peak && density[place] < f64::INFINITY {
            let left = before.map_or(low, |i| points[i]);
            let right = after.map_or(high, |i| points[i]);
            offer(if q.support().is_discrete() {
                climbed(q, points[place])
            } else {
                levelled(q, left, points[place], right)
            });
        }
    }
    best.map(|(_, x)| x)
}

/// The next number that is likelier than both of its neighbours.
fn climbed(q: &Placed, from: f64) -> f64 {
    let mut at = from;
    let mut step = 1.0;
    for _ in 0..HALVINGS {
        let here = q.log_prob(at);
        let to = [at - step, at + step].into_iter().find(|x| q.log_prob(*x) > here);
        match to {
            Some(to) => {
                at = to;
                step *= 2.0;
            }
            None if step > 1.0 => step = (0.5 * step).floor().max(1.0),
            None => break,
        }
    }
    at
}

/// Where the slope of the log-density changes its sign around a peak.
fn levelled(q: &Placed, left: f64, peak: f64, right: f64) -> f64 {
    let slope = q.slope(peak);
    let (mut rising, mut falling) = if slope > 0.0 { (peak, right) } else { (left, peak) };
    if slope == 0.0 || !slope.is_finite() || !(rising.is_finite() && falling.is_finite()) {
        return peak;
    }
    for _ in 0..HALVINGS {
        let middle = rising + 0.5 * (falling - rising);
        if middle <= rising || middle >= falling {
            break;
        }
        *(if q.slope(middle) > 0.0 { &mut rising } else { &mut falling }) = middle;
    }
    if q.log_prob(rising) >= q.log_prob(falling) { rising } else { falling }
}

/// A divergence that was computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Computed {
    /// Infinite, and why.
    Infinite(&'static str),
    /// A number of nats with a bound of its error: a sum over masses, or an integral.
    Finite(Estimate),
}

/// What is said of an infinite one.
const OUTSIDE: &str = "the first has mass where the second has none";
const HEAVY: &str = "the first has tails too heavy for the second";
const ATOM: &str = "the first has a mass at a point, the second does not";
/// The relative error up to which draws would not say more, and the absolute one.
const ACCEPTED: [f64; 2] = [1e-4, 1e-12];
/// The divergence, beside the size of what is summed, below which terms that cannot be negative are summed instead.
const SMALL: f64 = 1e-3;
/// Log-odds of two levels, and by how much a function that has no mean grows between them.
const FAR: [f64; 2] = [300.0, 600.0];
const TOO_FAST: f64 = 0.999;

/// E_q\[ln q − ln p\], where it can be computed.
pub fn divergence(q: &Placed, p: &Placed) -> Option<Computed> {
    if let Some(reason) = infinite(q, p) {
        return Some(Computed::Infinite(reason));
    }
    let marks = p.landmarks();
    let other = |point: &Point| log_prob(p, q.coordinate(), point);
    let found = expectation(q, &|point: &Point| point.log_density - other(point), &marks)?;
    if found.value == f64::INFINITY {
        return Some(Computed::Infinite(OUTSIDE));
    }
    let size = expectation(q, &|point: &Point| point.log_density.abs() + other(point).abs(), &marks)?;
    let found = Estimate { error: found.error + 4.0 * f64::EPSILON * size.value.abs(), ..found };
    let found = if found.value < SMALL * size.value.max(1.0) {
        never_negative(q, p, &marks).unwrap_or(found)
    } else {
        found
    };
    let is_accepted = found.error <= ACCEPTED[0] * found.value.abs() + ACCEPTED[1] && !found.value.is_nan();
    is_accepted.then(|| Computed::Finite(Estimate { value: found.value.max(0.0), ..found }))
}

/// The log-density of p at a point that is known by this coordinate, with its digits where p can tell them.
fn log_prob(p: &Placed, coordinate: Coordinate, point: &Point) -> f64 {
    match (coordinate, p.coordinate()) {
        (own, other) if own == other => p.log_prob_at(point.t),
        // ln z from logit z, and logit z from ln z.
        (Coordinate::Logit, Coordinate::Log) => p.log_prob_at(-softplus(-point.t)),
        (Coordinate::Log, Coordinate::Logit) if point.t < 0.0 => {
            p.log_prob_at(point.t - (-point.t.exp_m1()).ln())
        }
        _ => p.log_prob(point.z),
    }
}

/// E_q\[r − 1 − ln r\] with r = p / q, and what p has outside of the support of q: no term cancels another.
fn never_negative(q: &Placed, p: &Placed, marks: &[f64]) -> Option<Estimate> {
    if !q.atoms().is_empty() {
        return None;
    }
    let term = |point: &Point| {
        let log_ratio = log_prob(p, q.coordinate(), point) - point.log_density;
        // Where both are near 0 their difference is all that is left of either.
        if log_ratio.abs() < 1e-4 {
            log_ratio * log_ratio * (0.5 + log_ratio * (1.0 / 6.0 + log_ratio / 24.0))
        } else {
            log_ratio.exp_m1() - log_ratio
        }
    };
    let (low, high) = q.support().ends();
    let below = if q.support().is_discrete() { low - 1.0 } else { low };
    let outside = p.tails(below)?[0] + p.tails(high)?[1];
    let found = expectation(q, &term, marks)?;
    let error = found.error + 4.0 * f64::EPSILON * (found.value + found.value.sqrt());
    (found.value.is_finite() && error <= ACCEPTED[0] * found.value + ACCEPTED[1])
        .then_some(Estimate { value: found.value + outside, error })
}

/// Why the divergence is infinite, if it is: as the supports and the tails say.
fn infinite(q: &Placed, p: &Placed) -> Option<&'static str> {
    let ((low, high), (low_of_p, high_of_p)) = (q.support().ends(), p.support().ends());
    let atoms = p.atoms();
    if q.atoms().iter().any(|x| !atoms.contains(x)) {
        return Some(ATOM);
    }
    let between = |a: f64, b: f64| if a.is_infinite() { b - b.abs().max(1.0) } else { a + 0.5 * (b - a) };
    let above = |a: f64, b: f64| if b.is_infinite() { a + a.abs().max(1.0) } else { a + 0.5 * (b - a) };
    // Of an angle the density repeats, and only what it says beyond the ends counts.
    let is_missed = |x: f64| {
        let x = if q.support().is_discrete() { x.floor() } else { x };
        q.support().contains(x) && q.log_prob(x) > f64::NEG_INFINITY && p.log_prob(x) == f64::NEG_INFINITY
    };
    if low < low_of_p && is_missed(between(low, low_of_p))
        || high > high_of_p && is_missed(above(high_of_p, high))
    {
        return Some(OUTSIDE);
    }
    let is_end = |own: f64, other: f64| own == other && (own.is_infinite() || !q.support().is_discrete());
    let shared = [is_end(low, low_of_p), is_end(high, high_of_p)];
    let is_heavy = match (q.ends(), p.ends()) {
        (Some(own), Some(other)) => (0..2).any(|side| shared[side] && !own[side].bears(other[side])),
        _ => (0..2).any(|side| shared[side] && grows(q, p, side)),
    };
    is_heavy.then_some(HEAVY)
}

/// Whether −ln p grows like one over the level of q, or faster, towards an end: for laws that do not say how they fade.
fn grows(q: &Placed, p: &Placed, side: usize) -> bool {
    let at = FAR.map(|t| {
        let x = q.quantile(Level::logit(if side == 0 { -t } else { t }))?;
        let (low, high) = q.support().ends();
        (x > low && x < high).then(|| -p.log_prob(x)).filter(|value| *value > 0.0)
    });
    let [Some(near), Some(far)] = at else { return false };
    (far / near).ln() > TOO_FAST * (FAR[1] - FAR[0])
}
