//! Normal(loc, scale): density exp(−z²/2) / (scale √2π) with z = (x − loc) / scale.

use super::HALF_LN_2_PI;
use crate::Scalar;
use crate::law::{
    Cdf, Divergence, Domain, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Support,
    location_scale_draws,
};
use crate::scalar::special::{
    located, log_normal_cdf, normal_cdf, normal_quantile, ratio_deficit, standardised,
};

/// The normal law.
#[derive(Clone, Copy, Debug)]
pub struct Normal;

impl Law<2> for Normal {
    const NAME: &'static str = "Normal";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        standardised(x, loc, scale).square() * -0.5 - scale.ln() - HALF_LN_2_PI
    }
}

location_scale_draws!(Normal, Noise::Normal);

impl Cdf<2> for Normal {
    fn lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        normal_cdf(standardised(x, loc, scale))
    }
    fn upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        normal_cdf(-standardised(x, loc, scale))
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        log_normal_cdf(standardised(x, loc, scale))
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        log_normal_cdf(-standardised(x, loc, scale))
    }
}

impl Quantile<2> for Normal {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        let tail = normal_quantile(level.lower.min(level.upper));
        located(loc, scale, if level.is_low() { tail } else { -tail })
    }
}

impl Moments<2> for Normal {
    fn mean<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
    fn variance<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.square()
    }
}

impl Mode<2> for Normal {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Normal {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + (0.5 + HALF_LN_2_PI)
    }
}

impl Divergence<2, Self, 2> for Normal {
    /// With r = `scale_q` / `scale_p` and d = (`loc_q` − `loc_p`) / `scale_p`: (r² − 1 − ln r² + d²) / 2, every term ≥ 0.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let excess = (q[1] - p[1]) / p[1];
        let distance = (q[0] - p[0]) / p[1];
        // r² − 1 − ln r² = e² + 2 (e − ln(1 + e)) with e = r − 1.
        (excess.square() + distance.square()) * 0.5 + ratio_deficit(q[1], p[1])
    }
}
