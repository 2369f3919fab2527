//! LogLogistic(scale, concentration): distribution function 1 / (1 + (x / scale)^(−concentration)).

use std::f64::consts::PI;

use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{ln_ratio, product, sin_excess};
use crate::{Scalar, single};

/// The law of a positive number whose logarithm is logistic.
#[derive(Clone, Copy, Debug)]
pub struct LogLogistic;

impl LogLogistic {
    /// The log-density in x where ln(x / scale) = u, which moves by `rate` with the argument, x or its logarithm.
    ///
    /// In the scale the slope is that of concentration · u alone: what u and the scale bring beside it is equal, and would
    /// hide it where the concentration is small.
    fn log_density_over<S: Scalar>(u: f64, (argument, rate): (S, f64), [scale, concentration]: [S; 2]) -> S {
        let (width, c) = (scale.value(), concentration.value());
        let y = c * u;
        let value = product(c - 1.0, u) - 2.0 * single::softplus(y) + single::log(c) - single::log(width);
        S::chain([argument, scale, concentration], value, || {
            let tilt = single::tanh(0.5 * y);
            let in_u = if y.abs() < 1.0 { -1.0 - c * tilt } else { (c - 1.0) - 2.0 * c * single::sigmoid(y) };
            [in_u * rate, c * tilt / width, c.recip() - u * tilt]
        })
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 2]) -> S {
        let u = t.value() - single::log(theta[0].value());
        Self::log_density_over(u, (t, 1.0), theta)
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
        let u = ln_ratio(x.value(), theta[0].value());
        Self::log_density_over(u, (x, x.value().recip()), theta)
    }
}

impl Explicit<2> for LogLogistic {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, [scale, concentration]: [S; 2]) -> S {
        scale.ln() + noise / concentration
    }
}

explicit_draws!(LogLogistic, 2, Coordinate::Log,
    noise at t, [scale, concentration] => concentration * (t - single::log(scale)),
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
