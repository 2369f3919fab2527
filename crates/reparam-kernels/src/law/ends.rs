//! How a density fades towards the ends of its support.

use super::Law;

/// How fast the probability beyond y fades as y grows, up to factors that are slower than those named: y is the distance
/// from 0 towards an infinite end, and one over the distance from the end where that is finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decay {
    /// y^(−index). At a finite end: the density is the distance to the power of index − 1, so that 1 is a density that
    /// neither vanishes nor grows there.
    Power(f64),
    /// exp(−c (ln y)²): faster than any power, slower than any that follow.
    Logarithmic,
    /// exp(−rate · y^power), in the density with a further y^factor; an infinite rate for exp(−y ln y).
    Exponential {
        /// The rate.
        rate: f64,
        /// The power of y.
        power: f64,
        /// The power of y before the exponential.
        factor: f64,
    },
    /// exp(−e^(rate · y)).
    Double(f64),
}

impl Decay {
    /// exp(−rate · y).
    pub const fn exponential(rate: f64) -> Self {
        Self::Exponential { rate, power: 1.0, factor: 0.0 }
    }

    /// exp(−y² / (2 scale²)).
    pub const fn normal(scale: f64) -> Self {
        Self::Exponential { rate: 0.5 / (scale * scale), power: 2.0, factor: 0.0 }
    }

    /// The slower of two, which is that of a sum of densities.
    pub fn slower(self, other: Self) -> Self {
        if self.is_slower_than(other) { self } else { other }
    }

    fn is_slower_than(self, other: Self) -> bool {
        match (self, other) {
            (Self::Power(own), Self::Power(other)) | (Self::Double(own), Self::Double(other)) => own < other,
            (
                Self::Exponential { rate, power, factor },
                Self::Exponential { rate: rate_of_other, power: power_of_other, factor: factor_of_other },
            ) => {
                (power, rate, -factor).partial_cmp(&(power_of_other, rate_of_other, -factor_of_other))
                    == Some(std::cmp::Ordering::Less)
            }
            _ => self.rank() < other.rank(),
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Power(_) => 0,
            Self::Logarithmic => 1,
            Self::Exponential { .. } => 2,
            Self::Double(_) => 3,
        }
    }

    /// Whether −ln p has a finite mean near a common end, under a law that fades like this one, of a density p that fades
    /// like the other: E\[y^k\], E\[ln² y\] or E\[e^(rate y)\].
    pub fn bears(self, other: Self) -> bool {
        match (self, other) {
            (Self::Power(index), Self::Exponential { power, .. }) => index > power,
            (Self::Power(_) | Self::Logarithmic, Self::Double(_)) => false,
            (Self::Exponential { rate, power, factor }, Self::Double(rate_of_other)) => {
                power > 1.0
                    || power == 1.0 && (rate > rate_of_other || rate == rate_of_other && factor < -1.0)
            }
            _ => true,
        }
    }
}

/// A law whose density is known towards both ends of its support.
///
/// A discrete law's finite end has a mass of its own, which says nothing about a limit: any decay may stand there.
pub trait Ends<const P: usize>: Law<P> {
    /// At the lower end, and at the upper one.
    fn ends(theta: [f64; P]) -> [Decay; 2];
}

#[cfg(test)]
mod tests {
    use super::Decay;

    #[test]
    fn a_mean_is_finite_where_the_tail_is_light_enough() {
        let (normal, laplace) = (Decay::normal(1.0), Decay::exponential(1.0));
        // E[x²] of a t law is infinite up to two degrees of freedom, E[|x|] of a Cauchy law is.
        assert!(!Decay::Power(2.0).bears(normal) && Decay::Power(2.01).bears(normal));
        assert!(!Decay::Power(1.0).bears(laplace) && Decay::Power(1.5).bears(laplace));
        assert!(Decay::Logarithmic.bears(normal) && !Decay::Logarithmic.bears(Decay::Double(1e-9)));
        assert!(Decay::exponential(1.1).bears(Decay::Double(1.0)) && !laplace.bears(Decay::Double(1.0)));
        // ∫ y^(−3/2) dy is finite towards ∞.
        let wald = Decay::Exponential { rate: 1.0, power: 1.0, factor: -1.5 };
        assert!(wald.bears(Decay::Double(1.0)) && normal.bears(Decay::Double(9.0)));
    }

    #[test]
    fn a_sum_fades_like_its_slowest_part() {
        let all = [Decay::Power(0.5), Decay::Power(2.0), Decay::Logarithmic, Decay::exponential(1.0)];
        let more = [Decay::exponential(2.0), Decay::normal(1.0), Decay::Double(1.0), Decay::Double(3.0)];
        let ordered = [all, more].concat();
        for (place, slow) in ordered.iter().enumerate() {
            for fast in &ordered[place..] {
                assert_eq!((slow.slower(*fast), fast.slower(*slow)), (*slow, *slow));
            }
        }
    }
}
