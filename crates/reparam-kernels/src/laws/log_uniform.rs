//! LogUniform(low, high): density 1 / (x ln(high / low)).

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{langevin, ln_ratio};

/// The law of a positive number whose logarithm is uniform.
#[derive(Clone, Copy, Debug)]
pub struct LogUniform;

impl LogUniform {
    /// The log-density in x = e^t.
    fn log_density_at<S: Scalar>(t: S, [low, high]: [S; 2]) -> S {
        -t - ln_ratio(high, low).ln()
    }
}

impl Law<2> for LogUniform {
    const NAME: &'static str = "LogUniform";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("low", Domain::Positive), Parameter::new("high", Domain::Positive)];

    fn support([low, high]: [f64; 2]) -> Support {
        Support::Interval(low, high)
    }
    fn conflict([low, high]: [f64; 2]) -> Option<&'static str> {
        (low >= high).then_some("low must be below high")
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_density_at(x.ln(), theta)
    }
}

impl Explicit<2> for LogUniform {
    const NOISE: Noise = Noise::Uniform;
    fn path<S: Scalar>(noise: S, [low, high]: [S; 2]) -> S {
        low.ln() * (-noise + 1.0) + high.ln() * noise
    }
}

explicit_draws!(LogUniform, 2, Coordinate::Log,
    noise at t, [low, high] => (t - crate::single::log(low)) / ln_ratio(high, low),
    density at coordinate: Self::log_density_at);

impl Cdf<2> for LogUniform {
    fn lower<S: Scalar>(x: S, [low, high]: [S; 2]) -> S {
        ln_ratio(x, low) / ln_ratio(high, low)
    }
    fn upper<S: Scalar>(x: S, [low, high]: [S; 2]) -> S {
        ln_ratio(high, x) / ln_ratio(high, low)
    }
}

impl Quantile<2> for LogUniform {
    fn quantile<S: Scalar>(level: Level<S>, [low, high]: [S; 2]) -> S {
        let width = ln_ratio(high, low);
        if level.is_low() { low * (width * level.lower).exp() } else { high * (-width * level.upper).exp() }
    }
}

impl Moments<2> for LogUniform {
    fn mean<S: Scalar>([low, high]: [S; 2]) -> S {
        (high - low) / ln_ratio(high, low)
    }
    /// mean² (v coth v − 1) with v = ½ ln(high / low).
    fn variance<S: Scalar>([low, high]: [S; 2]) -> S {
        let v = ln_ratio(high, low) * 0.5;
        Self::mean([low, high]).square() * v * langevin(v)
    }
}

impl Mode<2> for LogUniform {
    fn mode<S: Scalar>([low, _]: [S; 2]) -> S {
        low
    }
}

impl Entropy<2> for LogUniform {
    fn entropy<S: Scalar>([low, high]: [S; 2]) -> S {
        (low.ln() + high.ln()) * 0.5 + ln_ratio(high, low).ln()
    }
}
