//! Counts whose zeros have a gate of their own: zero-inflated laws and hurdle laws.
//!
//! Parameters: those of the law of the counts, then `gate`.

mod hurdle;
mod zero_inflated;

use hurdle::Hurdle;
use zero_inflated::ZeroInflated;

use super::search::quantile;
use super::{Binomial, NegativeBinomial, Poisson};
use crate::law::{Cdf, Domain, Draw, Law, Level, Mode, Moments, Parameter, Quantile, Support};
use crate::{Element, Scalar};

/// What a gate makes of the law `L` of counts with these parameters.
trait Gate {
    fn conflict<L: Cdf<B>, const B: usize>(base: [f64; B]) -> Option<&'static str>;
    fn log_density<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S;
    fn draw<L: Draw<B> + Cdf<B> + Quantile<B>, const B: usize>(
        bits: &mut Element,
        base: [f64; B],
        gate: f64,
    ) -> f64;
    fn lower<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S;
    fn upper<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S;
    fn log_upper<S: Scalar, L: Cdf<B>, const B: usize>(x: S, base: [S; B], gate: S) -> S;
    fn mean<S: Scalar, L: Cdf<B> + Moments<B>, const B: usize>(base: [S; B], gate: S) -> S;
    fn variance<S: Scalar, L: Cdf<B> + Moments<B>, const B: usize>(base: [S; B], gate: S) -> S;
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
                <$gate>::conflict::<$base, $b>(split(theta).0)
            }
            fn log_density<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate>::log_density::<S, $base, $b>(x, base, gate)
            }
        }

        impl Draw<$p> for $law {
            fn draw(bits: &mut Element, theta: [f64; $p]) -> f64 {
                let (base, gate) = split(theta);
                <$gate>::draw::<$base, $b>(bits, base, gate)
            }
        }

        impl Cdf<$p> for $law {
            fn lower<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate>::lower::<S, $base, $b>(x, base, gate)
            }
            fn upper<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate>::upper::<S, $base, $b>(x, base, gate)
            }
            fn log_upper<S: Scalar>(x: S, theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate>::log_upper::<S, $base, $b>(x, base, gate)
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
                <$gate>::mean::<S, $base, $b>(base, gate)
            }
            fn variance<S: Scalar>(theta: [S; $p]) -> S {
                let (base, gate) = split(theta);
                <$gate>::variance::<S, $base, $b>(base, gate)
            }
        }

        impl Mode<$p> for $law {
            /// 0, or the mode of the positive counts.
            fn mode<S: Scalar>(theta: [S; $p]) -> S {
                let theta = crate::law::values(theta);
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
