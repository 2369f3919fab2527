//! The laws of noise: numbers that no parameter touches.

use crate::rng::convert::number;
use crate::single::{exp, expm1, log, log1p};

/// The law of the noise that an explicit path starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Standard normal.
    Normal,
    /// Uniform on (0, 1).
    Uniform,
    /// Standard exponential.
    Exponential,
    /// −ln of a standard exponential number.
    Gumbel,
    /// ln u − ln(1 − u): both tails of a uniform number with all their digits.
    Logistic,
    /// A standard exponential number with a random sign.
    Laplace,
}

const HIGHEST: u64 = 1 << 63;

impl Noise {
    /// The inverse of the distribution function at the level (`fraction` + ½) 2⁻⁶⁴; it does not decrease.
    ///
    /// The smaller tail is known to 62 bits with a full mantissa, so the quantiles are those of draws from the same bits:
    /// normal ones reach |z| = 9.0802 without cancellation.
    pub fn quantile(self, fraction: u64) -> f64 {
        number(self, self.bits(fraction))
    }

    /// The bits of the draw that is this quantile: the highest for the side, the others for that side's tail.
    #[inline(always)]
    pub(crate) fn bits(self, fraction: u64) -> u64 {
        let upper = (fraction.cast_signed() >> 63).cast_unsigned();
        let tail = fraction ^ upper;
        match self {
            Self::Uniform => fraction,
            Self::Exponential => tail | upper & HIGHEST,
            // Gumbel numbers fall where the exponential ones that they are made of rise.
            Self::Normal | Self::Logistic | Self::Laplace | Self::Gumbel => tail | !upper & HIGHEST,
        }
    }

    /// The number at the level 1 − u, for the one at the level u: −x for symmetric noise.
    ///
    /// A pair of both has the means of two draws, and none of the scatter that an odd function would have.
    pub fn reflected(self, x: f64) -> f64 {
        match self {
            Self::Normal | Self::Logistic | Self::Laplace => -x,
            Self::Uniform => 1.0 - x,
            Self::Exponential => reflected_exponential(x),
            Self::Gumbel => -log(reflected_exponential(exp(-x))),
        }
    }
}

/// −ln(1 − e^(−x)).
fn reflected_exponential(x: f64) -> f64 {
    if x < std::f64::consts::LN_2 { -log(-expm1(-x)) } else { -log1p(-exp(-x)) }
}
