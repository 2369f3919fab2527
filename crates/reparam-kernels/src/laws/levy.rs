//! Levy(loc, scale): loc + scale / n² with a standard normal number n.
//!
//! Density √(scale / (2π)) y^(−3/2) exp(−scale / (2 y)) with y = x − loc.

use std::f64::consts::{EULER_GAMMA, PI};

use super::{HALF_LN_2_PI, HalfNormal};
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::ln_ratio;

/// The Lévy law, stable with exponent ½, with an infinite mean: when a Brownian motion without drift first reaches a
/// level.
///
/// loc and scale are those of SciPy's `levy`. Draws are x itself and reach 1e37 scales.
#[derive(Clone, Copy, Debug)]
pub struct Levy;

/// |n|, the half-normal number that x stands for.
fn root<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
    (scale / (x - loc)).sqrt()
}

/// Its law.
fn standard<S: Scalar>() -> [S; 1] {
    [S::from(1.0)]
}

impl Law<2> for Levy {
    const NAME: &'static str = "Levy";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support([loc, _]: [f64; 2]) -> Support {
        Support::Interval(loc, f64::INFINITY)
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let square = theta[1] / (x - theta[0]);
        if square.value() == f64::INFINITY {
            return S::from(f64::NEG_INFINITY);
        }
        ln_ratio(theta[1], x - theta[0]) * 1.5 - square * 0.5 - theta[1].ln() - HALF_LN_2_PI
    }
}

impl Explicit<2> for Levy {
    const NOISE: Noise = Noise::Normal;
    fn path<S: Scalar>(noise: S, [loc, scale]: [S; 2]) -> S {
        loc + scale / noise.square()
    }
}

explicit_draws!(Levy, 2, Coordinate::Itself, noise at x, theta => root(x, theta));

impl Cdf<2> for Levy {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        HalfNormal::upper(root(x, theta), standard())
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        HalfNormal::lower(root(x, theta), standard())
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        HalfNormal::log_upper(root(x, theta), standard())
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        HalfNormal::log_lower(root(x, theta), standard())
    }
}

impl Quantile<2> for Levy {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        Self::path(HalfNormal::quantile(level.reflected(), standard()), theta)
    }
}

impl Moments<2> for Levy {
    fn mean<S: Scalar>(_: [S; 2]) -> S {
        S::from(f64::INFINITY)
    }
    fn variance<S: Scalar>(_: [S; 2]) -> S {
        S::from(f64::INFINITY)
    }
}

impl Mode<2> for Levy {
    /// loc + scale / 3.
    fn mode<S: Scalar>([loc, scale]: [S; 2]) -> S {
        loc + scale / 3.0
    }
}

impl Entropy<2> for Levy {
    /// ½ (1 + 3 γ + ln(16 π)) + ln scale.
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + 0.5 * (1.0 + 3.0 * EULER_GAMMA + (16.0 * PI).ln())
    }
}
