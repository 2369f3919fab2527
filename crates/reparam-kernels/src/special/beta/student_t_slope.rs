//! The derivative of a Student t draw in its degrees of freedom.

use libm::{exp, log1p};

use super::super::gamma::log1pmx;
use super::mills::Path;
use super::nodes::{NODES, WEIGHTS};
use super::point::Point;
use super::slopes::logit_slopes;
use super::student_t::{NORMAL, point};

/// Below so many degrees of freedom, or where x² is no small part of them, a beta draw gives the slope.
const HEAVY: f64 = 5.0;
/// x² up to which the law is integrated from 0: the derivative of the density changes its sign at 1 + √2.
const CENTRE: f64 = 3.0;
/// The longest piece for one rule of the quadrature.
const PIECE: f64 = 4.0;

/// dx/dν of a Student t draw x at a fixed cdf.
pub fn student_t_draw_slope_df(df: f64, x: f64) -> f64 {
    if !(df > 0.0) || x.is_nan() {
        return f64::NAN;
    }
    if x == 0.0 || df > NORMAL {
        return -0.0 * x;
    }
    let square = x * x;
    if df < HEAVY || square > 0.25 * df && square > CENTRE {
        // ln(ν / x²) is the logit of a Beta(ν / 2, ½) draw.
        0.5 * x * (1.0 / df - 0.5 * logit_slopes(0.5 * df, 0.5, &point(df, x)).a)
    } else if square <= CENTRE {
        -x * from_centre(df, square)
    } else {
        0.5 * x * from_tail(df, &point(df, x))
    }
}

/// The derivative of ln f(u) in ν, with q = u² / (ν + u²).
fn log_density_slope(df: f64, constant: f64, q: f64) -> f64 {
    constant + 0.5 * (q / df + log1pmx(-q))
}

/// ∫₀¹ ∂f/∂ν(u) du / f(x) over u = x v.
fn from_centre(df: f64, square: f64) -> f64 {
    let constant = 0.5 * half_step(0.5 * df);
    let half = 0.5 * (df + 1.0);
    let at = |v: f64| {
        let u = square * v * v;
        let density = exp(half * log1p(square * (1.0 - v) * (1.0 + v) / (df + u)));
        log_density_slope(df, constant, u / (df + u)) * density
    };
    NODES.iter().zip(WEIGHTS).map(|(v, weight)| weight * at(*v)).sum()
}

/// ∫ ∂f/∂ν(u) u du / (x f(x)) beyond x, over r = ln(u² / x²).
fn from_tail(df: f64, point: &Point) -> f64 {
    let constant = 0.5 * half_step(0.5 * df);
    let (a, b) = (0.5 * df, 0.5);
    let path = Path::new(a, b, point);
    let length = path.length(74.0 / path.drift.max(1.0), point.y);
    let pieces = (length / PIECE).ceil().clamp(1.0, 64.0);
    let piece = length / pieces;
    let at = |r: f64| {
        let near = path.near(r);
        let q = point.y * exp(r - near);
        log_density_slope(df, constant, q) * exp(path.exponent(r, near))
    };
    let rule = |start: f64| -> f64 {
        NODES.iter().zip(WEIGHTS).map(|(v, weight)| weight * at(start + piece * v)).sum()
    };
    piece * (0..pieces as usize).map(|i| rule(i as f64 * piece)).sum::<f64>()
}

/// ψ(z + ½) − ψ(z) − 1 / (2 z), from its asymptotic series (DLMF 5.11.2 at both) for z ≥ 10.
fn half_step(z: f64) -> f64 {
    /// B₂ⱼ (2 − 2^(1 − 2 j)) / (2 j).
    const SERIES: [f64; 8] = [
        1.0 / 8.0,
        -1.0 / 64.0,
        1.0 / 128.0,
        -17.0 / 2048.0,
        31.0 / 2048.0,
        -691.0 / 16384.0,
        5461.0 / 32768.0,
        -929_569.0 / 1_048_576.0,
    ];
    let (mut z, mut sum) = (z, 0.0);
    while z < 10.0 {
        sum += 0.25 / (z * (z + 0.5) * (z + 1.0));
        z += 1.0;
    }
    let w = 1.0 / (z * z);
    sum + SERIES.iter().rev().fold(0.0, |series, c| w * (series + c))
}
