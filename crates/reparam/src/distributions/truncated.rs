//! Truncated(law, low, high).

mod mass;

use std::array::from_fn;
use std::marker::PhantomData;

use reparam_kernels::law::{
    Cdf, Domain, Draw, Law, Level, Noise, Parameter, Quantile, Reparameterized, Support, Tails,
    implicit_slopes,
};
use reparam_kernels::{Element, Scalar};

use super::Implicit;
use mass::{is_narrow, log_mass};

/// The law `L` between two ends, which are its last two parameters, `low` and `high`; either may be infinite.
///
/// `Truncated(law, low, high)`: the density of a law between two ends, divided by its mass there.
///
/// Draws are quantiles of the law at the level between those of the ends, from the smaller tail.
///
/// `Univariate<Truncated<Laplace>, 4, D>` has the parameters loc, scale, low and high, and gradients in all of them. The
/// mass between the ends is taken from the smaller tail, in logarithms, so that ends far in a tail keep their digits, and from
/// the density itself where the ends are so near each other that tails could not tell them apart. Its relative error is that
/// of the density, or that of the law's distribution function divided by the mass, 1e-12 at worst; where the density has a
/// kink between ends that hold less than 1e-4 of a tail, 1e-7.
#[derive(Clone, Copy, Debug)]
pub struct Truncated<L>(PhantomData<L>);

/// Below this level a tail of the law is no longer a normal number.
const UNDERFLOW: f64 = 1e-290;

/// The slope of the draw z = y of the law itself.
pub(super) fn slopes_at<L: Reparameterized<P>, const P: usize>(y: f64, theta: [f64; P]) -> [f64; P] {
    let t = L::COORDINATE.of(y);
    let scale = L::COORDINATE.slope(t);
    L::slopes(t, theta).map(|slope| scale * slope)
}

/// The law's parameters and the ends.
pub(super) fn split<S: Scalar, const P: usize, const R: usize>(theta: [S; R]) -> ([S; P], S, S) {
    (from_fn(|i| theta[i]), theta[P], theta[P + 1])
}

// A parameter count is a constant, and constants of a type do not add: one block for each count.
macro_rules! truncated {
    ($($p:literal + 2 = $r:literal;)+) => {$(
        impl<L: Cdf<$p>> Law<$r> for Truncated<L> {
            const NAME: &'static str = "Truncated";
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

            fn support(theta: [f64; $r]) -> Support {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                let (least, most) = L::support(theta).ends();
                Support::Interval(low.max(least), high.min(most))
            }
            /// At an end of the law's own it is the law that says so.
            fn vanishes(theta: [f64; $r]) -> [bool; 2] {
                let (of_law, low, high) = split::<_, $p, $r>(theta);
                let (least, most) = L::support(of_law).ends();
                let [at_least, at_most] = L::vanishes(of_law);
                let at = |end: f64| Self::log_density(end, theta).exp() == 0.0;
                [if low > least { at(low) } else { at_least }, if high < most { at(high) } else { at_most }]
            }
            fn conflict(theta: [f64; $r]) -> Option<&'static str> {
                let (low, high) = Self::support(theta).ends();
                let of_law = L::conflict(split::<_, $p, $r>(theta).0);
                of_law.or((low >= high).then_some("low < high, with a part of the support between them"))
            }
            fn log_density<S: Scalar>(x: S, theta: [S; $r]) -> S {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                L::log_density(x, theta) - log_mass::<L, S, $p>(low, high, theta)
            }
        }

        impl<L: Cdf<$p>> Cdf<$r> for Truncated<L> {
            fn lower<S: Scalar>(x: S, theta: [S; $r]) -> S {
                Self::log_lower(x, theta).exp()
            }
            fn upper<S: Scalar>(x: S, theta: [S; $r]) -> S {
                Self::log_upper(x, theta).exp()
            }
            fn log_lower<S: Scalar>(x: S, theta: [S; $r]) -> S {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                log_mass::<L, S, $p>(low, x, theta) - log_mass::<L, S, $p>(low, high, theta)
            }
            fn log_upper<S: Scalar>(x: S, theta: [S; $r]) -> S {
                let (theta, low, high) = split::<_, $p, $r>(theta);
                log_mass::<L, S, $p>(x, high, theta) - log_mass::<L, S, $p>(low, high, theta)
            }
        }

        impl<L: Cdf<$p> + Quantile<$p>> Quantile<$r> for Truncated<L> {
            /// F(low) P(U > u) + F(high) P(U ≤ u) below, and the same of 1 − F above: sums of positive numbers.
            fn quantile<S: Scalar>(level: Level<S>, all: [S; $r]) -> S {
                let (theta, low, high) = split::<_, $p, $r>(all);
                if is_narrow::<L, $p>(low.value(), high.value(), theta.map(S::value)) {
                    return Implicit::<Self>::quantile(level, all);
                }
                let between = |at_low: S, at_high: S| at_low * level.upper + at_high * level.lower;
                let of_law = Level {
                    lower: between(L::cdf(low, theta), L::cdf(high, theta)),
                    upper: between(L::sf(low, theta), L::sf(high, theta)),
                };
                if of_law.lower.min(of_law.upper).value() < UNDERFLOW {
                    return Implicit::<Self>::quantile(level, all);
                }
                L::quantile(of_law, theta).max(low).min(high)
            }
        }

        impl<L: Cdf<$p> + Quantile<$p> + Reparameterized<$p>> Draw<$r> for Truncated<L> {
            fn draw(bits: &mut Element, theta: [f64; $r]) -> f64 {
                let (low, high) = Self::support(theta).ends();
                let x = Self::quantile(Level::logit(bits.noise(Noise::Logistic)), theta);
                if low < high { x.clamp(low.next_up(), high.next_down()) } else { x }
            }
        }

        impl<L: Cdf<$p> + Quantile<$p> + Reparameterized<$p>> Reparameterized<$r> for Truncated<L> {
            /// s(x) − U f(low)/f(x) s(low) − L f(high)/f(x) s(high) with the law's density f and slopes s, L and U the
            /// level of x; the factors are the slopes in the ends.
            fn slopes(x: f64, all: [f64; $r]) -> [f64; $r] {
                let (theta, low, high) = split::<_, $p, $r>(all);
                if is_narrow::<L, $p>(low, high, theta) {
                    return implicit_slopes::<Self, $r>(x, all);
                }
                let density = |y: f64| L::log_prob(y, theta);
                let of_low = (Self::log_upper(x, all) + density(low) - density(x)).exp();
                let of_high = (Self::log_lower(x, all) + density(high) - density(x)).exp();
                let at = |y: f64, weight: f64| {
                    if weight == 0.0 { [0.0; $p] } else { slopes_at::<L, $p>(y, theta).map(|s| s * weight) }
                };
                let (here, from_low, from_high) = (at(x, 1.0), at(low, of_low), at(high, of_high));
                from_fn(|i| match i {
                    $p => of_low,
                    i if i == $p + 1 => of_high,
                    i => here[i] - from_low[i] - from_high[i],
                })
            }
        }
    )+};
}

truncated! {
    1 + 2 = 3;
    2 + 2 = 4;
    3 + 2 = 5;
    4 + 2 = 6;
}
