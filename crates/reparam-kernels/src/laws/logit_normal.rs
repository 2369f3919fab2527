//! LogitNormal(loc, scale): the logistic function of Normal(loc, scale).

use super::Normal;
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Explicit, Law, Level, Noise, Parameter, Quantile, Support, explicit_draws,
};
use crate::scalar::special::logit;

/// The law of a number in (0, 1) whose log-odds are normal.
///
/// Without mean and variance in closed form.
#[derive(Clone, Copy, Debug)]
pub struct LogitNormal;

impl LogitNormal {
    /// The log-density in x where ln x − ln(1 − x) = t.
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        Normal::log_density(t, theta) + t.softplus() + (-t).softplus()
    }
}

impl Law<2> for LogitNormal {
    const NAME: &'static str = "LogitNormal";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::UNIT
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        // The normal tails outweigh the stretching of the ends.
        if [0.0, 1.0].contains(&x.value()) {
            return S::from(f64::NEG_INFINITY);
        }
        Self::log_density_at(logit(x), theta)
    }
}

impl Explicit<2> for LogitNormal {
    const NOISE: Noise = Noise::Normal;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        Normal::path(noise, theta)
    }
}

explicit_draws!(LogitNormal, 2, Coordinate::Logit, noise at t, [loc, scale] => (t - loc) / scale,
    density at coordinate: Self::log_density_at);

impl Cdf<2> for LogitNormal {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::lower(logit(x), theta)
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::upper(logit(x), theta)
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::log_lower(logit(x), theta)
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::log_upper(logit(x), theta)
    }
}

impl Quantile<2> for LogitNormal {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        Normal::quantile(level, theta).sigmoid()
    }
}
