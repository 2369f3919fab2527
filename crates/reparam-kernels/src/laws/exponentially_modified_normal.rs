//! ExponentiallyModifiedNormal(loc, scale, rate): Normal(loc, scale) and an exponential number of this rate, added.
//!
//! Density rate exp(k²/2 − k z) Φ(z − k) with z = (x − loc) / scale and k = rate · scale.

use crate::law::{
    Domain, Draw, Law, Level, Moments, Motion, Parameter, Quantile, Reparameterized, Support, Tail,
    cdf_by_tail, lift_quantile, newton,
};
use crate::special::{self, truncated_normal_excess};
use crate::{Element, Scalar, single};

/// The exponentially modified normal law (EMG), of the peaks of chromatography.
///
/// Names as in TensorFlow Probability; Stan's `exp_mod_normal(mu, sigma, lambda)` has the same three. SciPy's
/// `exponnorm(K, loc, scale)` is that of rate 1 / (K · scale). Without mode and entropy in closed form.
#[derive(Clone, Copy, Debug)]
pub struct ExponentiallyModifiedNormal;

/// What the exponential number of a draw z of scale 1 and rate k is on average: a normal number around z − k above 0.
fn excess(k: f64, z: f64) -> f64 {
    truncated_normal_excess(k - z, f64::INFINITY)
}

/// What that lacks of 1 / k, from itself.
fn shortfall(k: f64, z: f64, excess: f64) -> f64 {
    let x = k - z;
    if x < 60.0 {
        return k.recip() - excess;
    }
    // 1 / x − E: 2/x³ − 10/x⁵ + 74/x⁷ − …, from the asymptotic series of Mills' ratio, DLMF 7.12.1.
    let square = (x * x).recip();
    let series =
        [2.0, -10.0, 74.0, -706.0, 8162.0, -110_410.0].iter().rev().fold(0.0, |sum, c| square * (c + sum));
    (series - z / k) / x
}

/// The law of scale 1 around 0, at z for the rate k.
fn motion(z: f64, k: f64) -> Motion<2> {
    Motion { log_density: special::exp_normal_log_density(k, z), slopes: [1.0, excess(k, z) / k] }
}

/// The slopes in loc, scale and rate at z = (x − loc) / scale: in the scale, the normal number of a draw on average.
fn slopes_at(z: f64, [scale, rate]: [f64; 2]) -> [f64; 3] {
    let k = rate * scale;
    let excess = excess(k, z);
    let normal = if z > k { k - special::inverse_mills_ratio(z - k) } else { z - excess };
    [1.0, normal, -scale * (excess / rate)]
}

impl ExponentiallyModifiedNormal {
    fn tail<S: Scalar>(tail: Tail, x: S, [loc, scale, rate]: [S; 3]) -> S {
        let (z, k) = ((x - loc) / scale, rate * scale);
        let (at, shape) = (z.value(), k.value());
        let value = match tail {
            Tail::Lower => special::exp_normal_cdf(shape, at),
            Tail::Upper => special::exp_normal_sf(shape, at),
            Tail::LogLower => special::exp_normal_log_cdf(shape, at),
            Tail::LogUpper => special::exp_normal_log_sf(shape, at),
        };
        tail.lift([z, k], value, || motion(at, shape))
    }
}

impl Law<3> for ExponentiallyModifiedNormal {
    const NAME: &'static str = "ExponentiallyModifiedNormal";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("rate", Domain::Positive),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::REAL
    }
    /// The slopes are those in which nothing cancels: by the normal number above k, by the exponential one below.
    fn log_density<S: Scalar>(x: S, [loc, scale, rate]: [S; 3]) -> S {
        let [at, centre, width, lambda] = [x, loc, scale, rate].map(Scalar::value);
        let (z, k) = ((at - centre) / width, lambda * width);
        let value = special::exp_normal_log_density(k, z) - single::log(width);
        S::chain([x, loc, scale, rate], value, || {
            let (mills, excess) = (special::inverse_mills_ratio(z - k), excess(k, z));
            let (in_z, in_scale) = if z > k {
                (mills - k, k * k - (z + k) * mills)
            } else {
                (excess - z, z * z - (z + k) * excess)
            };
            [in_z / width, -in_z / width, in_scale / width, width * shortfall(k, z, excess)]
        })
    }
}

impl Draw<3> for ExponentiallyModifiedNormal {
    fn draw(bits: &mut Element, [loc, scale, rate]: [f64; 3]) -> f64 {
        let normal = bits.normal();
        loc + scale * normal + bits.exponential() / rate
    }
}

impl Reparameterized<3> for ExponentiallyModifiedNormal {
    fn slopes(x: f64, [loc, scale, rate]: [f64; 3]) -> [f64; 3] {
        slopes_at((x - loc) / scale, [scale, rate])
    }
}

cdf_by_tail!(ExponentiallyModifiedNormal, 3, ExponentiallyModifiedNormal::tail);

/// z where the smaller tail, the upper one as `upper` says, has this logarithm.
fn standard_quantile(log_p: f64, upper: bool, k: f64) -> f64 {
    let normal = special::normal_quantile_of_log(log_p);
    // The normal number alone is a bound from the left; the logarithms of both tails are concave.
    let start = if upper { -normal } else { normal };
    newton(start, |z| {
        let log_tail =
            if upper { special::exp_normal_log_sf(k, z) } else { special::exp_normal_log_cdf(k, z) };
        let inverse_hazard = single::exp(log_tail - special::exp_normal_log_density(k, z));
        (if upper { log_tail - log_p } else { log_p - log_tail }) * inverse_hazard
    })
}

impl Quantile<3> for ExponentiallyModifiedNormal {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale, rate]: [S; 3]) -> S {
        let upper = !level.is_low();
        let smaller = if upper { level.upper } else { level.lower };
        if smaller.value() == 0.0 {
            return S::from(if upper { f64::INFINITY } else { f64::NEG_INFINITY });
        }
        let k = rate * scale;
        let z = standard_quantile(single::log(smaller.value()), upper, k.value());
        loc + scale * lift_quantile([smaller, k], upper, z, || motion(z, k.value()))
    }
}

impl Moments<3> for ExponentiallyModifiedNormal {
    /// loc + 1 / rate.
    fn mean<S: Scalar>([loc, _, rate]: [S; 3]) -> S {
        loc + rate.recip()
    }
    /// scale² + 1 / rate².
    fn variance<S: Scalar>([_, scale, rate]: [S; 3]) -> S {
        scale.square() + rate.square().recip()
    }
}
