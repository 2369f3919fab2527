//! A law as a value: its functions behind pointers, at parameters in a slice.

use crate::draws::Form;
use crate::law::{Bulk, Coordinate, Decay, Fault, Level, Noise, Parameter, Support};
use crate::{Element, Rng};

/// A function of the parameters.
pub(super) type OfTheta = fn(&[f64]) -> f64;
/// A function of x and the parameters.
pub(super) type OfX = fn(f64, &[f64]) -> f64;
/// A function of a level and the parameters.
pub(super) type OfLevel = fn(Level<f64>, &[f64]) -> f64;
/// Derivatives at x and the parameters.
pub(super) type SlopesAtX = fn(f64, &[f64]) -> Vec<f64>;
/// Derivatives at a level and the parameters.
pub(super) type SlopesAtLevel = fn(Level<f64>, &[f64]) -> Vec<f64>;

/// How a density fades at the parameters.
pub(super) type EndsOfTheta = fn(&[f64]) -> [Decay; 2];

/// A univariate law and what it can do. Every function takes as many parameters as [`parameters`](Self::parameters)
/// lists, and panics at another number.
#[derive(Clone, Copy, Debug)]
pub struct Univariate {
    /// The name that users write.
    pub name: &'static str,
    /// Names and domains, in order.
    pub parameters: &'static [Parameter],
    /// The first fault of the parameters.
    pub check: fn(&[f64]) -> Result<(), Fault>,
    /// After what distance a number stands for the same outcome again, as angles do.
    pub period: Option<f64>,
    /// x, or the number of the support that x stands for.
    pub within_period: OfX,
    /// Where the law lives.
    pub support: fn(&[f64]) -> Support,
    /// For each parameter, whether an end of the support moves with it at which the density does not vanish.
    pub moving_edges: fn(&[f64]) -> Vec<bool>,
    /// The log-density or log-mass.
    pub log_prob: OfX,
    /// Its derivatives in x and in every parameter.
    pub log_prob_slopes: SlopesAtX,
    /// P(X ≤ x), of the numbers that are drawn.
    pub cdf: Option<OfX>,
    /// P(X > x).
    pub sf: Option<OfX>,
    /// ln P(X ≤ x).
    pub log_cdf: Option<OfX>,
    /// ln P(X > x).
    pub log_sf: Option<OfX>,
    /// The quantile at a level.
    pub quantile: Option<OfLevel>,
    /// Its derivatives in the parameters at a fixed level.
    pub quantile_slopes: Option<SlopesAtLevel>,
    /// E\[X\].
    pub mean: Option<OfTheta>,
    /// Var\[X\].
    pub variance: Option<OfTheta>,
    /// 1 − |E\[e^(ix)\]|, of a law of angles.
    pub circular_variance: Option<OfTheta>,
    /// The most likely x.
    pub mode: Option<OfTheta>,
    /// −E\[ln p(X)\].
    pub entropy: Option<OfTheta>,
    /// The logarithm of the factor that normalises the density.
    pub log_norm: Option<OfTheta>,
    /// How draws are made.
    pub sampler: Option<Sampler>,
    /// ∂t/∂θ of a draw with coordinate t.
    pub slopes: Option<SlopesAtX>,
    /// Draws over slices with their slopes.
    pub paths: Option<Paths>,
    /// The noise of an explicit path.
    pub noise: Option<Noise>,
    /// How the density fades towards both ends of the support.
    pub ends: Option<EndsOfTheta>,
    /// The law's own parameters, where these are others.
    pub own: Option<Own>,
}

/// What parameters of another form say about a law's own.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Names and domains of the law's own parameters.
    pub parameters: &'static [Parameter],
    /// What they are.
    pub theta: fn(&[f64]) -> Vec<f64>,
}

/// [`draw_with_slopes`](crate::draws::draw_with_slopes) for a law.
pub type DrawWithSlopes<T> = fn(&mut Rng, &[&[T]], Form, &mut [T], &mut [&mut [T]]);

/// How a law makes many draws that move with its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Paths {
    /// In single precision.
    pub single: DrawWithSlopes<f32>,
    /// In double precision.
    pub double: DrawWithSlopes<f64>,
    /// The family whose draws are made in vectors, if it is of one.
    pub family: Option<Bulk>,
}

/// How a law makes draws.
#[derive(Clone, Copy, Debug)]
pub struct Sampler {
    /// The coordinate of its draws.
    pub coordinate: Coordinate,
    /// One draw, as its coordinate.
    pub draw: fn(&mut Element, &[f64]) -> f64,
    /// The log-density of the draw with this coordinate.
    pub log_prob_at: OfX,
}

/// A closed-form divergence.
#[derive(Clone, Copy, Debug)]
pub struct Divergence {
    /// The law whose draws are averaged over, and its parameters.
    pub q: (&'static str, &'static [Parameter]),
    /// The other law, and its parameters.
    pub p: (&'static str, &'static [Parameter]),
    /// E\[ln q − ln p\] at the parameters of both.
    pub kl: fn(&[f64], &[f64]) -> f64,
    /// Its slopes in the parameters of the first law and then of the second.
    pub kl_slopes: fn(&[f64], &[f64]) -> Vec<f64>,
}
