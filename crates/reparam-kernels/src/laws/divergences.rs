//! Closed-form divergences between laws of different families, by the family of the second law.
//!
//! A member of an exponential family is compared by way of the member with the same expectations: the divergence from that
//! one depends on the first law alone, and what remains is a divergence within the family. Both are ≥ 0, so nothing cancels
//! between them.

mod apart;
mod bounded;
mod gamma;
mod gumbel;
mod kumaraswamy;
mod laplace;
mod location;
mod normal;
mod pareto;
mod truncated;

use crate::Scalar;
use crate::law::Divergence;
use crate::laws::{Beta, Gamma, Gumbel, Normal, Uniform};

/// What is ≥ 0 but for rounding.
fn never_negative<S: Scalar>(divergence: S) -> S {
    S::chain([divergence], if divergence.value() < 0.0 { 0.0 } else { divergence.value() }, || [1.0])
}

/// The same function by a formula that knows its value better.
fn with_value<S: Scalar>(divergence: S, value: f64) -> S {
    S::chain([divergence], value, || [1.0])
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
