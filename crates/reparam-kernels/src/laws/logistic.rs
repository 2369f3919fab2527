//! Logistic(loc, scale): distribution function 1 / (1 + e^(−z)) with z = (x − loc) / scale.

use std::f64::consts::PI;

use crate::Scalar;
use crate::law::{
    Cdf, Domain, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Support,
    location_scale_draws,
};
use crate::scalar::special::{located, standardised};

/// The logistic law.
#[derive(Clone, Copy, Debug)]
pub struct Logistic;

impl Law<2> for Logistic {
    const NAME: &'static str = "Logistic";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        let z = standardised(x, loc, scale);
        -z.softplus() - (-z).softplus() - scale.ln()
    }
}

location_scale_draws!(Logistic, Noise::Logistic);

impl Cdf<2> for Logistic {
    fn lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        standardised(x, loc, scale).sigmoid()
    }
    fn upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        (-standardised(x, loc, scale)).sigmoid()
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -(-standardised(x, loc, scale)).softplus()
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -standardised(x, loc, scale).softplus()
    }
}

impl Quantile<2> for Logistic {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        located(loc, scale, level.log_odds())
    }
}

impl Moments<2> for Logistic {
    fn mean<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
    fn variance<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.square() * (PI * PI / 3.0)
    }
}

impl Mode<2> for Logistic {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Logistic {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + 2.0
    }
}
