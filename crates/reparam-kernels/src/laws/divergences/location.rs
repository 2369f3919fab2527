//! Within families that are another one in other coordinates, and within the Cauchy family.

use crate::Scalar;
use crate::law::Divergence;
use crate::laws::{Cauchy, LogNormal, LogitNormal, Normal, TanhNormal};

/// The divergence of the normal laws that are transformed.
macro_rules! as_normal {
    ($($law:ty),+) => {$(
        impl Divergence<2, Self, 2> for $law {
            fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
                Normal::kl(q, p)
            }
        }
    )+};
}

as_normal!(LogNormal, LogitNormal, TanhNormal);

impl Divergence<2, Self, 2> for Cauchy {
    /// ln(1 + ((`scale_q` − `scale_p`)² + (`loc_q` − `loc_p`)²) / (4 `scale_q` `scale_p`)), by F. Chyzak and F. Nielsen, "A
    /// closed-form formula for the Kullback-Leibler divergence between Cauchy distributions" (2019).
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let over_scales = |x: S| (x / q[1]) * (x / p[1]);
        let excess = (over_scales(q[1] - p[1]) + over_scales(q[0] - p[0])) * 0.25;
        if excess.value() < 1e290 {
            return excess.ln_1p();
        }
        let distance = (q[0] - p[0]).abs().max(q[1] + p[1]);
        // The other of both adds less than one rounding, or a factor of at most 2 that the formula below holds.
        let rest = (q[0] - p[0]).abs().min(q[1] + p[1]) / distance;
        distance.ln() * 2.0 + rest.square().ln_1p() - q[1].ln() - p[1].ln() - 4.0_f64.ln()
    }
}
