//! Gumbel(loc, scale): distribution function exp(−e^(−(x − loc) / scale)).

use std::f64::consts::PI;

use crate::Scalar;
use crate::law::{
    Cdf, Domain, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Support,
    location_scale_draws,
};

/// Euler's constant γ.
const EULER: f64 = 0.577_215_664_901_532_9;

/// The Gumbel law of maxima.
#[derive(Clone, Copy, Debug)]
pub struct Gumbel;

impl Law<2> for Gumbel {
    const NAME: &'static str = "Gumbel";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        let z = (x - loc) / scale;
        if z.value() == f64::INFINITY {
            return S::from(f64::NEG_INFINITY);
        }
        -(z + (-z).exp()) - scale.ln()
    }
}

location_scale_draws!(Gumbel, Noise::Gumbel);

impl Cdf<2> for Gumbel {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        -Self::log_lower(x, theta).exp_m1()
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -(-(x - loc) / scale).exp()
    }
}

impl Quantile<2> for Gumbel {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        loc - scale * (-level.log_lower()).ln()
    }
}

impl Moments<2> for Gumbel {
    fn mean<S: Scalar>([loc, scale]: [S; 2]) -> S {
        loc + scale * EULER
    }
    fn variance<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.square() * (PI * PI / 6.0)
    }
}

impl Mode<2> for Gumbel {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Gumbel {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + (1.0 + EULER)
    }
}
