//! Cauchy(loc, scale): density 1 / (π scale (1 + z²)) with z = (x − loc) / scale.

use std::f64::consts::PI;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{arccot, cot_pi, ln_1p_square};

/// The Cauchy law, without mean or variance.
#[derive(Clone, Copy, Debug)]
pub struct Cauchy;

impl Law<2> for Cauchy {
    const NAME: &'static str = "Cauchy";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -ln_1p_square((x - loc) / scale) - (scale * PI).ln()
    }
}

impl Explicit<2> for Cauchy {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 2]) -> S {
        Self::quantile(Level::logit(noise), theta)
    }
}

explicit_draws!(Cauchy, 2, Coordinate::Itself,
    noise at x, theta => Self::log_lower(x, theta) - Self::log_upper(x, theta));

impl Cdf<2> for Cauchy {
    fn lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        arccot((loc - x) / scale) / PI
    }
    fn upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        arccot((x - loc) / scale) / PI
    }
}

impl Quantile<2> for Cauchy {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        let tail = cot_pi(level.lower.min(level.upper));
        if level.is_low() { loc - scale * tail } else { loc + scale * tail }
    }
}

impl Moments<2> for Cauchy {
    fn mean<S: Scalar>(_: [S; 2]) -> S {
        S::from(f64::NAN)
    }
    fn variance<S: Scalar>(_: [S; 2]) -> S {
        S::from(f64::NAN)
    }
}

impl Mode<2> for Cauchy {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Cauchy {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        (scale * (4.0 * PI)).ln()
    }
}
