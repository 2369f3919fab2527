//! Within families that are another one in other coordinates, and within the Cauchy and inverse Gaussian families.

use super::infinite;
use crate::Scalar;
use crate::law::Divergence;
use crate::laws::{
    Cauchy, Frechet, HalfCauchy, InverseGaussian, LogNormal, LogUniform, LogitNormal, Normal, TanhNormal,
    Weibull,
};
use crate::scalar::special::{ln_ratio, ratio_deficit};

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

impl Divergence<1, Self, 1> for HalfCauchy {
    /// That of the Cauchy laws around 0, both sides of which are alike.
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        let around_zero = |scale: S| [S::from(0.0), scale];
        Cauchy::kl(around_zero(q), around_zero(p))
    }
}

impl Divergence<2, Self, 2> for Frechet {
    /// That of 1/x, a Weibull number.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let weibull = |[scale, concentration]: [S; 2]| [scale.recip(), concentration];
        <Weibull as Divergence<2, Weibull, 2>>::kl(weibull(q), weibull(p))
    }
}

impl Divergence<2, Self, 2> for LogUniform {
    /// ln of the ratio of the widths in ln x; infinite where the first interval is not in the second.
    fn kl<S: Scalar>([low, high]: [S; 2], p: [S; 2]) -> S {
        if low.value() < p[0].value() || high.value() > p[1].value() {
            return infinite();
        }
        ((ln_ratio(low, p[0]) + ln_ratio(p[1], high)) / ln_ratio(high, low)).ln_1p()
    }
}

impl Divergence<2, Self, 2> for InverseGaussian {
    /// That of gamma laws of shape ½ and these rates, plus `concentration_p` (`loc_q` − `loc_p`)² / (2 `loc_q` `loc_p`²).
    fn kl<S: Scalar>([loc, concentration]: [S; 2], p: [S; 2]) -> S {
        let distance = (loc - p[0]) / p[0];
        (ratio_deficit(p[1], concentration) + distance.square() * (p[1] / loc)) * 0.5
    }
}
