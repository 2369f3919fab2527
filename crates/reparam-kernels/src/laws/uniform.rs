//! Uniform(low, high): density 1 / (high − low).

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Moments, Noise, Parameter, Quantile, Support,
    explicit_draws,
};

/// The uniform law on an interval.
#[derive(Clone, Copy, Debug)]
pub struct Uniform;

impl Law<2> for Uniform {
    const NAME: &'static str = "Uniform";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("low", Domain::Real), Parameter::new("high", Domain::Real)];

    fn support([low, high]: [f64; 2]) -> Support {
        Support::Interval(low, high)
    }
    fn conflict([low, high]: [f64; 2]) -> Option<&'static str> {
        (low >= high).then_some("low must be below high")
    }
    fn log_density<S: Scalar>(_: S, theta: [S; 2]) -> S {
        -Self::entropy(theta)
    }
}

impl Explicit<2> for Uniform {
    const NOISE: Noise = Noise::Uniform;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        Self::quantile(Level::lower(noise), theta)
    }
}

explicit_draws!(Uniform, 2, Coordinate::Itself, noise at x, theta => Self::lower(x, theta));

impl Cdf<2> for Uniform {
    fn lower<S: Scalar>(x: S, [low, high]: [S; 2]) -> S {
        // Halves, because the width may overflow.
        (x * 0.5 - low * 0.5) / (high * 0.5 - low * 0.5)
    }
    fn upper<S: Scalar>(x: S, [low, high]: [S; 2]) -> S {
        Self::lower(-x, [-high, -low])
    }
}

impl Quantile<2> for Uniform {
    fn quantile<S: Scalar>(level: Level<S>, [low, high]: [S; 2]) -> S {
        (low * level.upper + high * level.lower).max(low).min(high)
    }
}

impl Moments<2> for Uniform {
    fn mean<S: Scalar>([low, high]: [S; 2]) -> S {
        low * 0.5 + high * 0.5
    }
    fn variance<S: Scalar>([low, high]: [S; 2]) -> S {
        (high - low).square() / 12.0
    }
}

impl Entropy<2> for Uniform {
    fn entropy<S: Scalar>([low, high]: [S; 2]) -> S {
        let width = high - low;
        if width.value().is_finite() {
            width.ln()
        } else {
            (high * 0.5 - low * 0.5).ln() + std::f64::consts::LN_2
        }
    }
}
