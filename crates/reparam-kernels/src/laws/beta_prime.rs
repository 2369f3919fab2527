//! BetaPrime(concentration1, concentration0): the odds x = y / (1 − y) of y ~ Beta(concentration1, concentration0).
//!
//! Density x^(a − 1) (1 + x)^(−a − b) / B(a, b) with a = concentration1, b = concentration0; ln x is the logit of y.

use super::Beta;
use super::beta::standard;
use crate::law::{
    Coordinate, Divergence, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Reparameterized,
    Support, Tail, cdf_by_tail,
};
use crate::scalar::special::{digamma_minus_log, ln_ratio};
use crate::{Element, Scalar, special};

/// The beta prime law, the ratio of two gamma numbers, also called inverted beta or Pearson's type VI.
///
/// SciPy's `betaprime(a, b)`.
#[derive(Clone, Copy, Debug)]
pub struct BetaPrime;

impl BetaPrime {
    fn tail<S: Scalar>(tail: Tail, x: S, [a, b]: [S; 2]) -> S {
        standard::tail_of_odds(tail, x.value(), x.ln(), a, b)
    }
}

impl Law<2> for BetaPrime {
    const NAME: &'static str = "BetaPrime";
    const PARAMETERS: [Parameter; 2] = Beta::PARAMETERS;

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    /// At 0 it is infinite below concentration1 = 1 and ln concentration0 there.
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        if x.value() > 0.0 {
            return Self::log_prob_at(x.ln(), theta);
        }
        let [a, b] = theta;
        if a.value() == 1.0 { b.ln() - (b + 1.0) * x } else { S::from((1.0 - a.value()) * f64::INFINITY) }
    }
}

impl Draw<2> for BetaPrime {
    const COORDINATE: Coordinate = Coordinate::Log;

    fn draw(bits: &mut Element, theta: [f64; 2]) -> f64 {
        Beta::draw(bits, theta)
    }
    fn log_prob_at<S: Scalar>(t: S, [a, b]: [S; 2]) -> S {
        standard::log_density_of_logit(t, a, b) - t
    }
}

impl Reparameterized<2> for BetaPrime {
    fn slopes(t: f64, [a, b]: [f64; 2]) -> [f64; 2] {
        special::logit_beta_draw_slopes(a, b, t).into()
    }
}

cdf_by_tail!(BetaPrime, 2, BetaPrime::tail);

impl Quantile<2> for BetaPrime {
    fn quantile<S: Scalar>(level: Level<S>, [a, b]: [S; 2]) -> S {
        standard::logit_quantile(level, a, b).exp()
    }
}

impl Moments<2> for BetaPrime {
    /// a / (b − 1); infinite for concentration0 up to 1.
    fn mean<S: Scalar>([a, b]: [S; 2]) -> S {
        if b.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        a / (b - 1.0)
    }
    /// a (a + b − 1) / ((b − 1)² (b − 2)); infinite for concentration0 up to 2.
    fn variance<S: Scalar>([a, b]: [S; 2]) -> S {
        if b.value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        let rest = b - 1.0;
        a / rest * ((a + rest) / rest) / (b - 2.0)
    }
}

impl Mode<2> for BetaPrime {
    /// (a − 1) / (b + 1); 0 for concentration1 up to 1.
    fn mode<S: Scalar>([a, b]: [S; 2]) -> S {
        if a.value() <= 1.0 { S::from(0.0) } else { (a - 1.0) / (b + 1.0) }
    }
}

impl Entropy<2> for BetaPrime {
    /// That of ln x and its mean.
    fn entropy<S: Scalar>([a, b]: [S; 2]) -> S {
        let mean = ln_ratio(a, b) + digamma_minus_log(a) - digamma_minus_log(b);
        standard::entropy(a, b, 0.0) + mean
    }
}

impl Divergence<2, Self, 2> for BetaPrime {
    /// That of the beta laws.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        Beta::kl(q, p)
    }
}
