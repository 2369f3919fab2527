//! Pareto(scale, alpha): survival function (scale / x)^alpha for x ≥ scale.

use crate::law::{
    Cdf, Coordinate, Divergence, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter,
    Quantile, Support, explicit_draws,
};
use crate::scalar::special::{ln_ratio, ratio_deficit};
use crate::{Scalar, single};

/// The Pareto law: the logarithm of x / scale is exponential.
#[derive(Clone, Copy, Debug)]
pub struct Pareto;

impl Pareto {
    /// The log-density in x where ln(x / scale) = u, which moves by `rate` with the argument, x or its logarithm.
    ///
    /// In the scale the slope is that of alpha · u alone: what u and the scale bring beside it is equal, and would
    /// hide it where alpha is small.
    fn log_density_over<S: Scalar>(u: f64, (argument, rate): (S, f64), [scale, alpha]: [S; 2]) -> S {
        let (width, a) = (scale.value(), alpha.value());
        let value = -(a + 1.0) * u + single::log(a) - single::log(width);
        S::chain([argument, scale, alpha], value, || [-(a + 1.0) * rate, a / width, a.recip() - u])
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        let u = t.value() - single::log(theta[0].value());
        Self::log_density_over(u, (t, 1.0), theta)
    }
}

impl Law<2> for Pareto {
    const NAME: &'static str = "Pareto";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("scale", Domain::Positive), Parameter::new("alpha", Domain::Positive)];

    fn support([scale, _]: [f64; 2]) -> Support {
        Support::Interval(scale, f64::INFINITY)
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let u = ln_ratio(x.value(), theta[0].value());
        Self::log_density_over(u, (x, x.value().recip()), theta)
    }
}

impl Explicit<2> for Pareto {
    const NOISE: Noise = Noise::Exponential;
    fn path<S: Scalar>(noise: S, [scale, alpha]: [S; 2]) -> S {
        scale.ln() + noise / alpha
    }
}

explicit_draws!(Pareto, 2, Coordinate::Log,
    noise at t, [scale, alpha] => alpha * (t - single::log(scale)),
    density at coordinate: Self::log_density_at);

impl Cdf<2> for Pareto {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        -Self::log_upper(x, theta).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_upper<S: Scalar>(x: S, [scale, alpha]: [S; 2]) -> S {
        -alpha * ln_ratio(x, scale)
    }
}

impl Quantile<2> for Pareto {
    fn quantile<S: Scalar>(level: Level<S>, [scale, alpha]: [S; 2]) -> S {
        scale * (-level.log_upper() / alpha).exp()
    }
}

impl Moments<2> for Pareto {
    /// scale · alpha / (alpha − 1); infinite for alpha ≤ 1.
    fn mean<S: Scalar>([scale, alpha]: [S; 2]) -> S {
        if alpha.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        scale * (alpha / (alpha - 1.0))
    }
    /// scale² alpha / ((alpha − 1)² (alpha − 2)); infinite for alpha ≤ 2.
    fn variance<S: Scalar>([scale, alpha]: [S; 2]) -> S {
        if alpha.value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        (scale / (alpha - 1.0)).square() * (alpha / (alpha - 2.0))
    }
}

impl Mode<2> for Pareto {
    fn mode<S: Scalar>([scale, _]: [S; 2]) -> S {
        scale
    }
}

impl Entropy<2> for Pareto {
    fn entropy<S: Scalar>([scale, alpha]: [S; 2]) -> S {
        scale.ln() - alpha.ln() + alpha.recip() + 1.0
    }
}

impl Divergence<2, Self, 2> for Pareto {
    /// With e = `alpha_p` / `alpha_q` − 1: e − ln(1 + e) + `alpha_p` ln(`scale_q` / `scale_p`); infinite for
    /// `scale_q` < `scale_p`.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[0].value() < p[0].value() {
            return S::from(f64::INFINITY);
        }
        ratio_deficit(p[1], q[1]) + p[1] * ln_ratio(q[0], p[0])
    }
}
