//! BetaBinomial(total_count, concentration1, concentration0): successes in trials whose probability is a beta draw.

use super::mass::{log_negative_binomial, log_rising_ratio};
use super::odds::{Odds, Success};
use super::search::quantile;
use super::{Logits, binomial};
use crate::law::{Cdf, Domain, Draw, Law, Level, Mode, Moments, Parameter, Quantile, Support};
use crate::sample::log_standard_gamma;
use crate::{Element, Scalar};

/// A count of more spread than a binomial one.
#[derive(Clone, Copy, Debug)]
pub struct BetaBinomial;

impl Law<3> for BetaBinomial {
    const NAME: &'static str = "BetaBinomial";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("total_count", Domain::Count),
        Parameter::new("concentration1", Domain::Positive),
        Parameter::new("concentration0", Domain::Positive),
    ];

    fn support([total_count, _, _]: [f64; 3]) -> Support {
        Support::Integers(0.0, total_count)
    }

    /// C(n, x) B(x + a, n − x + b) / B(a, b), as the mass of x and n − x in two negative binomial laws given their sum n,
    /// with the odds that make n the mean of the sum; at the ends, which may be almost certain, a sum of one sign.
    fn log_density<S: Scalar>(x: S, [n, a, b]: [S; 3]) -> S {
        let count = n.value();
        if count == 0.0 {
            return S::from(0.0);
        } else if x.value() == 0.0 {
            return -log_rising_ratio(a, b, count);
        } else if x.value() == count {
            return -log_rising_ratio(b, a, count);
        }
        // The mass does not depend on the odds, and has no slope in them.
        let sum = a.value() + b.value();
        let [success, failure] = [count / (count + sum), sum / (count + sum)].map(S::from);
        let odds = Odds { success, failure, log_success: success.ln(), log_failure: failure.ln() };
        log_negative_binomial(x, a, odds) + log_negative_binomial(n - x, b, odds)
            - log_negative_binomial(n, a + b, odds)
    }
}

impl Draw<3> for BetaBinomial {
    fn draw(bits: &mut Element, [n, a, b]: [f64; 3]) -> f64 {
        let logit = log_standard_gamma(bits, a) - log_standard_gamma(bits, b);
        binomial::draw(bits, n, Logits::odds(logit))
    }
}

/// The most masses that are summed for a tail.
const MOST: usize = 1 << 24;

/// ln P(X ≤ x): the mass at x times the sum of the ratios to it, from x downwards.
///
/// Not-a-number where more than 2²⁴ masses count. Each ratio adds a rounding: relative error 1e-13 measured over 150,000.
fn log_lower<S: Scalar>(x: S, [n, a, b]: [S; 3]) -> S {
    const LARGE: f64 = 1e250;
    let (mut j, mut term, mut sum, mut log_scale) = (x, S::from(1.0), S::from(1.0), 0.0);
    for _ in 0..MOST {
        // With a ≥ 1 masses that fall towards 0 keep falling.
        let rest = term.value() * j.value();
        if rest <= 0.0 || rest.is_nan() || (a.value() >= 1.0 && rest < 1e-18 * sum.value()) {
            let log_sum = sum.ln() + log_scale;
            return (BetaBinomial::log_density(x, [n, a, b]) + log_sum).min(S::from(0.0));
        }
        term = term * (j / (n - j + 1.0)) * ((n - j + b) / (j + a - 1.0));
        sum = sum + term;
        if sum.value() > LARGE {
            (term, sum, log_scale) = (term / LARGE, sum / LARGE, log_scale + LARGE.ln());
        }
        j = j - 1.0;
    }
    S::from(f64::NAN)
}

impl Cdf<3> for BetaBinomial {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        log_lower(S::from(x.value().floor()), theta)
    }
    fn log_upper<S: Scalar>(x: S, [n, a, b]: [S; 3]) -> S {
        log_lower(n - (x.value().floor() + 1.0), [n, b, a])
    }
}

impl Quantile<3> for BetaBinomial {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        quantile::<S, Self, 3>(level, theta)
    }
}

impl Moments<3> for BetaBinomial {
    fn mean<S: Scalar>([n, a, b]: [S; 3]) -> S {
        n * (a / (a + b))
    }
    fn variance<S: Scalar>([n, a, b]: [S; 3]) -> S {
        let sum = a + b;
        n * (a / sum) * (b / sum) * ((sum + n) / (sum + 1.0))
    }
}

impl Mode<3> for BetaBinomial {
    /// Where the ratio of neighbouring masses passes 1; the more likely end where it does not, and the upper one of equals.
    fn mode<S: Scalar>([n, a, b]: [S; 3]) -> S {
        let [n, a, b] = [n, a, b].map(Scalar::value);
        let (rise, fall) = (n * (a - 1.0) - (b - 1.0), a + b - 2.0);
        S::from(if fall > 0.0 {
            ((rise / fall).floor() + 1.0).clamp(0.0, n)
        } else if a >= b {
            n
        } else {
            0.0
        })
    }
}
