//! DiscreteUniform(low, high): each integer from low to high alike.

use super::search::quantile_from;
use crate::law::{
    Cdf, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Support,
};
use crate::{Element, Scalar};

/// The law of a fair die.
#[derive(Clone, Copy, Debug)]
pub struct DiscreteUniform;

/// How many integers there are.
fn count<S: Scalar>([low, high]: [S; 2]) -> S {
    high - low + 1.0
}

impl Law<2> for DiscreteUniform {
    const NAME: &'static str = "DiscreteUniform";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("low", Domain::Integer), Parameter::new("high", Domain::Integer)];

    fn support([low, high]: [f64; 2]) -> Support {
        Support::Integers(low, high)
    }
    fn conflict([low, high]: [f64; 2]) -> Option<&'static str> {
        (low > high).then_some("low must be at most high")
    }
    fn log_density<S: Scalar>(_: S, theta: [S; 2]) -> S {
        -count(theta).ln()
    }
}

impl Draw<2> for DiscreteUniform {
    /// The high half of 64 bits times the count, without bias (D. Lemire, ACM TOMACS 29, 2019); from 2⁵³ integers on, which
    /// are not all numbers, the whole part of a uniform number.
    fn draw(bits: &mut Element, theta: [f64; 2]) -> f64 {
        let [low, high] = theta;
        let n = count(theta);
        if (1.0..2.0_f64.powi(53)).contains(&n) {
            let bound = n as u64;
            // One is refused with probability below 2⁻¹¹.
            for _ in 0..64 {
                let product = u128::from(bits.bits()) * u128::from(bound);
                if product as u64 >= bound.wrapping_neg() % bound {
                    return low + (product >> 64) as f64;
                }
            }
        }
        let x = low + (n * bits.uniform()).floor();
        if x > high { high } else { x }
    }
}

impl Cdf<2> for DiscreteUniform {
    fn lower<S: Scalar>(x: S, [low, high]: [S; 2]) -> S {
        (-low + (x.value().floor() + 1.0)) / count([low, high])
    }
    fn upper<S: Scalar>(x: S, [low, high]: [S; 2]) -> S {
        (high - x.value().floor()) / count([low, high])
    }
}

impl Quantile<2> for DiscreteUniform {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 2]) -> S {
        let [low, high] = [theta[0].value(), theta[1].value()];
        let start = low + level.lower.value() * (high - low);
        quantile_from::<S, Self, 2>(level, theta, start, 1.0)
    }
}

impl Moments<2> for DiscreteUniform {
    fn mean<S: Scalar>([low, high]: [S; 2]) -> S {
        low + (high - low) * 0.5
    }
    fn variance<S: Scalar>([low, high]: [S; 2]) -> S {
        let width = high - low;
        width * (width + 2.0) / 12.0
    }
}

impl Mode<2> for DiscreteUniform {
    /// The first of all.
    fn mode<S: Scalar>([low, _]: [S; 2]) -> S {
        low
    }
}

impl Entropy<2> for DiscreteUniform {
    fn entropy<S: Scalar>(theta: [S; 2]) -> S {
        count(theta).ln()
    }
}

impl Divergence<2, Self, 2> for DiscreteUniform {
    /// The logarithm of the ratio of counts; infinite unless the other law has all integers of this one.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[0].value() < p[0].value() || q[1].value() > p[1].value() {
            return S::from(f64::INFINITY);
        }
        ((count(p) - count(q)) / count(q)).ln_1p()
    }
}
