//! Of a truncated normal law, from a normal law or from another truncated one.

use super::normal::from_normal;
use super::{infinite, never_negative};
use crate::Scalar;
use crate::law::{Divergence, Entropy, Law, Moments, values};
use crate::laws::{HALF_LN_2_PI, Normal, TruncatedNormal};

/// The power of two next to 1/x: what brings scales to 1 without rounding.
fn unit(x: f64) -> f64 {
    libm::ldexp(1.0, -libm::frexp(x).1)
}

impl Divergence<4, Normal, 2> for TruncatedNormal {
    /// That of the normal law with the same mean and variance, plus the negentropy.
    fn kl<S: Scalar>(q: [S; 4], p: [S; 2]) -> S {
        let unit = unit(q[1].value());
        let (q, p) = (q.map(|x| x * unit), p.map(|x| x * unit));
        let variance = Self::variance(q);
        let negentropy = variance.ln() * 0.5 + (0.5 + HALF_LN_2_PI) - Self::entropy(q);
        from_normal(Self::mean(q), variance.sqrt(), never_negative(negentropy), p)
    }
}

impl Divergence<4, Self, 4> for TruncatedNormal {
    /// By the log-density at the mean, from which its expectation differs by half the variance over `scale_p`²; infinite where
    /// the first interval is not in the second.
    fn kl<S: Scalar>(q: [S; 4], p: [S; 4]) -> S {
        let (at, from) = (values(q), values(p));
        if at[2] < from[2] || at[3] > from[3] {
            return infinite();
        }
        if at == from {
            return S::from(0.0);
        }
        let density = Self::log_density(Self::mean(q), p);
        let spread = (Self::variance(q).sqrt() / p[1]).square();
        never_negative(spread * 0.5 - density - Self::entropy(q))
    }
}
