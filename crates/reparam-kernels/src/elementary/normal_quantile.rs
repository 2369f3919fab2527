//! The quantile function of the standard normal distribution.

use super::log::scaled_log;
use super::{horner, log};
use crate::Real;

/// A quotient of two polynomials, lowest degree first.
pub struct Rational<T: 'static> {
    numerator: &'static [T],
    denominator: &'static [T],
}

/// Rational approximations on three stretches of the tail probability t.
pub trait Table: Sized + 'static {
    /// The border between the second and the third stretch, in √(−ln t).
    const SPLIT: Self;
    /// z / (½ − t) in 0.425² − (½ − t)², for ½ − t ≤ 0.425.
    const CENTRE: Rational<Self>;
    /// z in √(−ln t) − 1.6, up to the border.
    const MIDDLE: Rational<Self>;
    /// z in √(−ln t) − border, to the smallest positive number.
    const TAIL: Rational<Self>;
}

impl Table for f32 {
    const SPLIT: Self = 4.0;
    const CENTRE: Rational<Self> = Rational {
        numerator: &[3.38713286, 58.814194, 246.983575, 174.885542, -26.414804],
        denominator: &[1.0, 20.3692567, 112.076346, 147.329978],
    };
    const MIDDLE: Rational<Self> = Rational {
        numerator: &[1.42343712, 2.8909144, 1.52624663, 0.229290345],
        denominator: &[1.0, 0.831203698, 0.161454506, 3.00018294e-5],
    };
    const TAIL: Rational<Self> = Rational {
        numerator: &[5.17734122, 3.23497162, 0.621946656, 0.0367831335],
        denominator: &[1.0, 0.336453867, 0.0259929052, 2.9211393e-7],
    };
}
impl Table for f64 {
    const SPLIT: Self = 5.0;
    const CENTRE: Rational<Self> = Rational {
        numerator: &[
            3.3871328727963666,
            133.14159990806922,
            1.9715887509250076e3,
            1.3731668598925108e4,
            4.5921830928948848e4,
            6.7265524582166824e4,
            3.3430415772564084e4,
            2.5090658366448467e3,
        ],
        denominator: &[
            1.0,
            42.313310630432252,
            687.18629783873633,
            5.3941869014083333e3,
            2.1213742051759484e4,
            3.9307763767513598e4,
            2.8728959991261607e4,
            5.226466537494996e3,
        ],
    };
    const MIDDLE: Rational<Self> = Rational {
        numerator: &[
            1.4234371107496836,
            4.6303401927338732,
            5.7695043886872725,
            3.6478562544831706,
            1.2704623049867607,
            0.24178171163753613,
            0.022723948791144742,
            7.7454841983435887e-4,
        ],
        denominator: &[
            1.0,
            2.0531932751667386,
            1.6763878875393721,
            0.68976938031862225,
            0.14810456923061467,
            0.015198736132372688,
            5.4759621643145698e-4,
            1.0507498257742052e-9,
        ],
    };
    const TAIL: Rational<Self> = Rational {
        numerator: &[
            6.6579046435011038,
            5.4622334778967305,
            1.7836620229231539,
            0.29622228138927272,
            0.026484293865518561,
            1.2392623263063622e-3,
            2.7005411642299499e-5,
            1.9983556436957059e-7,
        ],
        denominator: &[
            1.0,
            0.59959918530514103,
            0.13680642787189655,
            0.014851507031993164,
            7.8483144367320049e-4,
            1.8389531636185882e-5,
            1.4130416138290648e-7,
            2.0101458525557155e-15,
        ],
    };
}

/// The z with Φ(z) = p, where Φ is the standard normal distribution function.
///
/// Odd about p = ½; p = 0 and p = 1 give −∞ and +∞, a p outside [0, 1] not-a-number. An upper tail is as fine as the
/// numbers just below 1 are; for the far upper tail take −quantile(1 − p) with 1 − p known.
///
/// The three stretches are those of M. J. Wichura, "Algorithm AS 241", Applied Statistics 37 (1988); the coefficients
/// are our own (`reference/derive_coefficients.py`).
#[inline(always)]
pub fn normal_quantile<T: Real>(p: T) -> T {
    let tail = if p > T::HALF { T::ONE - p } else { p };
    let z = upper_quantile(tail, log(tail));
    let z = if tail > T::ZERO { z } else { T::INFINITY };
    let z = if tail >= T::ZERO { z } else { T::NAN };
    z.copysign(p - T::HALF)
}

/// The z ≥ 0 with mass `tail` above it, for a normal positive number up to ½.
#[inline(always)]
pub(crate) fn normal_upper_quantile<T: Real>(tail: T) -> T {
    let (k, m) = tail.split_exponent();
    upper_quantile(tail, scaled_log(k, m, T::ZERO))
}

#[inline(always)]
fn upper_quantile<T: Real>(tail: T, log_tail: T) -> T {
    let q = T::HALF - tail;
    let v = T::from_f64(0.180625) - q * q;
    let r = (-log_tail).sqrt();
    let (low, high) = (r - T::from_f64(1.6), r - T::SPLIT);
    let centre = (q * horner(v, T::CENTRE.numerator), horner(v, T::CENTRE.denominator));
    let middle = (horner(low, T::MIDDLE.numerator), horner(low, T::MIDDLE.denominator));
    let far = (horner(high, T::TAIL.numerator), horner(high, T::TAIL.denominator));
    // One division for the stretch that holds.
    let outer = if r < T::SPLIT { middle } else { far };
    let (numerator, denominator) = if v >= T::ZERO { centre } else { outer };
    numerator / denominator
}
