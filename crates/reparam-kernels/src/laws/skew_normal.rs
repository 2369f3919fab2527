//! SkewNormal(loc, scale, skewness): density 2 φ(z) Φ(skewness · z) / scale with z = (x − loc) / scale, by A. Azzalini,
//! "A class of distributions which includes the normal ones", Scandinavian Journal of Statistics 12 (1985).

use std::f64::consts::{FRAC_2_PI, LN_2};

use super::HALF_LN_2_PI;
use crate::law::{
    Cdf, Domain, Draw, Law, Level, Moments, Parameter, Quantile, Reparameterized, Support, newton,
};
use crate::scalar::special::{located, log_normal_cdf, skew_normal_cdf, skew_normal_log_cdf, standardised};
use crate::{Element, Scalar, single, special};

/// The skew-normal law: normal for skewness 0, half-normal for infinite skewness.
///
/// Without mode and entropy in closed form.
#[derive(Clone, Copy, Debug)]
pub struct SkewNormal;

/// 1 / √(1 + a²), and a times that.
fn direction<S: Scalar>(a: S) -> [S; 2] {
    if a.value().abs() <= 1.0 {
        let cosine = (a.square() + 1.0).sqrt().recip();
        return [cosine, a * cosine];
    }
    let cotangent = a.recip();
    let sine = (cotangent.square() + 1.0).sqrt().recip() * a.value().signum();
    [cotangent * sine, sine]
}

/// δ |n₀| + √(1 − δ²) n₁.
fn standard_draw(bits: &mut Element, skewness: f64) -> f64 {
    let [cosine, sine] = direction(skewness);
    let shared = bits.normal().abs();
    sine * shared + cosine * bits.normal()
}

/// The z where the lower tail has this logarithm, which is at most −ln 2.
fn standard_quantile(log_p: f64, skewness: f64) -> f64 {
    let log_density = |z: f64| LN_2 - HALF_LN_2_PI - 0.5 * z * z + special::log_normal_cdf(skewness * z);
    let [_, sine] = direction(skewness);
    let mean = sine * FRAC_2_PI.sqrt();
    let start = mean + (1.0 - mean * mean).sqrt() * special::normal_quantile_of_log(log_p);
    newton(start, |z| {
        let log_tail = special::skew_normal_log_cdf(z, skewness);
        (log_p - log_tail) * single::exp(log_tail - log_density(z))
    })
}

impl Law<3> for SkewNormal {
    const NAME: &'static str = "SkewNormal";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("skewness", Domain::Real),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale, skewness]: [S; 3]) -> S {
        let z = standardised(x, loc, scale);
        z.square() * -0.5 - scale.ln() + (LN_2 - HALF_LN_2_PI) + log_normal_cdf(skewness * z)
    }
}

impl Draw<3> for SkewNormal {
    fn draw(bits: &mut Element, [loc, scale, skewness]: [f64; 3]) -> f64 {
        loc + scale * standard_draw(bits, skewness)
    }
}

/// In loc, scale and skewness, of the draw loc + scale · z.
fn slopes_at(z: f64, scale: f64, skewness: f64) -> [f64; 3] {
    [1.0, z, scale * special::skew_normal_draw_slope(z, skewness)]
}

impl Reparameterized<3> for SkewNormal {
    fn slopes(x: f64, [loc, scale, skewness]: [f64; 3]) -> [f64; 3] {
        slopes_at(standardised(x, loc, scale), scale, skewness)
    }
    fn draw_with_slopes(bits: &mut Element, [loc, scale, skewness]: [f64; 3]) -> (f64, [f64; 3]) {
        let z = standard_draw(bits, skewness);
        (loc + scale * z, slopes_at(z, scale, skewness))
    }
}

impl Cdf<3> for SkewNormal {
    fn lower<S: Scalar>(x: S, [loc, scale, skewness]: [S; 3]) -> S {
        skew_normal_cdf(standardised(x, loc, scale), skewness)
    }
    fn upper<S: Scalar>(x: S, [loc, scale, skewness]: [S; 3]) -> S {
        skew_normal_cdf(-standardised(x, loc, scale), -skewness)
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale, skewness]: [S; 3]) -> S {
        skew_normal_log_cdf(standardised(x, loc, scale), skewness)
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale, skewness]: [S; 3]) -> S {
        skew_normal_log_cdf(-standardised(x, loc, scale), -skewness)
    }
}

impl Quantile<3> for SkewNormal {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        let [loc, scale, skewness] = theta;
        if !level.is_low() {
            return -Self::quantile(level.reflected(), [-loc, scale, -skewness]);
        }
        let (log_p, a) = (single::log(level.lower.value()), skewness.value());
        let z = if log_p == f64::NEG_INFINITY { log_p } else { standard_quantile(log_p, a) };
        let z = S::chain([level.lower, skewness], z, || {
            let density = Self::log_density(z, [0.0, 1.0, a]);
            [single::exp(-density), special::skew_normal_draw_slope(z, a)]
        });
        located(loc, scale, z)
    }
}

impl Moments<3> for SkewNormal {
    /// loc + scale δ √(2/π) with δ = skewness / √(1 + skewness²).
    fn mean<S: Scalar>([loc, scale, skewness]: [S; 3]) -> S {
        let [_, sine] = direction(skewness);
        loc + scale * sine * FRAC_2_PI.sqrt()
    }
    /// scale² (1 − 2 δ²/π).
    fn variance<S: Scalar>([_, scale, skewness]: [S; 3]) -> S {
        let [_, sine] = direction(skewness);
        scale.square() * (-sine.square() * FRAC_2_PI + 1.0)
    }
}
