//! Burr(scale, concentration, alpha): survival function (1 + (x / scale)^concentration)^(−alpha).
//!
//! Type XII of I. W. Burr, "Cumulative frequency functions", Annals of Mathematical Statistics 13 (1942); the law of
//! incomes of S. K. Singh and G. S. Maddala, Econometrica 44 (1976).

use std::f64::consts::EULER_GAMMA;

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Support, explicit_draws,
};
use crate::scalar::special::{
    digamma, ln_gamma_1p, ln_gamma_curvature, ln_gamma_rise, ln_ratio, ln_softplus, log_log_complement, pow,
    pow_ratio, product, softplus_inverse,
};

/// The Burr law, with power tails at 0 and ∞: ln(1 + (x / scale)^concentration) is exponential with rate alpha.
///
/// SciPy's `burr12(c, d, scale)` is that of concentration c and alpha d. Log-logistic for alpha 1, Lomax for
/// concentration 1.
#[derive(Clone, Copy, Debug)]
pub struct Burr;

/// y where (x / scale)^concentration = e^y − 1.
fn growth<S: Scalar>(x: S, scale: S, concentration: S) -> S {
    let power = pow_ratio(x, scale, concentration);
    if power.value().is_normal() { power.ln_1p() } else { (concentration * ln_ratio(x, scale)).softplus() }
}

/// (e^y − 1)^h: x / scale for a y, with h = 1 / concentration.
pub(super) fn from_growth<S: Scalar>(y: S, h: S) -> S {
    let log = softplus_inverse(y) * h;
    let power = crate::single::expm1(y.value());
    if !power.is_normal() {
        return log.exp();
    }
    let value = libm::pow(power, h.value());
    S::chain([log], value, || [value])
}

impl Burr {
    /// The log-density in x where ln(x / scale) = u; no two terms cancel on either side of the scale.
    fn log_density_over<S: Scalar>(u: S, [scale, concentration, alpha]: [S; 3]) -> S {
        let power = concentration * u;
        let shape = if u.value() > 0.0 {
            -u - (-power).softplus() - alpha * power.softplus()
        } else {
            product(concentration - 1.0, u) - (alpha + 1.0) * power.softplus()
        };
        shape + concentration.ln() + alpha.ln() - scale.ln()
    }
    fn log_density_at<S: Scalar>(t: S, theta: [S; 3]) -> S {
        Self::log_density_over(t - theta[0].ln(), theta)
    }
    /// γ + ψ(alpha): concentration times the mean of ln(scale / x).
    pub(super) fn mean_fall<S: Scalar>(alpha: S) -> S {
        digamma(alpha + 1.0) + EULER_GAMMA - alpha.recip()
    }
}

impl Law<3> for Burr {
    const NAME: &'static str = "Burr";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("scale", Domain::Positive),
        Parameter::new("concentration", Domain::Positive),
        Parameter::new("alpha", Domain::Positive),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_density_over(ln_ratio(x, theta[0]), theta)
    }
}

impl Explicit<3> for Burr {
    const NOISE: Noise = Noise::Exponential;
    fn path<S: Scalar>(noise: S, [scale, concentration, alpha]: [S; 3]) -> S {
        scale.ln() + softplus_inverse(noise / alpha) / concentration
    }
}

explicit_draws!(Burr, 3, Coordinate::Log,
    noise at t, [scale, concentration, alpha] =>
        alpha * crate::single::softplus(concentration * (t - crate::single::log(scale))),
    density at coordinate: Self::log_density_at);

impl Cdf<3> for Burr {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        -Self::log_upper(x, theta).exp_m1()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_upper<S: Scalar>(x: S, [scale, concentration, alpha]: [S; 3]) -> S {
        -alpha * growth(x, scale, concentration)
    }
    fn log_lower<S: Scalar>(x: S, [scale, concentration, alpha]: [S; 3]) -> S {
        -log_log_complement(alpha.ln() + ln_softplus(concentration * ln_ratio(x, scale))).exp()
    }
}

impl Quantile<3> for Burr {
    fn quantile<S: Scalar>(level: Level<S>, [scale, concentration, alpha]: [S; 3]) -> S {
        scale * from_growth(-level.log_upper() / alpha, concentration.recip())
    }
}

impl Moments<3> for Burr {
    /// scale · Γ(1 + h) Γ(alpha − h) / Γ(alpha) with h = 1 / concentration; infinite for alpha ≤ h.
    fn mean<S: Scalar>([scale, concentration, alpha]: [S; 3]) -> S {
        let h = concentration.recip();
        let rest = alpha - h;
        if rest.value() <= 0.0 {
            return S::from(f64::INFINITY);
        }
        scale * (ln_gamma_1p(h) - ln_gamma_rise(rest, h)).exp()
    }
    /// scale² (Γ(1 + 2h) Γ(alpha − 2h) / Γ(alpha)) − mean²; infinite for alpha ≤ 2h.
    fn variance<S: Scalar>(theta: [S; 3]) -> S {
        let h = theta[1].recip();
        let rest = theta[2] - h * 2.0;
        if rest.value() <= 0.0 {
            return S::from(f64::INFINITY);
        }
        let curvature = ln_gamma_curvature(S::from(1.0), h) + ln_gamma_curvature(rest, h);
        Self::mean(theta).square() * (h.square() * curvature).exp_m1()
    }
}

impl Mode<3> for Burr {
    /// scale ((c − 1) / (alpha c + 1))^(1/c); 0 for concentrations c ≤ 1.
    fn mode<S: Scalar>([scale, concentration, alpha]: [S; 3]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(0.0);
        }
        scale * pow((concentration - 1.0) / (alpha * concentration + 1.0), concentration.recip())
    }
}

impl Entropy<3> for Burr {
    /// ln(scale / (alpha c)) + 1 + (1 − 1/c) (γ + ψ(1 + alpha)) + 1 / (c alpha).
    fn entropy<S: Scalar>([scale, concentration, alpha]: [S; 3]) -> S {
        let h = concentration.recip();
        // γ + ψ(alpha) without 1 / alpha, which cancels.
        let of_power = (-h + 1.0) * (digamma(alpha + 1.0) + EULER_GAMMA) + h / alpha;
        ln_ratio(scale, concentration) - alpha.ln() + of_power + 1.0
    }
}
