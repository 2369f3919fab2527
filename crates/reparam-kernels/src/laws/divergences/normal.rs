//! From a normal law: that of the normal law with the same mean and variance, plus the negentropy, what the entropy lacks to
//! that of this normal law.

use std::f64::consts::{EULER_GAMMA, LN_2, PI};

use super::{infinite, never_negative};
use crate::Scalar;
use crate::law::{Divergence, Entropy, Moments};
use crate::laws::{
    Beta, ContinuousBernoulli, Exponential, Gamma, Gumbel, HALF_LN_2_PI, Laplace, Normal, Pareto, Success,
    Uniform,
};
use crate::scalar::special::{
    digamma_minus_log, gamma_negentropy, gamma_negentropy_rest, log_minus_digamma_excess, log1pmx,
};

/// The entropy of the standard normal law.
const NORMAL_ENTROPY: f64 = 0.5 + HALF_LN_2_PI;

/// The divergence of a law with this mean, standard deviation and negentropy.
pub(super) fn from_normal<S: Scalar>(mean: S, deviation: S, negentropy: S, p: [S; 2]) -> S {
    if deviation.value() == f64::INFINITY {
        return infinite();
    }
    Normal::kl([mean, deviation], p) + negentropy
}

impl Divergence<2, Normal, 2> for Laplace {
    fn kl<S: Scalar>([loc, scale]: [S; 2], p: [S; 2]) -> S {
        let negentropy = NORMAL_ENTROPY + 0.5 * LN_2 - (1.0 + LN_2);
        from_normal(loc, scale * std::f64::consts::SQRT_2, S::from(negentropy), p)
    }
}

impl Divergence<2, Normal, 2> for Gumbel {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let deviation = PI / 6.0_f64.sqrt();
        let negentropy = NORMAL_ENTROPY + deviation.ln() - (1.0 + EULER_GAMMA);
        from_normal(Self::mean(q), q[1] * deviation, S::from(negentropy), p)
    }
}

impl Divergence<2, Normal, 2> for Uniform {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let deviation = (q[1] * 0.5 - q[0] * 0.5) / 3.0_f64.sqrt();
        let negentropy = NORMAL_ENTROPY - 0.5 * 12.0_f64.ln();
        from_normal(Self::mean(q), deviation, S::from(negentropy), p)
    }
}

impl Divergence<1, Normal, 2> for Exponential {
    fn kl<S: Scalar>([rate]: [S; 1], p: [S; 2]) -> S {
        from_normal(rate.recip(), rate.recip(), S::from(NORMAL_ENTROPY - 1.0), p)
    }
}

impl Divergence<2, Normal, 2> for Gamma {
    fn kl<S: Scalar>([a, rate]: [S; 2], p: [S; 2]) -> S {
        from_normal(a / rate, a.sqrt() / rate, gamma_negentropy(a), p)
    }
}

impl Divergence<2, Normal, 2> for Beta {
    fn kl<S: Scalar>([a, b]: [S; 2], p: [S; 2]) -> S {
        let n = a + b;
        let small = a.min(b).value();
        let negentropy = if small < 10.0 {
            gamma_negentropy(a) + gamma_negentropy(b) - gamma_negentropy(n) + digamma_minus_log(n)
                - n.recip().ln_1p() * 0.5
        } else {
            // The skewness, which may vanish, and what it leaves of all five.
            let skewness = ((a - b) / a) * ((a - b) / b) / n / 3.0;
            let rest = gamma_negentropy_rest(a) + gamma_negentropy_rest(b) - gamma_negentropy_rest(n);
            skewness + (rest - log_minus_digamma_excess(n) - log1pmx(n.recip()) * 0.5)
        };
        let deviation = ((a / n) * (b / n) / (n + 1.0)).sqrt();
        from_normal(a / n, deviation, never_negative(negentropy), p)
    }
}

impl Divergence<2, Normal, 2> for Pareto {
    /// Infinite for alpha ≤ 2.
    fn kl<S: Scalar>([scale, alpha]: [S; 2], p: [S; 2]) -> S {
        if alpha.value() <= 2.0 {
            return infinite();
        }
        // As for the exponential law, which ln(x / scale) has, plus what vanishes for large alpha.
        let h = alpha.recip();
        let stretch = -(-h).ln_1p() - (-h * 2.0).ln_1p() * 0.5 - h;
        let deviation = scale / (alpha - 1.0) * (alpha / (alpha - 2.0)).sqrt();
        from_normal(Self::mean([scale, alpha]), deviation, stretch + (NORMAL_ENTROPY - 1.0), p)
    }
}

impl<F: Success> Divergence<1, Normal, 2> for ContinuousBernoulli<F> {
    fn kl<S: Scalar>(q: [S; 1], p: [S; 2]) -> S {
        let lambda = F::logits(q[0]);
        // Far out it is exponential.
        if lambda.value().abs() > 45.0 {
            let deviation = lambda.abs().recip();
            return from_normal(Self::mean(q), deviation, S::from(NORMAL_ENTROPY - 1.0), p);
        }
        let variance = Self::variance(q);
        let negentropy = variance.ln() * 0.5 + NORMAL_ENTROPY - Self::entropy(q);
        from_normal(Self::mean(q), variance.sqrt(), negentropy, p)
    }
}
