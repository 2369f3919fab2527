//! The von Mises distribution with mean direction 0: its distribution function and the slope of its draws.
//!
//! Both are integrals of e^(k (cos t − cos z)), taken from the side where the integrand does not change its sign, with an
//! exponent that is an algebraic function of the variable: one rule serves for every concentration.

use std::f64::consts::PI;

use super::orders_zero_one::i0e;
use super::ratio::bessel_ratio_complement;
use crate::Function;
use crate::elementary::{exp, log, log1p};
use crate::special::quadrature::{NEGLIGIBLE, integrate};

/// The distribution function of the von Mises distribution.
///
/// F(z) = ∫ e^(k cos t) dt / (2π I₀(k)) from −π to z, for a concentration k ≥ 0 and z in [−π, π]; 0 below, 1 above. The lower
/// tail has full relative accuracy; the upper tail is the lower one of −z. Not-a-number for a negative k.
///
/// Largest relative error measured: 9e-16 in the bulk; in the tail 1e-16 times the distance k (1 − cos z) from the mode.
pub fn von_mises_cdf(k: f64, z: f64) -> f64 {
    if z > 0.0 { 1.0 - lower_cdf(k, z) } else { lower_cdf(k, z) }
}

/// The logarithm of [`von_mises_cdf`], finite where that underflows.
///
/// Errors as there, in absolute terms where the logarithm is below 1.
pub fn von_mises_log_cdf(k: f64, z: f64) -> f64 {
    if z > 0.0 {
        return log1p(-lower_cdf(k, z));
    }
    if outside(k, z) || z.abs() > PI || k == f64::INFINITY {
        return log(lower_cdf(k, z));
    }
    let angle = HalfAngle::of(z);
    angle.log_density(k) + log(angle.mass_below(k, |_| 1.0))
}

/// The logarithm of the density of the von Mises distribution at its mode.
///
/// −log(2π e^(−k) I₀(k)), for a concentration k ≥ 0: −log 2π at 0, ~ ½ log(k / 2π) for large k. Relative error below 4 ulp;
/// near k = 6, where it vanishes, in proportion to the condition.
pub fn von_mises_log_peak(k: f64) -> f64 {
    -log(2.0 * PI * i0e(k))
}

/// The slope in the concentration of a von Mises draw at a fixed value of the distribution function.
///
/// dz/dk = −(∂F/∂k) / f = ∫ (A(k) − cos t) e^(k (cos t − cos z)) dt from −π to z, where A is the ratio of the Bessel functions,
/// for a concentration k ≥ 0 and z in [−π, π]: odd in z and positive below 0, −sin z at k = 0, ~ −z/(2k) for large k. Within
/// the angle where cos z = A the integral is taken from 0. Not-a-number outside.
///
/// Largest relative error measured: 2e-15 for every k and z.
pub fn von_mises_draw_slope(k: f64, z: f64) -> f64 {
    if outside(k, z) || z.abs() > PI {
        return f64::NAN;
    }
    if k == f64::INFINITY {
        return 0.0_f64.copysign(-z);
    }
    let spread = bessel_ratio_complement(k);
    let angle = HalfAngle::of(z);
    let slope = if angle.is_within(spread) {
        angle.mass_to_mode(k, move |versine| spread - versine)
    } else {
        angle.mass_below(k, move |versine| versine - spread)
    };
    slope.copysign(-z)
}

/// F(−|z|).
fn lower_cdf(k: f64, z: f64) -> f64 {
    if outside(k, z) {
        return f64::NAN;
    }
    if z.abs() > PI {
        return 0.0;
    }
    if k == f64::INFINITY {
        return if z == 0.0 { 0.5 } else { 0.0 };
    }
    let angle = HalfAngle::of(z);
    exp(angle.log_density(k)) * angle.mass_below(k, |_| 1.0)
}

/// Whether k is no concentration, or z no number.
pub(super) fn outside(k: f64, z: f64) -> bool {
    k.is_nan() || k < 0.0 || z.is_nan()
}

/// The sine and the cosine of |z|/2, each with full relative accuracy.
#[derive(Clone, Copy, Debug)]
pub(super) struct HalfAngle {
    sin: f64,
    cos: f64,
}

impl HalfAngle {
    /// Of the angle |z| ≤ π.
    pub(super) fn of(z: f64) -> Self {
        let (sin, cos) = libm::sincos(0.5 * z.abs());
        Self { sin, cos }
    }

    /// Whether 1 − cos z is at most `versine`.
    pub(super) fn is_within(self, versine: f64) -> bool {
        2.0 * self.sin * self.sin <= versine
    }

    /// The logarithm of the density at z.
    pub(super) fn log_density(self, k: f64) -> f64 {
        von_mises_log_peak(k) - 2.0 * k * self.sin * self.sin
    }

    /// ∫ w(1 − cos t) e^(k (cos t − cos z)) dt from −π to −|z|.
    pub(super) fn mass_below(self, k: f64, weight: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
        let Self { sin, cos } = self;
        // The integrand ends where 2k (sin²(t/2) − sin²(z/2)) is beyond what counts, and at −π.
        let fall = (0.5 * NEGLIGIBLE / k).min(cos * cos);
        let end = Self { sin: (sin * sin + fall).sqrt(), cos: (cos * cos - fall).max(0.0).sqrt() };
        // The sine and the cosine of the difference of the half angles.
        let sin_theta = fall / (end.sin * cos + sin * end.cos);
        let cos_theta = sin * end.sin + cos * end.cos;
        4.0 * integrate(Below { k, angle: self, weight }, 0.0, sin_theta / (1.0 + cos_theta))
    }

    /// ∫ w(1 − cos t) e^(k (cos t − cos z)) dt from −|z| to 0, for |z| < π/2.
    pub(super) fn mass_to_mode(self, k: f64, weight: impl Fn(f64) -> f64 + Copy + Send + Sync) -> f64 {
        // In s = sin(t/2), where dt = 2 ds / cos(t/2).
        let integrand = move |s: f64| {
            let rise = 2.0 * k * (self.sin - s) * (self.sin + s);
            exp(rise) * weight(2.0 * s * s) / (1.0 - s * s).sqrt()
        };
        2.0 * integrate(integrand, 0.0, self.sin)
    }
}

/// A quarter of the integrand of [`HalfAngle::mass_below`] in x = tan(θ/2), where t = −|z| − 2θ: sin θ and cos θ are rational in x.
#[derive(Clone, Copy)]
struct Below<W> {
    k: f64,
    angle: HalfAngle,
    weight: W,
}

impl<W: Fn(f64) -> f64 + Copy + Send + Sync> Function<f64, f64> for Below<W> {
    #[inline(always)]
    fn at(self, x: f64) -> f64 {
        let Self { k, angle: HalfAngle { sin, cos }, weight } = self;
        let unit = 1.0 / (1.0 + x * x);
        let (sin_theta, cos_theta) = (2.0 * x * unit, (1.0 - x * x) * unit);
        // sin(|t|/2) and cos(|t|/2); cos z − cos t = 2 sin(|z| + θ) sin θ.
        let (far_sin, far_cos) = (sin * cos_theta + cos * sin_theta, cos * cos_theta - sin * sin_theta);
        let fall = 2.0 * (sin * far_cos + cos * far_sin) * sin_theta;
        exp(-k * fall) * weight(2.0 * far_sin * far_sin) * unit
    }
}
