//! Weibull(scale, concentration): distribution function 1 − exp(−(x / scale)^concentration).

use std::f64::consts::EULER_GAMMA;

use super::Gumbel;
use crate::law::{
    Cdf, Coordinate, Divergence, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter,
    Quantile, Support, explicit_draws,
};
use crate::scalar::special::{ln_gamma_1p, ln_gamma_curvature, ln_ratio, log_log_complement, product};
use crate::{Scalar, single};

/// The Weibull law: a power of an exponential number.
#[derive(Clone, Copy, Debug)]
pub struct Weibull;

impl Weibull {
    /// The log-density in x where ln(x / scale) = u, which moves by `rate` with the argument, x or its logarithm.
    ///
    /// In the scale the slope is that of concentration · u alone: what u and the scale bring beside it is equal, and would
    /// hide it where the concentration is small.
    fn log_density_over<S: Scalar>(u: f64, (argument, rate): (S, f64), [scale, concentration]: [S; 2]) -> S {
        let (width, c) = (scale.value(), concentration.value());
        let y = c * u;
        let value = product(c - 1.0, u) - single::exp(y) + single::log(c) - single::log(width);
        S::chain([argument, scale, concentration], value, || {
            let growth = single::expm1(y);
            let in_u = if y.abs() < 1.0 { -1.0 - c * growth } else { (c - 1.0) - c * single::exp(y) };
            [in_u * rate, c * growth / width, c.recip() - u * growth]
        })
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        let u = t.value() - single::log(theta[0].value());
        Self::log_density_over(u, (t, 1.0), theta)
    }
}

impl Law<2> for Weibull {
    const NAME: &'static str = "Weibull";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("scale", Domain::Positive), Parameter::new("concentration", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let u = ln_ratio(x.value(), theta[0].value());
        Self::log_density_over(u, (x, x.value().recip()), theta)
    }
}

impl Explicit<2> for Weibull {
    const NOISE: Noise = Noise::Gumbel;
    fn path<S: Scalar>(noise: S, [scale, concentration]: [S; 2]) -> S {
        scale.ln() - noise / concentration
    }
}

explicit_draws!(Weibull, 2, Coordinate::Log,
    noise at t, [scale, concentration] => concentration * (single::log(scale) - t),
    density at coordinate: Self::log_density_at);

impl Cdf<2> for Weibull {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        -Self::log_upper(x, theta).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_upper<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        -(concentration * ln_ratio(x, scale)).exp()
    }
    fn log_lower<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        -log_log_complement(concentration * ln_ratio(x, scale)).exp()
    }
}

impl Quantile<2> for Weibull {
    fn quantile<S: Scalar>(level: Level<S>, [scale, concentration]: [S; 2]) -> S {
        scale * ((-level.log_upper()).ln() / concentration).exp()
    }
}

impl Moments<2> for Weibull {
    /// scale · Γ(1 + 1/concentration).
    fn mean<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        scale * ln_gamma_1p(concentration.recip()).exp()
    }
    /// scale² (Γ(1 + 2h) − Γ(1 + h)²) with h = 1/concentration.
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        let h = theta[1].recip();
        let excess = h.square() * ln_gamma_curvature(S::from(1.0), h);
        Self::mean(theta).square() * excess.exp_m1()
    }
}

impl Mode<2> for Weibull {
    fn mode<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(0.0);
        }
        scale * ((-concentration.recip()).ln_1p() / concentration).exp()
    }
}

impl Entropy<2> for Weibull {
    fn entropy<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        concentration.recip() * -EULER_GAMMA + scale.ln() - concentration.ln() + (1.0 + EULER_GAMMA)
    }
}

impl Divergence<2, Self, 2> for Weibull {
    /// That of −ln x, a Gumbel number.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let gumbel = |[scale, concentration]: [S; 2]| [-scale.ln(), concentration.recip()];
        Gumbel::kl(gumbel(q), gumbel(p))
    }
}
