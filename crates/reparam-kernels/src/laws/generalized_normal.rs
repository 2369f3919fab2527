//! GeneralizedNormal(loc, scale, power): density ∝ exp(−|z|^power) with z = (x − loc) / scale.
//!
//! |z|^power is a gamma draw of shape 1 / power and rate 1: Laplace for power 1, normal for 2, uniform in the limit.

use std::f64::consts::LN_2;

use crate::law::{
    Domain, Draw, Entropy, Law, Level, Mode, Moments, Motion, Parameter, Quantile, Reparameterized, Support,
    Tail, cdf_by_tail, finite, lift_quantile,
};
use crate::sample::log_standard_gamma;
use crate::scalar::special::{
    ln_gamma_1p, ln_gamma_rise, located, log_distance, standard_value, standardised,
};
use crate::special::{self, lgamma1p, log_gamma_power_slope};
use crate::{Element, Scalar, single};

/// The generalized normal law, also called exponential power law.
#[derive(Clone, Copy, Debug)]
pub struct GeneralizedNormal;

impl GeneralizedNormal {
    fn tail<S: Scalar>(tail: Tail, x: S, [loc, scale, power]: [S; 3]) -> S {
        let z = standardised(x, loc, scale);
        let (at, power_at) = (z.value(), power.value());
        tail.lift([z, power], tail_at(tail, at, power_at), || motion(at, power_at))
    }

    /// A draw for loc = 0 and scale = 1, at most the largest number.
    fn standard_draw(bits: &mut Element, power: f64) -> f64 {
        let positive = bits.bits() >> 63 == 0;
        let width = finite(single::exp(log_standard_gamma(bits, power.recip()) / power));
        if positive { width } else { -width }
    }
}

/// |z|^power.
fn power_of<S: Scalar>(z: S, power: S) -> S {
    let (width, exponent) = (z.value().abs(), power.value());
    let value = libm::pow(width, exponent);
    S::chain([z, power], value, || {
        // At 0 the middle of both one-sided slopes.
        let in_z = if width == 0.0 { 0.0 } else { exponent * value / z.value() };
        [in_z, if value == 0.0 { 0.0 } else { value * single::log(width) }]
    })
}

/// The distribution function and its companions at z.
fn tail_at(tail: Tail, z: f64, power: f64) -> f64 {
    let (a, width) = (power.recip(), z.abs());
    let y = libm::pow(width, power);
    // Below the range of y its power 1 / a, which is all that counts, is not.
    let vanishes = width > 0.0 && y < f64::MIN_POSITIVE;
    let inside = if vanishes { width * single::exp(-lgamma1p(a)) } else { special::gamma_p(a, y) };
    let outside = if vanishes { 1.0 - inside } else { special::gamma_q(a, y) };
    let beyond = match tail {
        Tail::Lower | Tail::LogLower => z < 0.0,
        Tail::Upper | Tail::LogUpper => z > 0.0,
    };
    match tail {
        Tail::Lower | Tail::Upper if beyond => 0.5 * outside,
        Tail::Lower | Tail::Upper => 0.5 + 0.5 * inside,
        _ if !beyond => single::log1p(-0.5 * outside),
        _ if vanishes => single::log1p(-inside) - LN_2,
        _ => special::log_gamma_q(a, y) - LN_2,
    }
}

fn motion(z: f64, power: f64) -> Motion<2> {
    let peak = -LN_2 - lgamma1p(power.recip());
    Motion { log_density: peak - power_of(z, power), slopes: [1.0, -slope(z, power)] }
}

/// ∂z/∂power of a draw: ln|z| = a w for the logarithm w of a gamma draw of shape a = 1 / power.
fn slope(z: f64, power: f64) -> f64 {
    if z == 0.0 {
        return 0.0;
    }
    let a = power.recip();
    -z * a * a * log_gamma_power_slope(a, power * single::log(z.abs()))
}

impl Law<3> for GeneralizedNormal {
    const NAME: &'static str = "GeneralizedNormal";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("power", Domain::Positive),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale, power]: [S; 3]) -> S {
        let [at, start, width, exponent] = [x, loc, scale, power].map(Scalar::value);
        let (z, a) = (standard_value(at, start, width), exponent.recip());
        // ln |z|, also where z is out of range and its power is not.
        let log_z = log_distance(at, start, width);
        let fall = if z.is_finite() { libm::pow(z.abs(), exponent) } else { single::exp(exponent * log_z) };
        let peak = -lgamma1p(a) - single::log(width) - LN_2;
        S::chain([x, loc, scale, power], peak - fall, || {
            // At loc the middle of both one-sided slopes.
            let in_x = if z == 0.0 { 0.0 } else { -exponent * fall / (at - start) };
            let in_power = special::digamma(1.0 + a) * a * a - if fall == 0.0 { 0.0 } else { fall * log_z };
            [in_x, -in_x, (exponent * fall - 1.0) / width, in_power]
        })
    }
}

impl Draw<3> for GeneralizedNormal {
    fn draw(bits: &mut Element, [loc, scale, power]: [f64; 3]) -> f64 {
        finite(loc + scale * Self::standard_draw(bits, power))
    }
}

impl Reparameterized<3> for GeneralizedNormal {
    fn slopes(x: f64, [loc, scale, power]: [f64; 3]) -> [f64; 3] {
        let z = standardised(x, loc, scale);
        [1.0, z, scale * slope(z, power)]
    }
}

cdf_by_tail!(GeneralizedNormal, 3, GeneralizedNormal::tail);

impl Quantile<3> for GeneralizedNormal {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale, power]: [S; 3]) -> S {
        if !level.is_low() {
            return loc - (Self::quantile(level.reflected(), [S::from(0.0), scale, power]));
        }
        let (tail, upper, exponent) = (level.lower.value(), level.upper.value(), power.value());
        let a = exponent.recip();
        // P(|Z| > |z|) is twice the tail; near the median its complement has the digits.
        let w = if tail < 0.25 {
            special::log_gamma_q_inv(a, single::log(2.0 * tail))
        } else {
            special::log_gamma_p_inv(a, single::log(upper - tail))
        };
        let z = -single::exp(a * w);
        if z.is_infinite() {
            return S::from(z);
        }
        located(loc, scale, lift_quantile([level.lower, power], false, z, || motion(z, exponent)))
    }
}

impl Moments<3> for GeneralizedNormal {
    fn mean<S: Scalar>([loc, _, _]: [S; 3]) -> S {
        loc
    }
    /// scale² Γ(3 / power) / Γ(1 / power).
    fn variance<S: Scalar>([_, scale, power]: [S; 3]) -> S {
        let a = power.recip();
        scale.square() * ln_gamma_rise(a, a * 2.0).exp()
    }
}

impl Mode<3> for GeneralizedNormal {
    fn mode<S: Scalar>([loc, _, _]: [S; 3]) -> S {
        loc
    }
}

impl Entropy<3> for GeneralizedNormal {
    fn entropy<S: Scalar>([_, scale, power]: [S; 3]) -> S {
        let a = power.recip();
        a + ln_gamma_1p(a) + scale.ln() + LN_2
    }
}
