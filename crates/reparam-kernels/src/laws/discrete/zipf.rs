//! Zipf(exponent, total_count): counts from 1 to `total_count`, or without end, with mass x⁻ˢ / Σ k⁻ˢ.

mod power_sums;

use power_sums::{log_moments, log_power_sum};

use super::search::quantile_from;
use super::tails::{Tail, tails};
use crate::law::{Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support};
use crate::sample::TRIES;
use crate::scalar::special::{exp_m1_over, ln_1p_over};
use crate::{Element, Scalar, single};

/// Ranks that are taken in proportion to a power of them. Without end by default, where it is also called the zeta law.
#[derive(Clone, Copy, Debug)]
pub struct Zipf;

/// ln Σ k⁻ˢ from 1 to the end.
fn log_total<S: Scalar>(exponent: S, end: f64) -> S {
    log_power_sum(exponent, 2.0, end).softplus()
}

impl Law<2> for Zipf {
    const NAME: &'static str = "Zipf";
    const PARAMETERS: [Parameter; 2] = [
        Parameter::new("exponent", Domain::NonNegative),
        Parameter::new("total_count", Domain::CountOrInfinite).or(f64::INFINITY),
    ];

    fn support([_, total_count]: [f64; 2]) -> Support {
        Support::Integers(1.0, total_count)
    }
    fn conflict([exponent, total_count]: [f64; 2]) -> Option<&'static str> {
        (total_count == f64::INFINITY && exponent <= 1.0)
            .then_some("exponent must be above 1 where total_count is infinite")
    }
    fn log_density<S: Scalar>(x: S, [exponent, total_count]: [S; 2]) -> S {
        -(exponent * x.ln()) - log_total(exponent, total_count.value())
    }
}

impl Draw<2> for Zipf {
    /// The inverse of ∫ x⁻ˢ dx at a uniform number, rounded, and refused where that integral has more than the mass (W.
    /// Hörmann and G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions", ACM
    /// TOMACS 6, 1996).
    fn draw(bits: &mut Element, [exponent, total_count]: [f64; 2]) -> f64 {
        let c = 1.0 - exponent;
        let integral = |x: f64| exp_m1_over(single::log(x), c);
        let inverse = |u: f64| single::exp(ln_1p_over(u, c));
        let mass = |k: f64| single::exp(-exponent * single::log(k));
        let end = if total_count == f64::INFINITY { -c.recip() } else { integral(total_count + 0.5) };
        let start = integral(1.5) - 1.0;
        let surely = 2.0 - inverse(integral(2.5) - mass(2.0));
        for _ in 0..TRIES {
            let u = end + bits.uniform() * (start - end);
            let x = inverse(u);
            let k = x.round().clamp(1.0, total_count.min(f64::MAX));
            if k - x <= surely || u >= integral(k + 0.5) - mass(k) {
                return k;
            }
        }
        f64::NAN
    }
}

fn tail<S: Scalar>(tail: Tail, k: f64, [exponent, total_count]: [S; 2]) -> S {
    let end = total_count.value();
    let total = log_total(exponent, end);
    let lower = log_total(exponent, k) - total;
    let upper = log_power_sum(exponent, k + 1.0, end) - total;
    match tail {
        Tail::Lower => lower.exp(),
        Tail::Upper => upper.exp(),
        Tail::LogLower => {
            if lower.value() > -0.5 {
                (-upper.exp()).ln_1p()
            } else {
                lower
            }
        }
        Tail::LogUpper => {
            if upper.value() > -0.5 {
                (-lower.exp()).ln_1p()
            } else {
                upper
            }
        }
    }
}

tails!(Zipf, 2, tail);

impl Quantile<2> for Zipf {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        quantile_from::<S, Self, 2>(level, theta, 1.0, 1.0)
    }
}

/// Σ (k − 1)ʲ k⁻ˢ over Σ k⁻ˢ, for j of 1 and 2: sums from 2 on, in which little cancels.
fn above_one<S: Scalar>([exponent, total_count]: [S; 2]) -> [S; 2] {
    let end = total_count.value();
    let total = log_total(exponent, end);
    let [zeroth, first, second] =
        [0.0, 1.0, 2.0].map(|power| (log_power_sum(exponent - power, 2.0, end) - total).exp());
    [first - zeroth, (second - first) - (first - zeroth)]
}

impl Moments<2> for Zipf {
    /// Infinite without an end for exponents up to 2.
    fn mean<S: Scalar>(theta: [S; 2]) -> S {
        if theta[1].value() == f64::INFINITY && theta[0].value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        above_one([theta[0], theta[1]])[0] + 1.0
    }
    /// Infinite without an end for exponents up to 3.
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        if theta[1].value() == f64::INFINITY && theta[0].value() <= 3.0 {
            return S::from(f64::INFINITY);
        }
        let [first, second] = above_one(theta);
        second - first.square()
    }
}

impl Mode<2> for Zipf {
    fn mode<S: Scalar>(_: [S; 2]) -> S {
        S::from(1.0)
    }
}

impl Entropy<2> for Zipf {
    /// ln Σ k⁻ˢ + s E\[ln X\], with the slope −s Var\[ln X\].
    fn entropy<S: Scalar>([exponent, total_count]: [S; 2]) -> S {
        let (s, end) = (exponent.value(), total_count.value());
        let total = log_total(s, end);
        let (mean, variance) = log_moments(s, end, total);
        S::chain([exponent], total + s * mean, || [-s * variance])
    }
}
