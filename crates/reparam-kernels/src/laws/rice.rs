//! Rice(distance, scale): the length √(y₁² + y₂²) of two independent normal numbers of this scale around a point at
//! this distance from the origin, by S. O. Rice, "Mathematical analysis of random noise", Bell System Technical
//! Journal 24 (1945).
//!
//! Density x / scale² exp(−(x² + distance²) / (2 scale²)) I₀(x · distance / scale²); x² / scale² is noncentral χ²
//! with two degrees of freedom.

use crate::law::{
    Coordinate, Domain, Draw, Law, Level, Moments, Motion, Parameter, Quantile, Reparameterized, Support,
    Tail, cdf_by_tail, lift_quantile,
};
use crate::scalar::special::von_mises_log_peak;
use crate::special::{bessel_ratio, bessel_ratio_complement};
use crate::{Element, Scalar, single, special};

/// ln 2π.
const LN_2_PI: f64 = 1.837_877_066_409_345_3;

/// The Rice law: Rayleigh for distance 0, nearly normal for many scales.
///
/// SciPy's `rice(b, scale=scale)` is that of distance b · scale; PyMC and most books call the parameters ν and σ.
/// Tails and quantiles as for the noncentral χ² law. Without mode and entropy in closed form.
#[derive(Clone, Copy, Debug)]
pub struct Rice;

/// For scale 1 at z = x / scale and b = distance / scale: density, and slopes of z less the quantile at its level.
fn motion(z: f64, b: f64) -> Motion<2> {
    let log_density = single::log(z) - 0.5 * (z - b) * (z - b) - special::von_mises_log_peak(z * b) - LN_2_PI;
    Motion { log_density, slopes: [1.0, -bessel_ratio(z * b)] }
}

impl Rice {
    fn tail<S: Scalar>(tail: Tail, x: S, [distance, scale]: [S; 2]) -> S {
        let (z, b) = (x / scale, distance / scale);
        let (at, shift) = (z.value(), b.value());
        let (m, y) = (0.5 * shift * shift, 0.5 * at * at);
        let value = match tail {
            Tail::Lower => special::noncentral_gamma_p(1.0, m, y),
            Tail::Upper => special::noncentral_gamma_q(1.0, m, y),
            Tail::LogLower => special::log_noncentral_gamma_p(1.0, m, y),
            Tail::LogUpper => special::log_noncentral_gamma_q(1.0, m, y),
        };
        tail.lift([z, b], value, || motion(at, shift))
    }
}

impl Law<2> for Rice {
    const NAME: &'static str = "Rice";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("distance", Domain::NonNegative), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [distance, scale]: [S; 2]) -> S {
        let (z, b) = (x / scale, distance / scale);
        z.ln() - (z - b).square() * 0.5 - von_mises_log_peak(z * b) - scale.ln() - LN_2_PI
    }
}

impl Draw<2> for Rice {
    const COORDINATE: Coordinate = Coordinate::Log;

    fn draw(bits: &mut Element, [distance, scale]: [f64; 2]) -> f64 {
        let (along, across) = (distance + scale * bits.normal(), scale * bits.normal());
        single::log(along.hypot(across))
    }
}

impl Reparameterized<2> for Rice {
    /// With the ratio R of Bessel functions, ∂x/∂distance = R and ∂x/∂scale = (x − R distance) / scale.
    fn slopes(t: f64, [distance, scale]: [f64; 2]) -> [f64; 2] {
        let x = single::exp(t);
        let k = x / scale * (distance / scale);
        let rest = if x < 0.5 * distance || x > 2.0 * distance {
            1.0 - bessel_ratio(k) * (distance / x)
        } else {
            ((x - distance) + distance * bessel_ratio_complement(k)) / x
        };
        [bessel_ratio(k) / x, rest / scale]
    }
}

cdf_by_tail!(Rice, 2, Rice::tail);

impl Quantile<2> for Rice {
    fn quantile<S: Scalar>(level: Level<S>, [distance, scale]: [S; 2]) -> S {
        let upper = !level.is_low();
        let smaller = if upper { level.upper } else { level.lower };
        if smaller.value() == 0.0 {
            return S::from(if upper { f64::INFINITY } else { 0.0 });
        }
        let b = distance / scale;
        let m = 0.5 * b.value() * b.value();
        let y = special::noncentral_gamma_quantile(1.0, m, single::log(smaller.value()), upper);
        let z = (2.0 * y).sqrt();
        scale * lift_quantile([smaller, b], upper, z, || motion(z, b.value()))
    }
}

impl Moments<2> for Rice {
    /// scale √(π/2) e^(−h) ((1 + 2h) I₀(h) + 2h I₁(h)) with h = distance² / (4 scale²).
    fn mean<S: Scalar>([distance, scale]: [S; 2]) -> S {
        let b = distance / scale;
        let [value, slope] = special::rice_mean(b.value());
        scale * S::chain([b], value, || [slope])
    }
    /// 2 scale² + distance² − mean².
    fn variance<S: Scalar>([distance, scale]: [S; 2]) -> S {
        let b = distance / scale;
        let [value, slope] = special::rice_variance(b.value());
        scale.square() * S::chain([b], value, || [slope])
    }
}
