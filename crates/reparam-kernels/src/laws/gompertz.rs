//! Gompertz(concentration, rate): survival function exp(−concentration (e^(rate · x) − 1)), by B. Gompertz (1825).

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{
    log_log_complement, log1p_exponential_variance, scaled_exponential_integral, softplus_inverse,
};

/// The Gompertz law of mortality, with a hazard that grows exponentially.
///
/// The names are those of TensorFlow Probability. SciPy's `gompertz(c, scale)` is that of concentration c and rate 1
/// / scale; R's flexsurv has shape = rate and rate = concentration · rate.
#[derive(Clone, Copy, Debug)]
pub struct Gompertz;

impl Law<2> for Gompertz {
    const NAME: &'static str = "Gompertz";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("concentration", Domain::Positive), Parameter::new("rate", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [concentration, rate]: [S; 2]) -> S {
        let y = rate * x;
        let hazard = concentration * y.exp_m1();
        if hazard.value() == f64::INFINITY {
            return S::from(f64::NEG_INFINITY);
        }
        y - hazard + concentration.ln() + rate.ln()
    }
}

impl Explicit<2> for Gompertz {
    const NOISE: Noise = Noise::Exponential;
    fn path<S: Scalar>(noise: S, [concentration, rate]: [S; 2]) -> S {
        (noise / concentration).ln_1p() / rate
    }
}

explicit_draws!(Gompertz, 2, Coordinate::Itself,
    noise at x, [concentration, rate] => concentration * crate::single::expm1(rate * x));

impl Cdf<2> for Gompertz {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        -Self::log_upper(x, theta).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_upper<S: Scalar>(x: S, [concentration, rate]: [S; 2]) -> S {
        -concentration * (rate * x).exp_m1()
    }
    fn log_lower<S: Scalar>(x: S, [concentration, rate]: [S; 2]) -> S {
        -log_log_complement(concentration.ln() + softplus_inverse(rate * x)).exp()
    }
}

impl Quantile<2> for Gompertz {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        Self::path(-level.log_upper(), theta)
    }
}

impl Moments<2> for Gompertz {
    /// e^c E₁(c) / rate with c = concentration.
    fn mean<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        scaled_exponential_integral(concentration) / rate
    }
    /// Var\[ln(1 + y / c)\] / rate² for an exponential number y, by quadrature.
    fn variance<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        log1p_exponential_variance(concentration) / rate.square()
    }
}

impl Mode<2> for Gompertz {
    /// −ln(concentration) / rate; 0 for concentrations from 1 on.
    fn mode<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        if concentration.value() >= 1.0 { S::from(0.0) } else { -concentration.ln() / rate }
    }
}

impl Entropy<2> for Gompertz {
    /// 1 − ln(c · rate) − e^c E₁(c) with c = concentration.
    fn entropy<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        -concentration.ln() - scaled_exponential_integral(concentration) - rate.ln() + 1.0
    }
}
