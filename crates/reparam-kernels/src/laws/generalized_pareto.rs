//! GeneralizedPareto(loc, scale, concentration): survival function e^(−y) with y = ln(1 + ξ z) / ξ, z = (x − loc) / scale
//! and the concentration ξ.

use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{BoxCox, exp_m1_over, product};
use crate::{Scalar, single};

/// The law of excesses over a threshold: exponential for concentration 0, with a power tail above it, bounded below it.
///
/// Draws are x itself: for concentrations below −½ they lose digits of the distance to the upper end, and above 16 the
/// farthest overflow.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedPareto;

impl Law<3> for GeneralizedPareto {
    const NAME: &'static str = "GeneralizedPareto";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("concentration", Domain::Real),
    ];

    fn support([loc, scale, concentration]: [f64; 3]) -> Support {
        let end = if concentration < 0.0 { loc - scale / concentration } else { f64::INFINITY };
        Support::Interval(loc, end)
    }
    /// The upper end is a quotient: the density there falls like a power of the distance, −1/ξ − 1.
    fn vanishes([_, _, concentration]: [f64; 3]) -> [bool; 2] {
        [false, concentration > -1.0]
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let [loc, scale, concentration] = theta;
        let [width, c] = [scale, concentration].map(Scalar::value);
        let at = BoxCox::new(x.value(), theta.map(Scalar::value));
        // In the scale (z − 1) / (1 + ξ z), whose parts are nearly 1 for a large ξ.
        S::chain([x, loc, scale, concentration], -product(c + 1.0, at.y) - single::log(width), || {
            let in_x = -(c + 1.0) * at.in_x;
            let in_log_scale = at.in_log_scale * (1.0 - at.z.recip());
            [
                in_x,
                -in_x,
                if at.z == 0.0 { -1.0 } else { in_log_scale } / width,
                -at.in_log_scale - at.in_power,
            ]
        })
    }
}

impl Explicit<3> for GeneralizedPareto {
    const NOISE: Noise = Noise::Exponential;
    fn path<S: Scalar>(noise: S, [loc, scale, concentration]: [S; 3]) -> S {
        loc + scale * exp_m1_over(noise, concentration)
    }
}

explicit_draws!(GeneralizedPareto, 3, Coordinate::Itself, noise at x, theta => BoxCox::new(x, theta).y);

impl Cdf<3> for GeneralizedPareto {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -(-BoxCox::lifted(x, theta)).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        (-BoxCox::lifted(x, theta)).exp()
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -BoxCox::lifted(x, theta)
    }
}

impl Quantile<3> for GeneralizedPareto {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        Self::path(-level.log_upper(), theta)
    }
}

impl Moments<3> for GeneralizedPareto {
    /// loc + scale / (1 − ξ); infinite for concentrations ξ ≥ 1.
    fn mean<S: Scalar>([loc, scale, concentration]: [S; 3]) -> S {
        if concentration.value() >= 1.0 {
            return S::from(f64::INFINITY);
        }
        loc + scale / (-concentration + 1.0)
    }
    /// scale² / ((1 − ξ)² (1 − 2ξ)); infinite for concentrations ξ ≥ ½.
    fn variance<S: Scalar>([_, scale, concentration]: [S; 3]) -> S {
        if concentration.value() >= 0.5 {
            return S::from(f64::INFINITY);
        }
        (scale / (-concentration + 1.0)).square() / (-concentration * 2.0 + 1.0)
    }
}

impl Mode<3> for GeneralizedPareto {
    fn mode<S: Scalar>([loc, scale, concentration]: [S; 3]) -> S {
        if concentration.value() < -1.0 { loc - scale / concentration } else { loc }
    }
}

impl Entropy<3> for GeneralizedPareto {
    fn entropy<S: Scalar>([_, scale, concentration]: [S; 3]) -> S {
        scale.ln() + concentration + 1.0
    }
}
