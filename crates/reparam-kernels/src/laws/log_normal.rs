//! LogNormal(loc, scale): ln x is Normal(loc, scale).

use super::{HALF_LN_2_PI, Normal};
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};

/// The law of a positive number whose logarithm is normal.
#[derive(Clone, Copy, Debug)]
pub struct LogNormal;

impl LogNormal {
    /// The log-density in x = e^t.
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        Normal::log_density(t, theta) - t
    }
}

impl Law<2> for LogNormal {
    const NAME: &'static str = "LogNormal";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        if x.value() == 0.0 {
            return S::from(f64::NEG_INFINITY);
        }
        Self::log_density_at(x.ln(), theta)
    }
}

impl Explicit<2> for LogNormal {
    const NOISE: Noise = Noise::Normal;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        Normal::path(noise, theta)
    }
}

explicit_draws!(LogNormal, 2, Coordinate::Log, noise at t, [loc, scale] => (t - loc) / scale,
    density at coordinate: Self::log_density_at);

impl Cdf<2> for LogNormal {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::lower(x.ln(), theta)
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::upper(x.ln(), theta)
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::log_lower(x.ln(), theta)
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Normal::log_upper(x.ln(), theta)
    }
}

impl Quantile<2> for LogNormal {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        Normal::quantile(level, theta).exp()
    }
}

impl Moments<2> for LogNormal {
    fn mean<S: Scalar>([loc, scale]: [S; 2]) -> S {
        (loc + scale.square() * 0.5).exp()
    }
    fn variance<S: Scalar>([loc, scale]: [S; 2]) -> S {
        let spread = scale.square();
        spread.exp_m1() * (loc * 2.0 + spread).exp()
    }
}

impl Mode<2> for LogNormal {
    fn mode<S: Scalar>([loc, scale]: [S; 2]) -> S {
        (loc - scale.square()).exp()
    }
}

impl Entropy<2> for LogNormal {
    fn entropy<S: Scalar>([loc, scale]: [S; 2]) -> S {
        loc + scale.ln() + (0.5 + HALF_LN_2_PI)
    }
}
