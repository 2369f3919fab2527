//! FisherSnedecor(df1, df2): the ratio of two χ² numbers, each divided by its degrees of freedom.
//!
//! ln x = t − ln(df1 / df2) with the logit t of a Beta(df1 / 2, df2 / 2) draw.

use super::beta::standard;
use crate::law::{
    Coordinate, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile, Reparameterized,
    Support, Tail, cdf_by_tail,
};
use crate::sample::log_standard_gamma;
use crate::scalar::special::{digamma_minus_log, ln_ratio};
use crate::special::{digamma_minus_log_rise, log1pmx, logit_beta_draw_slopes, logit_beta_log_density};
use crate::{Element, Scalar, single};

/// The F law of R. A. Fisher and G. W. Snedecor.
#[derive(Clone, Copy, Debug)]
pub struct FisherSnedecor;

impl FisherSnedecor {
    fn tail<S: Scalar>(tail: Tail, x: S, [df1, df2]: [S; 2]) -> S {
        let odds = x.value() * (df1.value() / df2.value());
        standard::tail_of_odds(tail, odds, x.ln() + ln_ratio(df1, df2), df1 * 0.5, df2 * 0.5)
    }
}

impl Law<2> for FisherSnedecor {
    const NAME: &'static str = "FisherSnedecor";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("df1", Domain::Positive), Parameter::new("df2", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    /// At 0 it is infinite below df1 = 2 and 0 there.
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        if x.value() > 0.0 {
            return Self::log_prob_at(x.ln(), theta);
        }
        let df1 = theta[0].value();
        S::from(if df1 == 2.0 { 0.0 } else { (2.0 - df1) * f64::INFINITY })
    }
}

impl Draw<2> for FisherSnedecor {
    const COORDINATE: Coordinate = Coordinate::Log;

    fn draw(bits: &mut Element, [df1, df2]: [f64; 2]) -> f64 {
        log_standard_gamma(bits, 0.5 * df1) - log_standard_gamma(bits, 0.5 * df2) - ln_ratio(df1, df2)
    }
    /// The slopes in the parameters come from δ, what one χ² number has above its share of both, relative to its degrees of
    /// freedom: half of ln(1 + δ) − δ and what ψ less the logarithm rises by. For many degrees of freedom that is small.
    fn log_prob_at<S: Scalar>(t: S, [df1, df2]: [S; 2]) -> S {
        let [at, first, second] = [t, df1, df2].map(Scalar::value);
        let (a, b) = (0.5 * first, 0.5 * second);
        S::chain([t, df1, df2], logit_beta_log_density(a, b, at + ln_ratio(first, second)) - at, || {
            let share = first / second;
            let above = excess(at, share);
            let [in_first, in_second] =
                [(above, a, b, at, share), (excess(-at, share.recip()), b, a, -at, share.recip())].map(
                    |(excess, shape, rest, t, share)| {
                        0.5 * (log1pmx_of_excess(excess, t, share) + digamma_minus_log_rise(shape, rest))
                    },
                );
            [-a * above - 1.0, in_first, in_second]
        })
    }
}

/// (e^t − 1) / (1 + share · e^t): what the χ² number above has more than its share of both, relative to its degrees of freedom.
fn excess(t: f64, share: f64) -> f64 {
    if t > 0.0 {
        -single::expm1(-t) / (single::exp(-t) + share)
    } else {
        single::expm1(t) / (1.0 + share * single::exp(t))
    }
}

/// ln(1 + δ) − δ for that excess δ; close to −1, where it has lost 1 + δ, by the logarithm of that.
fn log1pmx_of_excess(excess: f64, t: f64, share: f64) -> f64 {
    if excess > -0.5 {
        return log1pmx(excess);
    }
    t + single::log1p(share) - single::softplus(t + single::log(share)) - excess
}

impl Reparameterized<2> for FisherSnedecor {
    fn slopes(t: f64, [df1, df2]: [f64; 2]) -> [f64; 2] {
        let (in_a, in_b) = logit_beta_draw_slopes(0.5 * df1, 0.5 * df2, t + ln_ratio(df1, df2));
        [0.5 * in_a - df1.recip(), 0.5 * in_b + df2.recip()]
    }
}

cdf_by_tail!(FisherSnedecor, 2, FisherSnedecor::tail);

impl Quantile<2> for FisherSnedecor {
    fn quantile<S: Scalar>(level: Level<S>, [df1, df2]: [S; 2]) -> S {
        (standard::logit_quantile(level, df1 * 0.5, df2 * 0.5) - ln_ratio(df1, df2)).exp()
    }
}

impl Moments<2> for FisherSnedecor {
    /// df2 / (df2 − 2); infinite for df2 up to 2.
    fn mean<S: Scalar>([_, df2]: [S; 2]) -> S {
        if df2.value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        df2 / (df2 - 2.0)
    }
    /// 2 mean² (df1 + df2 − 2) / (df1 (df2 − 4)); infinite for df2 up to 4.
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        let [df1, df2] = theta;
        if df2.value() <= 4.0 {
            return S::from(f64::INFINITY);
        }
        Self::mean(theta).square() * 2.0 * ((df1 + (df2 - 2.0)) / df1 / (df2 - 4.0))
    }
}

impl Mode<2> for FisherSnedecor {
    fn mode<S: Scalar>([df1, df2]: [S; 2]) -> S {
        if df1.value() <= 2.0 {
            return S::from(0.0);
        }
        (df1 - 2.0) / df1 * (df2 / (df2 + 2.0))
    }
}

impl Entropy<2> for FisherSnedecor {
    /// That of ln x and its mean.
    fn entropy<S: Scalar>([df1, df2]: [S; 2]) -> S {
        let (a, b) = (df1 * 0.5, df2 * 0.5);
        standard::entropy(a, b, 0.0) + digamma_minus_log(a) - digamma_minus_log(b)
    }
}
