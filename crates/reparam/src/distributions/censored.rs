//! Censored(law, low, high).

use std::array::from_fn;
use std::marker::PhantomData;

use reparam_kernels::law::{
    Cdf, Domain, Draw, Law, Level, Parameter, Quantile, Reparameterized, Support, Tails,
};
use reparam_kernels::{Element, Scalar};

use super::truncated::{slopes_at, split};

/// The law `L` cut off at two ends, which are its last two parameters, `low` and `high`; either may be infinite.
///
/// `Censored(law, low, high)`: what a law draws, or the end that it lies beyond.
///
/// The density of the law between the ends, its mass beyond them on the ends. Path: that of the law, cut off at the
/// ends.
///
/// `Univariate<Censored<Normal>, 4, D>` has the parameters loc, scale, low and high. A draw between the ends moves
/// with the law, one on an end with the end: the pathwise gradient of E\[f(X)\] is right in all of them for
/// continuous f. The log-density is the logarithm of the mass on an end, ln P(X ≤ low) or ln P(X > high), and that of
/// the density between them, so its sum over rows is the likelihood of censored data (J. Tobin, "Estimation of
/// relationships for limited dependent variables", Econometrica 26, 1958). The score function has no gradient in the
/// ends. As exact as the law.
#[derive(Clone, Copy, Debug)]
pub struct Censored<L>(PhantomData<L>);

// A parameter count is a constant, and constants of a type do not add: one block for each count.
macro_rules! censored {
    ($($p:literal + 2 = $r:literal;)+) => {$(
        impl<L: Cdf<$p>> Law<$r> for Censored<L> {
            const NAME: &'static str = "Censored";
            const PARAMETERS: [Parameter; $r] = {
                let mut all = [Parameter::new("low", Domain::Extended).or(f64::NEG_INFINITY); $r];
                let mut i = 0;
                while i < $p {
                    all[i] = L::PARAMETERS[i];
                    i += 1;
                }
                all[$p + 1] = Parameter::new("high", Domain::Extended).or(f64::INFINITY);
                all
            };
            const HAS_ATOMS: bool = true;

            fn support(theta: [f64; $r]) -> Support {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                let (least, most) = L::support(theta).ends();
                Support::Interval(low.max(least), high.min(most))
            }
            fn conflict(theta: [f64; $r]) -> Option<&'static str> {
                let (low, high) = Self::support(theta).ends();
                let of_law = L::conflict(split::<_, $p, $r>(theta).0);
                of_law.or((low >= high).then_some("low < high, with a part of the support between them"))
            }
            fn log_density<S: Scalar>(x: S, theta: [S; $r]) -> S {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                let (at, least, most) = (x.value(), low.value(), high.value());
                let mass = if at == least {
                    L::log_cdf(low, theta)
                } else if at == most {
                    L::log_sf(high, theta)
                } else {
                    S::from(f64::NEG_INFINITY)
                };
                // An end at an end of the support of the law has no mass.
                if mass.value() == f64::NEG_INFINITY { L::log_density(x, theta) } else { mass }
            }
        }

        impl<L: Cdf<$p>> Cdf<$r> for Censored<L> {
            fn lower<S: Scalar>(x: S, theta: [S; $r]) -> S {
                L::cdf(x, split::<_, $p, $r>(theta).0)
            }
            fn upper<S: Scalar>(x: S, theta: [S; $r]) -> S {
                L::sf(x, split::<_, $p, $r>(theta).0)
            }
            fn log_lower<S: Scalar>(x: S, theta: [S; $r]) -> S {
                L::log_cdf(x, split::<_, $p, $r>(theta).0)
            }
            fn log_upper<S: Scalar>(x: S, theta: [S; $r]) -> S {
                L::log_sf(x, split::<_, $p, $r>(theta).0)
            }
        }

        impl<L: Cdf<$p> + Quantile<$p>> Quantile<$r> for Censored<L> {
            fn quantile<S: Scalar>(level: Level<S>, theta: [S; $r]) -> S {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                L::quantile(level, theta).max(low).min(high)
            }
        }

        impl<L: Cdf<$p> + Draw<$p>> Draw<$r> for Censored<L> {
            fn draw(bits: &mut Element, theta: [f64; $r]) -> f64 {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                let z: f64 = L::COORDINATE.inward(L::COORDINATE.value(L::draw(bits, theta)));
                z.max(low).min(high)
            }
        }

        impl<L: Cdf<$p> + Reparameterized<$p>> Reparameterized<$r> for Censored<L> {
            fn slopes(x: f64, all: [f64; $r]) -> [f64; $r] {
                let (theta, low, high) = split::<_, $p, $r>(all);
                let at_end = if x <= low { Some($p) } else if x >= high { Some($p + 1) } else { None };
                if let Some(end) = at_end {
                    return from_fn(|i| if i == end { 1.0 } else { 0.0 });
                }
                let slopes = slopes_at::<L, $p>(x, theta);
                from_fn(|i| if i < $p { slopes[i] } else { 0.0 })
            }
        }
    )+};
}

censored! {
    1 + 2 = 3;
    2 + 2 = 4;
    3 + 2 = 5;
    4 + 2 = 6;
}
