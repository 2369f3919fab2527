//! GeneralizedGamma(concentration, scale, power): scale · y^(1 / power) for y ~ Gamma(concentration, 1), by E. W.
//! Stacy, "A generalization of the gamma distribution", Annals of Mathematical Statistics 33 (1962).
//!
//! Density power / (scale Γ(a)) z^(a · power − 1) exp(−z^power) with z = x / scale and a = concentration.

use super::HALF_LN_2_PI;
use super::gamma::standard;
use crate::law::{
    Coordinate, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile,
    Reparameterized, Support, Tail, cdf_by_tail,
};
use crate::sample::log_standard_gamma;
use crate::scalar::special::{
    digamma_minus_log, exp_m1_excess, gamma_log_concavity, ln_gamma_1p, ln_gamma_curvature, ln_gamma_excess,
    ln_gamma_rise, ln_ratio, pow, pow_ratio, ratio_deficit, stirling_error,
};
use crate::{Element, Scalar, single, special};

/// The law of a power of a gamma number.
///
/// SciPy's `gengamma(a, c, scale)` is that of concentration a and power c; E. W. Stacy's d is concentration · power.
/// Weibull for concentration 1, gamma for power 1, half-normal for concentration ½ and power 2, log-normal in the
/// limit.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedGamma;

/// The gamma number y that x stands for, and its logarithm, which has a value where y leaves the range of numbers.
struct Point<S> {
    y: f64,
    log_y: S,
}

impl<S: Scalar> Point<S> {
    fn of(x: S, scale: S, power: S) -> Self {
        let (at, unit, exponent) = (x.value(), scale.value(), power.value());
        Self { y: pow_ratio(at, unit, exponent), log_y: power * ln_ratio(x, scale) }
    }

    /// The log-density of ln y.
    fn log_density(self, a: S) -> S {
        let shape = a.value();
        if !self.y.is_normal() {
            return standard::log_density_of_log(self.log_y, a);
        }
        let value = special::poisson_log_mass(shape, self.y) + single::log(shape);
        S::chain([self.log_y, a], value, || {
            [shape - self.y, ln_ratio(self.y, shape) - special::digamma_minus_log(shape)]
        })
    }
}

impl GeneralizedGamma {
    fn tail<S: Scalar>(tail: Tail, x: S, [concentration, scale, power]: [S; 3]) -> S {
        let Point { y, log_y } = Point::of(x, scale, power);
        standard::tail_of_log(tail, y, log_y, concentration)
    }
}

impl Law<3> for GeneralizedGamma {
    const NAME: &'static str = "GeneralizedGamma";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("concentration", Domain::Positive),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("power", Domain::Positive),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::POSITIVE
    }
    /// At 0 it is infinite where concentration · power is below 1.
    fn log_density<S: Scalar>(x: S, [concentration, scale, power]: [S; 3]) -> S {
        if x.value() == 0.0 {
            let rise = concentration.value().mul_add(power.value(), -1.0);
            if rise != 0.0 {
                return S::from(-rise * f64::INFINITY);
            }
            return -ln_gamma_1p(concentration) - scale.ln() - pow(x / scale, power);
        }
        Point::of(x, scale, power).log_density(concentration) + power.ln() - x.ln()
    }
}

impl Draw<3> for GeneralizedGamma {
    const COORDINATE: Coordinate = Coordinate::Log;

    fn draw(bits: &mut Element, [concentration, scale, power]: [f64; 3]) -> f64 {
        single::log(scale) + log_standard_gamma(bits, concentration) / power
    }
    fn log_prob_at<S: Scalar>(t: S, [concentration, scale, power]: [S; 3]) -> S {
        let log_y = power * (t - scale.ln());
        standard::log_density_of_log(log_y, concentration) + power.ln() - t
    }
}

impl Reparameterized<3> for GeneralizedGamma {
    fn slopes(t: f64, [concentration, scale, power]: [f64; 3]) -> [f64; 3] {
        let log_ratio = t - single::log(scale);
        let in_shape = special::log_gamma_draw_slope(concentration, power * log_ratio);
        [in_shape / power, scale.recip(), -log_ratio / power]
    }
}

cdf_by_tail!(GeneralizedGamma, 3, GeneralizedGamma::tail);

impl Quantile<3> for GeneralizedGamma {
    fn quantile<S: Scalar>(level: Level<S>, [concentration, scale, power]: [S; 3]) -> S {
        let y = standard::quantile(level, concentration);
        if y.value().is_normal() {
            return scale * pow(y, power.recip());
        }
        scale * (standard::log_quantile(level, concentration) / power).exp()
    }
}

impl Moments<3> for GeneralizedGamma {
    /// scale · Γ(a + h) / Γ(a) with h = 1 / power.
    fn mean<S: Scalar>([concentration, scale, power]: [S; 3]) -> S {
        scale * ln_gamma_rise(concentration, power.recip()).exp()
    }
    /// scale² (Γ(a + 2h) / Γ(a) − Γ(a + h)² / Γ(a)²).
    fn variance<S: Scalar>(theta: [S; 3]) -> S {
        let h = theta[2].recip();
        let excess = h.square() * ln_gamma_curvature(theta[0], h);
        Self::mean(theta).square() * excess.exp_m1()
    }
}

impl Mode<3> for GeneralizedGamma {
    /// scale · (a − h)^h; 0 where a ≤ h.
    fn mode<S: Scalar>([concentration, scale, power]: [S; 3]) -> S {
        let rise = concentration * power - 1.0;
        if rise.value() <= 0.0 { S::from(0.0) } else { scale * pow(rise / power, power.recip()) }
    }
}

impl Entropy<3> for GeneralizedGamma {
    /// a + ln Γ(a) − a ψ(a) + h ψ(a) + ln(scale · h), without the terms of the size of a ln a.
    fn entropy<S: Scalar>([a, scale, power]: [S; 3]) -> S {
        let fall = digamma_minus_log(a);
        let shape = stirling_error(a) - a * fall + HALF_LN_2_PI - a.ln() * 0.5;
        shape + (a.ln() + fall) / power + scale.ln() - power.ln()
    }
}

impl Divergence<3, Self, 3> for GeneralizedGamma {
    /// With r = `power_p` / `power_q`, the concentrations a and b, and M the logarithm of E\[(x /
    /// `scale_p`)^`power_p`\] / b: the divergence b (e^M − 1 − M) of the means, that of the shapes at equal powers,
    /// and of the powers the Bregman divergence b D(a + r; a + 1) of ln Γ and what r has above its tangent.
    fn kl<S: Scalar>([a, scale, power]: [S; 3], [b, other, exponent]: [S; 3]) -> S {
        let r = exponent / power;
        let step = (exponent - power) / power;
        // ln Γ(a + r) − ln Γ(a + 1), exactly 0 for equal powers.
        let rise =
            if step.value() >= 0.0 { ln_gamma_rise(a + 1.0, step) } else { -ln_gamma_rise(a + r, -step) };
        let m = exponent * ln_ratio(scale, other) + rise + ln_ratio(a, b);
        let of_powers = b * ln_gamma_excess(a + 1.0, step) + ratio_deficit(r * b, a);
        let sum = of_powers - gamma_log_concavity(a, b) + b * exp_m1_excess(m);
        sum.max(S::from(0.0))
    }
}
