//! TanhNormal(loc, scale): the hyperbolic tangent of Normal(loc, scale).

use super::Normal;
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Explicit, Law, Level, Noise, Parameter, Quantile, Support, explicit_draws,
};
use crate::scalar::special::ln_1m_tanh_square;

/// The law of the hyperbolic tangent of a normal number: the bounded actions of a stochastic policy.
///
/// Without mean and variance in closed form.
#[derive(Clone, Copy, Debug)]
pub struct TanhNormal;

impl TanhNormal {
    /// The log-density in x where artanh x = t.
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        Normal::log_density(t, theta) - ln_1m_tanh_square(t)
    }
}

impl Law<2> for TanhNormal {
    const NAME: &'static str = "TanhNormal";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::Interval(-1.0, 1.0)
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        // The normal tails outweigh the stretching of the ends.
        if x.value().abs() == 1.0 {
            return S::from(f64::NEG_INFINITY);
        }
        Self::log_density_at(x.atanh(), theta)
    }
}

impl Explicit<2> for TanhNormal {
    const NOISE: Noise = Noise::Normal;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        Normal::path(noise, theta)
    }
}

explicit_draws!(TanhNormal, 2, Coordinate::Artanh, noise at t, [loc, scale] => (t - loc) / scale,
    density at coordinate: Self::log_density_at);

impl Cdf<2> for TanhNormal {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::lower(x.atanh(), theta)
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::upper(x.atanh(), theta)
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::log_lower(x.atanh(), theta)
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::log_upper(x.atanh(), theta)
    }
}

impl Quantile<2> for TanhNormal {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        Normal::quantile(level, theta).tanh()
    }
}
