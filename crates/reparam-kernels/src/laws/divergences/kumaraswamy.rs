//! From a beta law, of a Kumaraswamy law.

use std::f64::consts::EULER_GAMMA;

use super::{gumbel_expectation, never_negative, precise_where_close, with_value};
use crate::Scalar;
use crate::law::{Divergence, Draw, Entropy, Explicit};
use crate::laws::{Beta, Kumaraswamy};
use crate::scalar::special::digamma;

/// E\[ln(1 − X)\] without a closed form: as an expectation over the Gumbel number that a draw is made of.
fn mean_log_complement<S: Scalar>(theta: [S; 2]) -> S {
    gumbel_expectation(|y| -Kumaraswamy::path(S::from(y), theta).softplus())
}

impl Divergence<2, Beta, 2> for Kumaraswamy {
    /// By the log-density of the beta law at the point whose log-odds are E\[ln X\] − E\[ln(1 − X)\].
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let log_x = -(digamma(q[1] + 1.0) + EULER_GAMMA) / q[0];
        let log_rest = mean_log_complement(q);
        let t = log_x - log_rest;
        let density = Beta::log_prob_at(t, p)
            + (p[0] - 1.0) * (log_x + (-t).softplus())
            + (p[1] - 1.0) * (log_rest + t.softplus());
        let divergence = never_negative(-Self::entropy(q) - density);
        match q.map(Scalar::value) {
            // Both families meet there.
            [1.0, b] => with_value(divergence, Beta::kl([1.0, b], p.map(Scalar::value))),
            [a, 1.0] => with_value(divergence, Beta::kl([a, 1.0], p.map(Scalar::value))),
            _ => precise_where_close::<Self, Beta, S>(divergence, q, p),
        }
    }
}
