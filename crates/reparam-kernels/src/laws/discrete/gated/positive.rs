//! Counts given that they are positive, where 1 may be almost certain.

use crate::Scalar;
use crate::law::{Cdf, Moments};
use crate::laws::discrete::mass::log_rising_ratio;
use crate::laws::{NegativeBinomial, Poisson, Probs, Success};
use crate::scalar::special::{exp_m1_excess, exp_m1_mean_deficit, exp_m1_over, ln_sinhc};

/// A law of counts, without its zeros.
///
/// Written with E(x) = (e^x − 1) / x so that nothing cancels where zeros have nearly all of the mass.
pub(super) trait Positive<const P: usize>: Cdf<P> + Moments<P> {
    /// ln P(X = x | X > 0).
    fn log_positive<S: Scalar>(x: S, theta: [S; P]) -> S;
    /// E\[X | X > 0\].
    fn positive_mean<S: Scalar>(theta: [S; P]) -> S;
    /// Var\[X | X > 0\] / E\[X | X > 0\].
    fn positive_dispersion<S: Scalar>(theta: [S; P]) -> S;
}

/// (e^x − 1) / x.
fn mean_exponential<S: Scalar>(x: S) -> S {
    exp_m1_over(S::from(1.0), x)
}

/// The difference of two large numbers where zeros are rare, and otherwise far from equal.
fn by_difference<S: Scalar, L: Cdf<P>, const P: usize>(x: S, theta: [S; P]) -> S {
    L::log_density(x, theta) - L::log_upper(S::from(0.0), theta)
}

impl Positive<1> for Poisson {
    fn log_positive<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        if x.value() == 1.0 {
            // −ln E(rate).
            let half = rate * 0.5;
            return -(half + ln_sinhc(half));
        }
        by_difference::<S, Self, 1>(x, [rate])
    }
    fn positive_mean<S: Scalar>([rate]: [S; 1]) -> S {
        mean_exponential(-rate).recip()
    }
    fn positive_dispersion<S: Scalar>([rate]: [S; 1]) -> S {
        exp_m1_mean_deficit(rate)
    }
}

/// −ln(1 − p): the Poisson rate of the clusters of a count, per unit of `total_count`.
fn clusters<S: Scalar>(success: S) -> S {
    -Probs::odds(success).log_failure
}

impl Positive<2> for NegativeBinomial {
    fn log_positive<S: Scalar>(x: S, [total_count, success]: [S; 2]) -> S {
        let rate = clusters(success);
        if x.value() == 1.0 {
            // −ln E(−λ)⁻¹ − ln E(r λ).
            let (one, all) = (rate * 0.5, total_count * rate * 0.5);
            return -(one - ln_sinhc(one)) - (all + ln_sinhc(all));
        }
        if total_count.value() >= 1.0 {
            return by_difference::<S, Self, 2>(x, [total_count, success]);
        }
        // Γ(x + r) / (Γ(1 + r) x!) pˣ r / (e^(rλ) − 1): towards the logarithmic law as r vanishes.
        let rise = log_rising_ratio(total_count, S::from(1.0), x.value() - 1.0);
        rise - x.ln() + x * Probs::odds(success).log_success - exp_m1_over(rate, total_count).ln()
    }
    fn positive_mean<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let rate = clusters(success);
        mean_exponential(rate) / mean_exponential(-(total_count * rate))
    }
    /// e^λ − E(λ) + E(λ) (1 − 1 / E(r λ)).
    fn positive_dispersion<S: Scalar>([total_count, success]: [S; 2]) -> S {
        let rate = clusters(success);
        let of_cluster = exp_m1_excess(-rate) / rate * rate.exp();
        of_cluster + mean_exponential(rate) * exp_m1_mean_deficit(total_count * rate)
    }
}
