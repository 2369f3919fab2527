//! HalfNormal(scale): the absolute value of Normal(0, scale).

use std::f64::consts::LN_2;

use super::HALF_LN_2_PI;
use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Divergence, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter,
    Quantile, Support, explicit_draws,
};
use crate::scalar::special::{
    log_normal_cdf, normal_cdf, normal_central_mass, normal_quantile, normal_quantile_of_central_mass,
    ratio_deficit,
};

/// √(2/π).
const MEAN: f64 = 0.797_884_560_802_865_4;

/// The half-normal law.
#[derive(Clone, Copy, Debug)]
pub struct HalfNormal;

impl Law<1> for HalfNormal {
    const NAME: &'static str = "HalfNormal";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        (x / scale).square() * -0.5 - scale.ln() + (LN_2 - HALF_LN_2_PI)
    }
}

impl Explicit<1> for HalfNormal {
    const NOISE: Noise = Noise::Normal;
    fn path<S: Scalar>(noise: S, [scale]: [S; 1]) -> S {
        scale * noise.abs()
    }
}

explicit_draws!(HalfNormal, 1, Coordinate::Itself, noise at x, [scale] => x / scale);

impl Cdf<1> for HalfNormal {
    fn lower<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        normal_central_mass(x / scale)
    }
    fn upper<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        normal_cdf(-x / scale) * 2.0
    }
    fn log_upper<S: Scalar>(x: S, [scale]: [S; 1]) -> S {
        if x.value() < scale.value() {
            return (-normal_central_mass(x / scale)).ln_1p();
        }
        log_normal_cdf(-x / scale) + LN_2
    }
}

impl Quantile<1> for HalfNormal {
    fn quantile<S: Scalar>(level: Level<S>, [scale]: [S; 1]) -> S {
        if level.is_low() {
            scale * normal_quantile_of_central_mass(level.lower)
        } else {
            -scale * normal_quantile(level.upper * 0.5)
        }
    }
}

impl Moments<1> for HalfNormal {
    fn mean<S: Scalar>([scale]: [S; 1]) -> S {
        scale * MEAN
    }
    fn variance<S: Scalar>([scale]: [S; 1]) -> S {
        scale.square() * (1.0 - MEAN * MEAN)
    }
}

impl Mode<1> for HalfNormal {
    fn mode<S: Scalar>(_: [S; 1]) -> S {
        S::from(0.0)
    }
}

impl Entropy<1> for HalfNormal {
    fn entropy<S: Scalar>([scale]: [S; 1]) -> S {
        scale.ln() + (0.5 + HALF_LN_2_PI - LN_2)
    }
}

impl Divergence<1, Self, 1> for HalfNormal {
    /// With e = `scale_q` / `scale_p` − 1: e²/2 + e − ln(1 + e).
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        let excess = (q - p) / p;
        excess.square() * 0.5 + ratio_deficit(q, p)
    }
}
