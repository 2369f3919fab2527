//! From an exponential or a gamma law.
//!
//! With D = ln E\[X\] − E\[ln X\] ≥ 0, E\[ln p\] of a gamma law is its log-density at E\[X\] less (concentration − 1) D.

use super::bounded::log_gap_of_uniform;
use super::{infinite, never_negative, precise_where_close, with_value};
use crate::Scalar;
use crate::law::{Divergence, Entropy, Law, Moments};
use crate::laws::{Beta, ContinuousBernoulli, Exponential, Gamma, Pareto, Success, Uniform, Weibull};
use crate::scalar::special::{
    digamma_minus_log, gamma_negentropy_fall, ln_gamma_2p_excess, log_minus_digamma_excess, log1pmx,
    ratio_deficit,
};

/// The divergence of a law on the positive numbers with this mean, entropy and D.
fn from_gamma<S: Scalar>(mean: S, entropy: S, gap: S, p: [S; 2]) -> S {
    if mean.value() == f64::INFINITY {
        return infinite();
    }
    never_negative((p[0] - 1.0) * gap - Gamma::log_density(mean, p) - entropy)
}

/// The divergence of a law on the positive numbers with this mean: that of the exponential law with the same mean, and what
/// the entropy lacks to that of this law.
fn from_exponential<S: Scalar>(mean: S, deficit: S, [rate]: [S; 1]) -> S {
    if mean.value() == f64::INFINITY {
        return infinite();
    }
    ratio_deficit(rate * mean, S::from(1.0)) + never_negative(deficit)
}

impl Divergence<2, Exponential, 1> for Uniform {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 1]) -> S {
        if q[0].value() < 0.0 {
            return infinite();
        }
        let mean = Self::mean(q);
        from_exponential(mean, mean.ln() + 1.0 - Self::entropy(q), p)
    }
}

impl Divergence<2, Exponential, 1> for Pareto {
    /// Infinite for alpha ≤ 1.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 1]) -> S {
        let h = q[1].recip();
        if h.value() >= 1.0 {
            return infinite();
        }
        from_exponential(Self::mean(q), q[1].ln() - (-h).ln_1p() - h, p)
    }
}

impl Divergence<2, Exponential, 1> for Beta {
    fn kl<S: Scalar>(q: [S; 2], [rate]: [S; 1]) -> S {
        <Self as Divergence<2, Gamma, 2>>::kl(q, [S::from(1.0), rate])
    }
}

impl<F: Success> Divergence<1, Exponential, 1> for ContinuousBernoulli<F> {
    fn kl<S: Scalar>(q: [S; 1], p: [S; 1]) -> S {
        let (mean, r) = (Self::mean(q), -F::logits(q[0]));
        let deficit = if r.value() < 1.0 {
            mean.ln() + 1.0 - Self::entropy(q)
        } else {
            // Nearly exponential with rate r: the mean is (1 − y) / r with y = r / (e^r − 1).
            let y = r * (-r).exp() / -(-r).exp_m1();
            log1pmx(-y) - (-r).ln_1m_exp()
        };
        from_exponential(mean, deficit, p)
    }
}

impl Divergence<2, Gamma, 2> for Uniform {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[0].value() < 0.0 {
            return infinite();
        }
        from_gamma(Self::mean(q), Self::entropy(q), log_gap_of_uniform(q), p)
    }
}

impl Divergence<2, Gamma, 2> for Pareto {
    /// Infinite for alpha ≤ 1.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[1].value() <= 1.0 {
            return infinite();
        }
        from_gamma(Self::mean(q), Self::entropy(q), -log1pmx(-q[1].recip()), p)
    }
}

impl Divergence<2, Gamma, 2> for Beta {
    /// By way of the gamma law of concentration a and rate n = a + b, which the beta law with large b is close to: the
    /// divergence from that one, that of both gamma laws, and what E\[ln X\] differs by, times a − concentration.
    fn kl<S: Scalar>([a, b]: [S; 2], p: [S; 2]) -> S {
        let n = a + b;
        let from_near =
            gamma_negentropy_fall(b, a) - a * log_minus_digamma_excess(n) + ratio_deficit(b, n) * 0.5;
        never_negative(from_near + Gamma::kl([a, n], p) + (p[0] - a) * digamma_minus_log(n))
    }
}

impl Divergence<2, Gamma, 2> for Weibull {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let h = q[1].recip();
        // ln Γ(1 + h) + γ h, as a sum of what is not negative.
        let gap = ln_gamma_2p_excess(h) - log1pmx(h);
        let divergence = from_gamma(Self::mean(q), Self::entropy(q), gap, p);
        let at = q.map(Scalar::value);
        if at[1] == 1.0 {
            // Both families meet there.
            return with_value(divergence, Gamma::kl([1.0, at[0].recip()], p.map(Scalar::value)));
        }
        precise_where_close::<Self, Gamma, S>(divergence, q, p)
    }
}

impl Divergence<2, Exponential, 1> for Weibull {
    fn kl<S: Scalar>(q: [S; 2], [rate]: [S; 1]) -> S {
        <Self as Divergence<2, Gamma, 2>>::kl(q, [S::from(1.0), rate])
    }
}
