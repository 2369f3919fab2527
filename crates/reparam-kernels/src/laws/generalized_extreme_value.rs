//! GeneralizedExtremeValue(loc, scale, concentration): distribution function exp(−e^(−y)) with y = ln(1 + ξ z) / ξ,
//! z = (x − loc) / scale and the concentration ξ.

use std::f64::consts::{EULER_GAMMA, PI};

use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{
    BoxCox, exp_m1_over, ln_gamma_1p, ln_gamma_curvature, log_log_complement, product,
};
use crate::{Scalar, single};

/// The law of maxima: Gumbel's for concentration 0, Fréchet's above it, Weibull's reflected below it.
///
/// Draws are x itself: for concentrations below −½ they lose digits of the distance to the upper end, and above 16 the
/// farthest overflow.
///
/// The log-density falls to −∞ as x comes to the end where the law thins out, faster than any number: where it is beyond the
/// range of numbers, and from the end on, it is −∞ and its slopes are taken as 0.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedExtremeValue;

impl Law<3> for GeneralizedExtremeValue {
    const NAME: &'static str = "GeneralizedExtremeValue";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("concentration", Domain::Real),
    ];

    fn support([loc, scale, concentration]: [f64; 3]) -> Support {
        let end = loc - scale / concentration;
        if concentration > 0.0 {
            Support::Interval(end, f64::INFINITY)
        } else if concentration < 0.0 {
            Support::Interval(f64::NEG_INFINITY, end)
        } else {
            Support::REAL
        }
    }
    /// The upper end is a quotient: the density there falls like a power of the distance, −1/ξ − 1.
    fn vanishes([_, _, concentration]: [f64; 3]) -> [bool; 2] {
        [true, concentration > -1.0]
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 3]) -> S {
        let [loc, scale, concentration] = theta;
        let [width, c] = [scale, concentration].map(Scalar::value);
        let at = BoxCox::new(x.value(), theta.map(Scalar::value));
        let fall = single::exp(-at.y);
        if fall == f64::INFINITY {
            return S::from(f64::NEG_INFINITY);
        }
        S::chain([x, loc, scale, concentration], -product(c + 1.0, at.y) - fall - single::log(width), || {
            // e^(−y) − 1, of the sign that z has not: in the scale and in ξ nothing is left of the terms that cancel.
            let rest = single::expm1(-at.y);
            let in_x = (rest - c) * at.in_x;
            let share = (1.0 + c * at.z).max(0.0).recip();
            let in_log_scale = -at.in_log_scale * rest - share;
            [in_x, -in_x, in_log_scale / width, -at.in_log_scale + rest * at.in_power]
        })
    }
}

impl Explicit<3> for GeneralizedExtremeValue {
    const NOISE: Noise = Noise::Gumbel;
    fn path<S: Scalar>(noise: S, [loc, scale, concentration]: [S; 3]) -> S {
        loc + scale * exp_m1_over(noise, concentration)
    }
}

explicit_draws!(GeneralizedExtremeValue, 3, Coordinate::Itself, noise at x, theta => BoxCox::new(x, theta).y);

impl Cdf<3> for GeneralizedExtremeValue {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -Self::log_lower(x, theta).exp_m1()
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -(-BoxCox::lifted(x, theta)).exp()
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -log_log_complement(-BoxCox::lifted(x, theta)).exp()
    }
}

impl Quantile<3> for GeneralizedExtremeValue {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        Self::path(-(-level.log_lower()).ln(), theta)
    }
}

impl Moments<3> for GeneralizedExtremeValue {
    /// loc + scale (Γ(1 − ξ) − 1) / ξ; infinite for concentrations ξ ≥ 1.
    fn mean<S: Scalar>([loc, scale, concentration]: [S; 3]) -> S {
        let xi = concentration.value();
        if xi >= 1.0 {
            return S::from(f64::INFINITY);
        }
        let log_gamma = ln_gamma_1p(-concentration);
        // ln Γ(1 − ξ) = γ ξ + π²/12 ξ² + …
        let log_slope = if xi.abs() < 1e-8 {
            concentration * (PI * PI / 12.0) + EULER_GAMMA
        } else {
            log_gamma / concentration
        };
        loc + scale * log_slope * exp_m1_over(S::from(1.0), log_gamma)
    }
    /// scale² (Γ(1 − 2ξ) − Γ(1 − ξ)²) / ξ²; infinite for concentrations ξ ≥ ½.
    fn variance<S: Scalar>([_, scale, concentration]: [S; 3]) -> S {
        if concentration.value() >= 0.5 {
            return S::from(f64::INFINITY);
        }
        let curvature = ln_gamma_curvature(S::from(1.0), -concentration);
        let relative = curvature * exp_m1_over(S::from(1.0), concentration.square() * curvature);
        (scale * ln_gamma_1p(-concentration).exp()).square() * relative
    }
}

impl Mode<3> for GeneralizedExtremeValue {
    fn mode<S: Scalar>([loc, scale, concentration]: [S; 3]) -> S {
        if concentration.value() <= -1.0 {
            return loc - scale / concentration;
        }
        Self::path(-concentration.ln_1p(), [loc, scale, concentration])
    }
}

impl Entropy<3> for GeneralizedExtremeValue {
    fn entropy<S: Scalar>([_, scale, concentration]: [S; 3]) -> S {
        scale.ln() + concentration * EULER_GAMMA + (1.0 + EULER_GAMMA)
    }
}
