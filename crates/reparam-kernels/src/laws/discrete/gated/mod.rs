//! Counts whose zeros have a gate of their own: zero-inflated laws and hurdle laws.
//!
//! Parameters: those of the law of the counts, then `gate`.

mod hurdle;
mod positive;
mod zero_inflated;

use hurdle::Hurdle;
use positive::Positive;
use zero_inflated::ZeroInflated;

use super::long_sums::{Range, surprise};
use super::search::quantile;
use super::{Binomial, NegativeBinomial, Poisson};
use crate::law::{
    Cdf, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support, values,
};
use crate::{Element, Scalar};

/// What a gate makes of the law `L` of counts with these parameters.
trait Gate<L, const B: usize> {
    fn conflict(base: [f64; B]) -> Option<&'static str>;
    fn log_density<S: Scalar>(x: S, base: [S; B], gate: S) -> S;
    fn draw(bits: &mut Element, base: [f64; B], gate: f64) -> f64
    where
        L: Draw<B> + Quantile<B>;
    fn lower<S: Scalar>(x: S, base: [S; B], gate: S) -> S;
    fn upper<S: Scalar>(x: S, base: [S; B], gate: S) -> S;
    fn log_lower<S: Scalar>(x: S, base: [S; B], gate: S) -> S;
    fn log_upper<S: Scalar>(x: S, base: [S; B], gate: S) -> S;
    fn mean<S: Scalar>(base: [S; B], gate: S) -> S;
    fn variance<S: Scalar>(base: [S; B], gate: S) -> S;
}

/// ln P(X ≤ x): through the smaller tail, and where P(X ≤ x) underflows, which without a gate it may, from the logarithm
/// `of_counts` of that of the counts alone.
fn log_lower<S: Scalar, G: Gate<L, B>, L, const B: usize>(
    x: S,
    base: [S; B],
    gate: S,
    of_counts: impl FnOnce() -> S,
) -> S {
    let lower = G::lower(x, base, gate);
    if lower.value() > 0.5 {
        (-G::upper(x, base, gate)).ln_1p()
    } else if lower.value() < f64::MIN_POSITIVE {
        (-gate).ln_1p() + of_counts()
    } else {
        lower.ln()
    }
}

/// The parameters of the base, and the gate.
fn split<S: Scalar, const P: usize, const B: usize>(theta: [S; P]) -> ([S; B], S) {
    (std::array::from_fn(|i| theta[i]), theta[P - 1])
}

macro_rules! gated {
    ($($(#[$doc:meta])* $law:ident = $gate:ty, $base:ty: $b:literal => $p:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $law;

        impl Law<$p> for $law {
            const NAME: &'static str = stringify!($law);
            const PARAMETERS: [Parameter; $p] = {
                let mut all = [Parameter::new("gate", Domain::Probability); $p];
                let mut i = 0;
                while i < $b {
                    all[i] = <$base as Law<$b>>::PARAMETERS[i];
                    i += 1;
                }
                all
            };

            fn support(theta: [f64; $p]) -> Support {
                <$base>::support(split::<_, $p, $b>(theta).0)
            }
            fn conflict(theta: [f64; $p]) -> Option<&'static str> {
                <$gate as Gate<$base, $b>>::conflict(split(theta).0)
            }
            fn log_density<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::log_density(x, base, gate)
            }
        }

        impl Draw<$p> for $law {
            fn draw(bits: &mut Element, theta: [f64; $p]) -> f64 {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::draw(bits, base, gate)
            }
        }

        impl Cdf<$p> for $law {
            fn lower<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::lower(x, base, gate)
            }
            fn upper<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::upper(x, base, gate)
            }
            fn log_lower<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::log_lower(x, base, gate)
            }
            fn log_upper<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::log_upper(x, base, gate)
            }
        }

        impl Quantile<$p> for $law {
            fn quantile<S: Scalar>(level: Level<S>, theta: [S; $p]) -> S {
                quantile::<S, Self, $p>(level, theta)
            }
        }

        impl Moments<$p> for $law {
            fn mean<S: Scalar>(theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::mean(base, gate)
            }
            fn variance<S: Scalar>(theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate as Gate<$base, $b>>::variance(base, gate)
            }
        }

        impl Entropy<$p> for $law {
            /// By summation: of the zero, and of the positive counts.
            fn entropy<S: Scalar>(theta: [S; $p]) -> S {
                let plain = values(theta);
                let base = split::<_, $p, $b>(plain).0;
                let (low, high) = (1.0, <$base>::support(base).ends().1);
                let (mode, deviation) = (<$base>::mode(base).max(low), <$base>::variance(base).sqrt());
                let zero = surprise(Self::log_density(S::from(0.0), theta));
                if high < low {
                    return zero;
                }
                let counts = Range { low, high, mode, deviation }.bulk(|x| Self::log_density(x, plain));
                zero + counts.sum(|x| surprise(Self::log_density(S::from(x), theta)))
            }
        }

        impl Mode<$p> for $law {
            /// 0, or the mode of the positive counts.
            fn mode<S: Scalar>(theta: [S; $p]) -> S {
                let theta = values(theta);
                let positive = <$base>::mode(split::<_, $p, $b>(theta).0).max(1.0);
                let zero = Self::log_prob(0.0, theta) >= Self::log_prob(positive, theta);
                S::from(if zero { 0.0 } else { positive })
            }
        }
    )+};
}

gated! {
    /// A Poisson count that a gate of this probability sets to 0.
    ZeroInflatedPoisson = ZeroInflated, Poisson: 1 => 2;
    /// A binomial count that a gate of this probability sets to 0.
    ZeroInflatedBinomial = ZeroInflated, Binomial: 2 => 3;
    /// A negative binomial count that a gate of this probability sets to 0.
    ZeroInflatedNegativeBinomial = ZeroInflated, NegativeBinomial: 2 => 3;
    /// 0 with the probability of the gate, else a Poisson count above 0.
    HurdlePoisson = Hurdle, Poisson: 1 => 2;
    /// 0 with the probability of the gate, else a negative binomial count above 0.
    HurdleNegativeBinomial = Hurdle, NegativeBinomial: 2 => 3;
}
