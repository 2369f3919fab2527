//! What an operation can give, from what its operands can be; and whether it may break there.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use reparam_kernels::special;

use super::breaks::Why;
use super::elementwise::Elementwise;
use super::interval::Interval;
use super::op::Op;
use crate::tree::Binary;

/// The least value of the log-gamma function for positive numbers, and where it is.
const LEAST_LGAMMA: (f64, f64) = (1.461_632_144_968_362_3, -0.121_486_290_535_849_61);

/// The values of an operation on these operands, which are one expression where `same`, and what may break in it.
///
/// A choice is looked into elsewhere; here it has the values of both.
pub(super) fn range(op: Op, x: &[Interval], same: bool) -> (Interval, Option<Why>) {
    let whole = |interval| (interval, None);
    match op {
        Op::Elementwise(function) => elementwise(function, x[0]),
        Op::Negate => whole(-x[0]),
        Op::WholePower(n) => whole_power(x[0], n),
        Op::Binary(operator) => binary(operator, x[0], x[1], same),
        Op::Atan2 => angle(x[0], x[1]),
        Op::Max => whole(x[0].max(x[1])),
        Op::Min => whole(x[0].min(x[1])),
        Op::Select => whole(x[1].hull(x[2])),
        Op::Sum => whole(x[1..].iter().fold(x[0], |sum, x| sum + *x)),
        Op::Norm => {
            let squares = x.iter().map(|x| x.abs() * x.abs());
            whole(squares.reduce(|sum, x| sum + x).unwrap_or(Interval::REAL).rising(f64::sqrt))
        }
        Op::LogSumExp => {
            let of = |end: fn(&Interval) -> f64| special::log_sum_exp(&x.iter().map(end).collect::<Vec<_>>());
            whole(Interval::open(of(|x| x.low), of(|x| x.high)))
        }
    }
}

fn binary(operator: Binary, a: Interval, b: Interval, same: bool) -> (Interval, Option<Why>) {
    match operator {
        Binary::Add => (a + b, None),
        Binary::Subtract if same => (Interval::point(0.0), None),
        Binary::Subtract => (a + -b, None),
        Binary::Multiply if same => (a.abs() * a.abs(), None),
        Binary::Multiply => (a * b, None),
        Binary::Divide => {
            let pole = b.contains(0.0).then_some(Why::Pole);
            let values = match pole {
                _ if same => Interval::point(1.0),
                None => a * b.inverse(),
                Some(_) if a.is_from(0.0) && b.is_from(0.0) => Interval::closed(0.0, f64::INFINITY),
                Some(_) => Interval::REAL,
            };
            (values, pole)
        }
        Binary::Power => power(a, b),
        Binary::Less => compared(b.is_above(a.high) || a.is_below(b.low), a.is_from(b.high)),
        Binary::LessEqual => compared(b.is_from(a.high), a.is_above(b.high) || b.is_below(a.low)),
        Binary::Greater => compared(a.is_above(b.high) || b.is_below(a.low), b.is_from(a.high)),
        Binary::GreaterEqual => compared(a.is_from(b.high), b.is_above(a.high) || a.is_below(b.low)),
        Binary::Equal => compared(both_are_one(a, b), apart(a, b)),
        Binary::NotEqual => compared(apart(a, b), both_are_one(a, b)),
    }
}

fn both_are_one(a: Interval, b: Interval) -> bool {
    a.single().is_some() && a.single() == b.single()
}

fn apart(a: Interval, b: Interval) -> bool {
    a.is_above(b.high) || b.is_below(a.low) || b.is_above(a.high) || a.is_below(b.low)
}

/// Of a comparison that always holds, or never.
fn compared(always: bool, never: bool) -> (Interval, Option<Why>) {
    match (always, never) {
        (true, _) => (Interval::point(1.0), None),
        (_, true) => (Interval::point(0.0), None),
        _ => (Interval::closed(0.0, 1.0), Some(Why::Step)),
    }
}

fn whole_power(x: Interval, n: i32) -> (Interval, Option<Why>) {
    let of = |n: i32| {
        let base = if n % 2 == 0 { x.abs() } else { x };
        base.rising(|x| x.powi(n))
    };
    match n {
        0 => (Interval::point(1.0), None),
        1.. => (of(n), None),
        _ if !x.contains(0.0) => (of(-n).inverse(), None),
        _ if n % 2 == 0 => (Interval::open(0.0, f64::INFINITY), Some(Why::Pole)),
        _ => (Interval::REAL, Some(Why::Pole)),
    }
}

fn power(a: Interval, b: Interval) -> (Interval, Option<Why>) {
    if a.is_above(0.0) {
        return ((a.rising(f64::ln) * b).rising(f64::exp), None);
    }
    match b.single() {
        Some(exponent) if exponent.fract() == 0.0 && exponent.abs() < f64::from(i32::MAX) => {
            whole_power(a, exponent as i32)
        }
        Some(exponent) if a.is_from(0.0) && exponent > 0.0 => (a.rising(|x| x.powf(exponent)), None),
        _ if a.is_from(0.0) && b.is_above(0.0) => (Interval::closed(0.0, f64::INFINITY), None),
        _ if a.is_from(0.0) => (Interval::closed(0.0, f64::INFINITY), Some(Why::Pole)),
        _ => (Interval::REAL, Some(Why::Branch)),
    }
}

/// Cut where y passes 0 and x is not above it.
fn angle(y: Interval, x: Interval) -> (Interval, Option<Why>) {
    if x.is_above(0.0) {
        return (Interval::open(-FRAC_PI_2, FRAC_PI_2), None);
    }
    let is_one_sided = y.is_above(0.0) || y.is_below(0.0) || y.is_from(0.0) && !x.contains(0.0);
    (Interval::closed(-PI, PI), (!is_one_sided).then_some(Why::Branch))
}

fn elementwise(function: Elementwise, x: Interval) -> (Interval, Option<Why>) {
    use Elementwise as F;
    let rising = |f: fn(f64) -> f64| (x.rising(f), None);
    // On all of its domain a function rises; beyond it there is no number, and at a pole no slope.
    let within = |low: f64, high: f64, f: fn(f64) -> f64| {
        let inside = x.low >= low && x.high <= high;
        let domain = x.and(Interval::closed(low, high));
        (domain.rising(f), (!inside).then_some(Why::Branch))
    };
    let between_poles = |low: f64, high: f64, f: fn(f64) -> f64| {
        let why = if x.low < low || x.high > high {
            Some(Why::Branch)
        } else {
            (x.contains(low) || x.contains(high)).then_some(Why::Pole)
        };
        (x.and(Interval::open(low, high)).rising(f), why)
    };
    match function {
        F::Sin => (wave(x + Interval::point(-FRAC_PI_2)), None),
        F::Cos => (wave(x), None),
        F::Tan => {
            let middle = PI * ((x.low + x.high) / TAU).round();
            let branch = x.and(Interval::open(middle - FRAC_PI_2, middle + FRAC_PI_2));
            if middle.is_finite() && branch == x {
                (x.rising(f64::tan), None)
            } else {
                (Interval::REAL, Some(Why::Pole))
            }
        }
        F::Asin => within(-1.0, 1.0, f64::asin),
        F::Acos => {
            let (values, why) = within(-1.0, 1.0, |x| -x.acos());
            (-values, why)
        }
        F::Atan => rising(f64::atan),
        F::Sinh => rising(f64::sinh),
        F::Cosh => (x.abs().rising(f64::cosh), None),
        F::Tanh => rising(f64::tanh),
        F::Asinh => rising(f64::asinh),
        F::Acosh => within(1.0, f64::INFINITY, f64::acosh),
        F::Atanh => between_poles(-1.0, 1.0, f64::atanh),
        F::Exp => rising(f64::exp),
        F::Expm1 => rising(f64::exp_m1),
        F::Log => between_poles(0.0, f64::INFINITY, f64::ln),
        F::Log1p => between_poles(-1.0, f64::INFINITY, f64::ln_1p),
        F::Log2 => between_poles(0.0, f64::INFINITY, f64::log2),
        F::Log10 => between_poles(0.0, f64::INFINITY, f64::log10),
        F::Logit => between_poles(0.0, 1.0, special::logit),
        F::Sqrt => within(0.0, f64::INFINITY, f64::sqrt),
        F::Sigmoid => rising(reparam_kernels::single::sigmoid),
        F::LogSigmoid => rising(special::log_sigmoid),
        F::Softplus => rising(reparam_kernels::single::softplus),
        F::Erf => rising(special::erf),
        F::Erfc => (x.falling(special::erfc), None),
        F::Lgamma if x.is_above(0.0) => {
            let (at, least) = LEAST_LGAMMA;
            let ends = [x.low, x.high].map(special::lgamma);
            let low = if x.contains(at) { least } else { ends[0].min(ends[1]) };
            (Interval::closed(low, ends[0].max(ends[1])), None)
        }
        F::Digamma if x.is_above(0.0) => {
            let digamma = |x: f64| if x == 0.0 { f64::NEG_INFINITY } else { special::digamma(x) };
            (x.rising(digamma), None)
        }
        F::Lgamma | F::Digamma => (Interval::REAL, Some(Why::Pole)),
        F::Abs => (x.abs(), None),
        F::Relu => (x.max(Interval::point(0.0)), None),
        F::Sign if x.is_above(0.0) => (Interval::point(1.0), None),
        F::Sign if x.is_below(0.0) => (Interval::point(-1.0), None),
        F::Sign => (Interval::closed(-1.0, 1.0), Some(Why::Step)),
        F::Floor => floor(x),
        F::Ceil => {
            let (values, why) = floor(-x);
            (-values, why)
        }
        F::Round => steps(x.low.round(), x.high.round()),
    }
}

fn floor(x: Interval) -> (Interval, Option<Why>) {
    let is_next = x.high.fract() == 0.0 && !x.has_high;
    steps(x.low.floor(), if is_next { x.high - 1.0 } else { x.high.floor() })
}

/// Whole numbers between two.
fn steps(low: f64, high: f64) -> (Interval, Option<Why>) {
    (Interval::closed(low, high), (low != high).then_some(Why::Step))
}

/// The values of the cosine.
fn wave(x: Interval) -> Interval {
    let passes = |extreme: f64| {
        let next = TAU * ((x.low - extreme) / TAU).ceil() + extreme;
        !x.low.is_finite() || !x.high.is_finite() || next <= x.high
    };
    let (low, high) = (x.low.cos(), x.high.cos());
    let lowest = if passes(PI) { -1.0 } else { low.min(high) };
    let highest = if passes(0.0) { 1.0 } else { low.max(high) };
    Interval::closed(lowest, highest)
}
