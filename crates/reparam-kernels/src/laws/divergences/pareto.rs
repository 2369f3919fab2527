//! From a Pareto law.

use super::bounded::log_gap_of_uniform;
use super::{infinite, never_negative};
use crate::Scalar;
use crate::law::{Divergence, Entropy, Law, Moments};
use crate::laws::{Pareto, Uniform};

impl Divergence<2, Pareto, 2> for Uniform {
    /// Infinite for low < `scale_p`.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        if q[0].value() < p[0].value() {
            return infinite();
        }
        let density = Pareto::log_density(Self::mean(q), p);
        never_negative(-density - (p[1] + 1.0) * log_gap_of_uniform(q) - Self::entropy(q))
    }
}
