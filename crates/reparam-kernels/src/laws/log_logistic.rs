//! LogLogistic(scale, concentration): distribution function 1 / (1 + (x / scale)^(−concentration)).

use std::f64::consts::PI;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{ln_ratio, product, sin_excess};

/// The law of a positive number whose logarithm is logistic.
#[derive(Clone, Copy, Debug)]
pub struct LogLogistic;

impl LogLogistic {
    /// The log-density in x where ln(x / scale) = u.
    fn log_density_over<S: Scalar>(u: S, [scale, concentration]: [S; 2]) -> S {
        let rise = product(concentration - 1.0, u) - (concentration * u).softplus() * 2.0;
        rise + concentration.ln() - scale.ln()
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        Self::log_density_over(t - theta[0].ln(), theta)
    }
}

impl Law<2> for LogLogistic {
    const NAME: &'static str = "LogLogistic";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("scale", Domain::Positive), Parameter::new("concentration", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_density_over(ln_ratio(x, theta[0]), theta)
    }
}

impl Explicit<2> for LogLogistic {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, [scale, concentration]: [S; 2]) -> S {
        scale.ln() + noise / concentration
    }
}

explicit_draws!(LogLogistic, 2, Coordinate::Log,
    noise at t, [scale, concentration] => concentration * (t - crate::single::log(scale)),
    density at coordinate: Self::log_density_at);

impl Cdf<2> for LogLogistic {
    fn lower<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        (concentration * ln_ratio(x, scale)).sigmoid()
    }
    fn upper<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        (-concentration * ln_ratio(x, scale)).sigmoid()
    }
    fn log_lower<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        -(-concentration * ln_ratio(x, scale)).softplus()
    }
    fn log_upper<S: Scalar>(x: S, [scale, concentration]: [S; 2]) -> S {
        -(concentration * ln_ratio(x, scale)).softplus()
    }
}

impl Quantile<2> for LogLogistic {
    fn quantile<S: Scalar>(level: Level<S>, [scale, concentration]: [S; 2]) -> S {
        scale * (level.log_odds() / concentration).exp()
    }
}

impl Moments<2> for LogLogistic {
    /// scale · b / sin b with b = π / concentration; infinite for concentrations up to 1.
    fn mean<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        let [b, sine, _] = angle(concentration);
        scale * b / sine
    }
    /// scale² (2b / sin 2b − b² / sin² b); infinite for concentrations up to 2.
    fn variance<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        if concentration.value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        let [b, sine, cosine] = angle(concentration);
        (scale / sine).square() * (b / cosine) * sin_excess(b)
    }
}

/// b = π / c with its sine and cosine, which vanish at c = 1 and 2 without losing digits.
fn angle<S: Scalar>(c: S) -> [S; 3] {
    let b = S::from(PI) / c;
    let sine = if c.value() < 2.0 { ((c - 1.0) / c * PI).sin() } else { b.sin() };
    [b, sine, ((c - 2.0) / c * (0.5 * PI)).sin()]
}

impl Mode<2> for LogLogistic {
    fn mode<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(0.0);
        }
        // ((c − 1) / (c + 1))^(1/c)
        let ratio = (S::from(-2.0) / (concentration + 1.0)).ln_1p();
        scale * (ratio / concentration).exp()
    }
}

impl Entropy<2> for LogLogistic {
    fn entropy<S: Scalar>([scale, concentration]: [S; 2]) -> S {
        scale.ln() - concentration.ln() + 2.0
    }
}
