//! HalfCauchy(scale): the absolute value of Cauchy(0, scale).

use std::f64::consts::PI;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{arccot, cot_pi, ln_1p_square};

/// The half-Cauchy law, with an infinite mean.
#[derive(Clone, Copy, Debug)]
pub struct HalfCauchy;

impl HalfCauchy {
    /// x / scale at a level.
    fn ratio<S: Scalar>(level: Level<S>) -> S {
        if level.is_low() { cot_pi(level.lower * 0.5).recip() } else { cot_pi(level.upper * 0.5) }
    }
    /// The logarithm of the odds P(X ≤ x) / P(X > x) at ln(x / scale) = u.
    fn log_odds(u: f64) -> f64 {
        let [rising, falling] = [-u, u].map(|u| arccot(crate::single::exp(u)));
        crate::single::log(rising / falling)
    }
}

impl Law<1> for HalfCauchy {
    const NAME: &'static str = "HalfCauchy";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        -ln_1p_square(x / scale) - (scale * (0.5 * PI)).ln()
    }
}

impl Explicit<1> for HalfCauchy {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, [scale]: [S; 1]) -> S {
        scale.ln() + Self::ratio(Level::logit(noise)).ln()
    }
}

explicit_draws!(HalfCauchy, 1, Coordinate::Log,
    noise at t, [scale] => Self::log_odds(t - crate::single::log(scale)));

impl Cdf<1> for HalfCauchy {
    fn lower<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        arccot(scale / x) * (2.0 / PI)
    }
    fn upper<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        arccot(x / scale) * (2.0 / PI)
    }
}

impl Quantile<1> for HalfCauchy {
    fn quantile<S: Scalar>(level: Level<S>, [scale]: [S; 1]) -> S {
        scale * Self::ratio(level)
    }
}

impl Moments<1> for HalfCauchy {
    fn mean<S: Scalar>(_: [S; 1]) -> S {
        S::from(f64::INFINITY)
    }
    fn variance<S: Scalar>(_: [S; 1]) -> S {
        S::from(f64::INFINITY)
    }
}

impl Mode<1> for HalfCauchy {
    fn mode<S: Scalar>(_: [S; 1]) -> S {
        S::from(0.0)
    }
}

impl Entropy<1> for HalfCauchy {
    fn entropy<S: Scalar>([scale]: [S; 1]) -> S {
        (scale * (2.0 * PI)).ln()
    }
}
