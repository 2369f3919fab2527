//! HalfCauchy(scale): the absolute value of Cauchy(0, scale).

use std::f64::consts::{LN_2, PI};

use super::Cauchy;
use crate::law::{
    Cdf, Coordinate, Domain, Draw, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Reparameterized, Support,
};
use crate::scalar::special::{arccot, cot_pi, ln_ratio};
use crate::{Element, Scalar};

/// The half-Cauchy law, with an infinite mean.
#[derive(Clone, Copy, Debug)]
pub struct HalfCauchy;

impl HalfCauchy {
    /// x / scale at a level.
    fn ratio<S: Scalar>(level: Level<S>) -> S {
        if level.is_low() { cot_pi(level.lower * 0.5).recip() } else { cot_pi(level.upper * 0.5) }
    }
}

impl Law<1> for HalfCauchy {
    const NAME: &'static str = "HalfCauchy";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        Cauchy::log_density(x, [S::from(0.0), scale]) + LN_2
    }
}

impl Explicit<1> for HalfCauchy {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, [scale]: [S; 1]) -> S {
        scale.ln() + Self::ratio(Level::logit(noise)).ln()
    }
}

impl Draw<1> for HalfCauchy {
    const COORDINATE: Coordinate = Coordinate::Log;
    fn draw(bits: &mut Element, theta: [f64; 1]) -> f64 {
        Self::path(bits.noise(Self::NOISE), theta)
    }
}

impl Reparameterized<1> for HalfCauchy {
    fn slopes(_: f64, [scale]: [f64; 1]) -> [f64; 1] {
        [scale.recip()]
    }
}

/// ln P(X > x) for the ratio x / scale, and ln P(X ≤ x) for its inverse, which may be out of range.
fn log_tail<S: Scalar>(x: S, scale: S) -> S {
    let ratio = x / scale;
    if ratio.value() > 1e100 {
        ln_ratio(scale, x) + (2.0 / PI).ln()
    } else if ratio.value() < 1.0 {
        (-arccot(scale / x) * (2.0 / PI)).ln_1p()
    } else {
        (arccot(ratio) * (2.0 / PI)).ln()
    }
}

impl Cdf<1> for HalfCauchy {
    fn log_lower<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        log_tail(scale, x)
    }
    fn log_upper<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        log_tail(x, scale)
    }
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
        scale.ln() + (2.0 * PI).ln()
    }
}
