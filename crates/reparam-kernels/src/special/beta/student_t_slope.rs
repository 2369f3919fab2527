//! The derivative of a Student t draw in its degrees of freedom.

use super::super::gamma::digamma_half_step;
use super::path::Path;
use super::rule::{integrals, negative_log1pmx};
use super::slopes::Slopes;
use super::student_t::point;
use crate::elementary::{exp, log1p};
use crate::function::Function;

/// Below so many degrees of freedom, or where x² is no small part of them, a beta draw gives the slope.
const HEAVY: f64 = 5.0;
/// x² up to which the law is integrated from 0: for many degrees of freedom the derivative of the density in them changes
/// its sign at 1 + √2.
const CENTRE: f64 = 3.0;

/// dx/dν of a Student t draw x with ν degrees of freedom at a fixed cdf.
///
/// −∂F/∂ν(x) / f(x), about −(x³ + x) / (4 ν²) for large ν. For ν > 0 and any x; not-a-number elsewhere; 0 at x = 0. The
/// sign is always the opposite of the sign of x. Largest relative error measured, for ν from 0.01 to 1e10: 1e-14.
///
/// For ν < 5, and for x² > ν / 4, by the slope of the Beta(ν / 2, ½) draw ν / (ν + x²). Elsewhere that would cancel, and
/// the derivative of the density is integrated over the side of x on which it keeps its sign.
pub fn student_t_draw_slope_df(df: f64, x: f64) -> f64 {
    if df.is_nan() || df <= 0.0 || x.is_nan() {
        return f64::NAN;
    }
    if x == 0.0 || df == f64::INFINITY {
        return 0.0;
    }
    let square = x * x;
    if df < HEAVY || square > CENTRE && square > 0.25 * df {
        // ln(ν / x²) is the logit of a Beta(ν / 2, ½) draw.
        return 0.5 * x * (1.0 / df - 0.5 * Slopes::at(0.5 * df, 0.5, &point(df, x)).a);
    }
    let density = Density { df, constant: 0.5 * digamma_half_step(0.5 * df) };
    if square <= CENTRE {
        -x * integrals(FromCentre { density, square }, 1.0)[2]
    } else {
        let point = point(df, x);
        let path = Path::new(0.5 * df, 0.5, &point);
        0.5 * x * integrals(FromTail { density, path, y: point.y }, path.length())[2]
    }
}

/// The density of Student's t.
#[derive(Clone, Copy)]
struct Density {
    df: f64,
    /// The derivative of its logarithm in ν at 0.
    constant: f64,
}

impl Density {
    /// The derivative of its logarithm in ν, for q = u² / (ν + u²).
    #[inline(always)]
    fn log_slope(&self, q: f64) -> f64 {
        self.constant + 0.5 * (q / self.df + negative_log1pmx(-q))
    }
}

/// The density at u = x v over the one at x, with its slope.
#[derive(Clone, Copy)]
struct FromCentre {
    density: Density,
    square: f64,
}

impl Function<f64, (f64, f64)> for FromCentre {
    #[inline(always)]
    fn at(self, v: f64) -> (f64, f64) {
        let df = self.density.df;
        let u = self.square * v * v;
        let fall = self.square * (1.0 - v) * (1.0 + v) / (df + u);
        (0.5 * (df + 1.0) * log1p(fall), self.density.log_slope(u / (df + u)))
    }
}

/// The density of ln(ν / u²) at u² = x² e^r over the one at x, with its slope.
#[derive(Clone, Copy)]
struct FromTail {
    density: Density,
    path: Path,
    y: f64,
}

impl Function<f64, (f64, f64)> for FromTail {
    #[inline(always)]
    fn at(self, r: f64) -> (f64, f64) {
        let near = self.path.near(r);
        (self.path.exponent(r, near), self.density.log_slope(self.y * exp(r - near)))
    }
}
