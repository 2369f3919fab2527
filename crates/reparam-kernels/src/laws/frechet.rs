//! Frechet(scale, concentration): distribution function exp(−(x / scale)^(−concentration)).

use std::f64::consts::EULER_GAMMA;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{ln_gamma_1p, ln_gamma_curvature, ln_ratio, log_log_complement};

/// The Fréchet law of maxima: the logarithm is a Gumbel number.
#[derive(Clone, Copy, Debug)]
pub struct Frechet;

impl Frechet {
    /// The log-density in x where ln(x / scale) = u.
    fn log_density_over<S: Scalar>(u: S, [scale, concentration]: [S; 2]) -> S {
        let y = concentration * u;
        -(y + u + (-y).exp()) + concentration.ln() - scale.ln()
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        Self::log_density_over(t - theta[0].ln(), theta)
    }
}

impl Law<2> for Frechet {
    const NAME: &'static str = "Frechet";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("scale", Domain::Positive), Parameter::new("concentration", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        if x.value() == 0.0 {
            return S::from(f64::NEG_INFINITY);
        }
        Self::log_density_over(ln_ratio(x, theta[0]), theta)
    }
}

impl Explicit<2> for Frechet {
    const NOISE: Noise = Noise::Gumbel;
    fn path<S: Scalar>(noise: S, [scale, concentration]: [S; 2]) -> S {
        scale.ln() + noise / concentration
    }
}

explicit_draws!(Frechet, 2, Coordinate::Log,
    noise at t, [scale, concentration] => concentration * (t - crate::single::log(scale)),
    density at coordinate: Self::log_density_at);

impl Cdf<2> for Frechet {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        -Self::log_lower(x, theta).exp_m1()
    }
    fn log_lower<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        -(-concentration * ln_ratio(x, scale)).exp()
    }
    fn log_upper<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        -log_log_complement(-concentration * ln_ratio(x, scale)).exp()
    }
}

impl Quantile<2> for Frechet {
    fn quantile<S: Scalar>(level: Level<S>, [scale, concentration]: [S; 2]) -> S {
        scale * (-(-level.log_lower()).ln() / concentration).exp()
    }
}

impl Moments<2> for Frechet {
    /// scale · Γ(1 − 1/concentration); infinite for concentrations up to 1.
    fn mean<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        scale * ln_gamma_1p(-concentration.recip()).exp()
    }
    /// scale² (Γ(1 − 2h) − Γ(1 − h)²) with h = 1/concentration; infinite for concentrations up to 2.
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        let h = -theta[1].recip();
        if theta[1].value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        let excess = h.square() * ln_gamma_curvature(S::from(1.0), h);
        Self::mean(theta).square() * excess.exp_m1()
    }
}

impl Mode<2> for Frechet {
    fn mode<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        scale * (-concentration.recip().ln_1p() / concentration).exp()
    }
}

impl Entropy<2> for Frechet {
    fn entropy<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        concentration.recip() * EULER_GAMMA + scale.ln() - concentration.ln() + (1.0 + EULER_GAMMA)
    }
}
