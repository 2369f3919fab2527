//! From a truncated normal law to a normal one.

use super::never_negative;
use super::normal::from_normal;
use crate::Scalar;
use crate::law::{Divergence, Entropy, Moments};
use crate::laws::{HALF_LN_2_PI, Normal, TruncatedNormal};
use crate::scalar::special::normal_cdf;

/// The power of two next to 1/x: what brings scales to 1 without rounding.
fn unit(x: f64) -> f64 {
    libm::ldexp(1.0, -libm::frexp(x).1)
}

/// What lies beyond an end at this distance from loc, in units of scale: the mass, the density, and the density times the
/// distance.
fn beyond<S: Scalar>(distance: S) -> [S; 3] {
    if distance.value() == f64::INFINITY {
        return [0.0; 3].map(S::from);
    }
    let density = (distance.square() * -0.5 - HALF_LN_2_PI).exp();
    [normal_cdf(-distance), density, distance * density]
}

/// For a law that keeps most of the mass: −ln of what it keeps, the divergence of the normal law that it is cut from, and
/// what the cut does to the first two moments in that.
fn from_wide<S: Scalar>([loc, scale, _, _]: [S; 4], [low, high]: [[S; 3]; 2], p: [S; 2]) -> S {
    let cut = low[0] + high[0];
    let shift = (low[1] - high[1]) / (-cut + 1.0);
    let growth = -(low[2] + high[2]) / (-cut + 1.0);
    let (excess, distance) = ((scale - p[1]) / p[1], (loc - p[0]) / p[1]);
    let of_moments = growth * excess * (excess + 2.0) * 0.5 + shift * (excess + 1.0) * distance;
    never_negative(Normal::kl([loc, scale], p) + of_moments - (-cut).ln_1p())
}

impl Divergence<4, Normal, 2> for TruncatedNormal {
    /// By way of the normal law that it is cut from or, where the cut takes a quarter or more, of the one with the same mean
    /// and variance, to which it adds the negentropy.
    fn kl<S: Scalar>(q: [S; 4], p: [S; 2]) -> S {
        let unit = unit(q[1].value());
        let (q, p) = (q.map(|x| x * unit), p.map(|x| x * unit));
        let ends = [(q[0] - q[2]) / q[1], (q[3] - q[0]) / q[1]].map(beyond);
        if ends[0][0].value() + ends[1][0].value() < 0.25 {
            return from_wide(q, ends, p);
        }
        let variance = Self::variance(q);
        let negentropy = variance.ln() * 0.5 + (0.5 + HALF_LN_2_PI) - Self::entropy(q);
        from_normal(Self::mean(q), variance.sqrt(), never_negative(negentropy), p)
    }
}
