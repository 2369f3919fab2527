//! From a Gumbel law: with t the logarithm of E\[e^(−z)\], z = (x − `loc_p`) / `scale_p`, every divergence is e^t − 1 − t ≥ 0
//! plus what the best location leaves, 1 + t + E\[z\] + ln `scale_p` less the entropy.

use super::never_negative;
use crate::Scalar;
use crate::law::{Divergence, Moments};
use crate::laws::{Exponential, Gamma, Gumbel, HALF_LN_2_PI, Normal, Uniform};
use crate::scalar::special::{
    digamma_minus_log, exp_m1_excess, ln_ratio, ln_sinhc, log1pmx, ratio_deficit, stirling_error,
};

impl Divergence<2, Gumbel, 2> for Normal {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let half_square = (q[1] / p[1]).square() * 0.5;
        let t = half_square - (q[0] - p[0]) / p[1];
        // With r = scale_q / scale_p: r²/2 − ln r + ½ − ½ ln 2π.
        let excess = (q[1] - p[1]) / p[1];
        let of_scale = excess.square() * 0.5 + ratio_deficit(q[1], p[1]);
        exp_m1_excess(t) + of_scale + (1.0 - HALF_LN_2_PI)
    }
}

impl Divergence<1, Gumbel, 2> for Exponential {
    fn kl<S: Scalar>([rate]: [S; 1], p: [S; 2]) -> S {
        let r = (rate * p[1]).recip();
        let t = p[0] / p[1] - r.ln_1p();
        exp_m1_excess(t) + (r - r.ln_1p() - r.ln())
    }
}

impl Divergence<2, Gumbel, 2> for Gamma {
    fn kl<S: Scalar>([a, rate]: [S; 2], p: [S; 2]) -> S {
        let r = (rate * p[1]).recip();
        let t = p[0] / p[1] - a * r.ln_1p();
        // The entropy is ½ ln(2π a) + S(a) + (1 − a) (ψ(a) − ln a) with Stirling's error S.
        let of_shape = -a * log1pmx(r) - r.ln() - a.ln() * 0.5 - stirling_error(a)
            + (a - 1.0) * digamma_minus_log(a)
            + (1.0 - HALF_LN_2_PI);
        exp_m1_excess(t) + never_negative(of_shape)
    }
}

impl Divergence<2, Gumbel, 2> for Uniform {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let v = (q[1] * 0.5 - q[0] * 0.5) / p[1];
        let stretch = ln_sinhc(v);
        let t = stretch - (Self::mean(q) - p[0]) / p[1];
        exp_m1_excess(t) + (stretch - ln_ratio(v, S::from(0.5)) + 1.0)
    }
}
