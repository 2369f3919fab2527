//! Closed-form divergences between laws of different families, by the family of the second law.
//!
//! A member of an exponential family is compared by way of the member with the same expectations: the divergence from that
//! one depends on the first law alone, and what remains is a divergence within the family. Both are ≥ 0, so nothing cancels
//! between them.

mod apart;
mod bounded;
mod chi2;
mod gamma;
mod gumbel;
mod kumaraswamy;
mod laplace;
mod location;
mod normal;
mod pareto;
mod truncated;

use crate::law::{Divergence, Draw, Explicit, values};
use crate::laws::{Beta, Gamma, Gumbel, Normal, Uniform};
use crate::scalar::special::exp_m1_excess;
use crate::{Scalar, single};

/// What is ≥ 0 but for rounding.
fn never_negative<S: Scalar>(divergence: S) -> S {
    S::chain([divergence], if divergence.value() < 0.0 { 0.0 } else { divergence.value() }, || [1.0])
}

/// The same function by a formula that knows its value better.
fn with_value<S: Scalar>(divergence: S, value: f64) -> S {
    S::chain([divergence], value, || [1.0])
}

/// E\[f(y)\] for a Gumbel number y, by the trapezoidal rule, which for such a density is exact to the last digits.
fn gumbel_expectation<S: Scalar>(f: impl Fn(f64) -> S) -> S {
    // The error of the rule is e^(−π² / step); beyond the ends, less than 10⁻¹⁷ is left.
    const STEP: f64 = 0.25;
    (-15..=160)
        .map(|k| f64::from(k) * STEP)
        .fold(S::from(0.0), |sum, y| sum + f(y) * (STEP * single::exp(-y - single::exp(-y))))
}

/// The same divergence where the laws are so close that its terms cancel: E\[e^u − 1 − u\] with u = ln p(X) − ln q(X), of
/// which nothing is negative.
///
/// For q whose draws are made of a Gumbel number. The slopes, which are of the first order in what the laws differ by, are
/// those of the terms.
fn precise_where_close<Q: Explicit<2>, M: Draw<2>, S: Scalar>(divergence: S, q: [S; 2], p: [S; 2]) -> S {
    if divergence.value() > 1e-3 {
        return divergence;
    }
    let (q, p) = (values(q), values(p));
    let value = gumbel_expectation(|y: f64| {
        let t = Q::path(y, q);
        exp_m1_excess(M::log_prob_at(t, p) - Q::log_prob_at(t, q))
    });
    with_value(divergence, value)
}

/// Where the second law gives no probability to what the first one does.
fn infinite<S: Scalar>() -> S {
    S::from(f64::INFINITY)
}

/// The divergence within a family under its own name, which the trait's is not where other laws have as many parameters.
macro_rules! within {
    ($($law:ty),+) => {$(
        impl $law {
            /// E\[ln q(X) − ln p(X)\] for X of the law q, both of this family.
            pub fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
                <Self as Divergence<2, Self, 2>>::kl(q, p)
            }
        }
    )+};
}

within!(Beta, Gamma, Gumbel, Normal, Uniform);
