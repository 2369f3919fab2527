//! Laplace(loc, scale): density exp(−|x − loc| / scale) / (2 scale).

use std::f64::consts::LN_2;

use crate::Scalar;
use crate::law::{
    Cdf, Divergence, Domain, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Support,
    location_scale_draws,
};
use crate::scalar::special::{exp_m1_excess, located, ratio_deficit, standardised};

/// The Laplace law: two exponential tails that meet at loc.
#[derive(Clone, Copy, Debug)]
pub struct Laplace;

impl Law<2> for Laplace {
    const NAME: &'static str = "Laplace";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -standardised(x, loc, scale).abs() - scale.ln() - LN_2
    }
}

location_scale_draws!(Laplace, Noise::Laplace);

impl Cdf<2> for Laplace {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        let z = standardised(x, loc, scale);
        if z.value() <= 0.0 { z - LN_2 } else { (-(-z).exp() * 0.5).ln_1p() }
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        Self::log_lower(-x, [-loc, scale])
    }
}

impl Quantile<2> for Laplace {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        let tail = (level.lower.min(level.upper) * 2.0).ln();
        located(loc, scale, if level.is_low() { tail } else { -tail })
    }
}

impl Moments<2> for Laplace {
    fn mean<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
    fn variance<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.square() * 2.0
    }
}

impl Mode<2> for Laplace {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Laplace {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + (1.0 + LN_2)
    }
}

impl Divergence<2, Self, 2> for Laplace {
    /// With r = scale_q / scale_p and d = |loc_q − loc_p|: r − 1 − ln r + (d − scale_q (1 − e^(−d / scale_q))) / scale_p,
    /// both terms ≥ 0.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let d = ((q[0] - p[0]) / q[1]).abs();
        let excess = exp_m1_excess(-d);
        ratio_deficit(q[1], p[1]) + excess * (q[1] / p[1])
    }
}
