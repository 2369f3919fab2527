//! From a Laplace law.

use std::f64::consts::FRAC_2_PI;

use crate::Scalar;
use crate::law::Divergence;
use crate::laws::{Laplace, Normal};
use crate::scalar::special::{normal_central_mass, ratio_deficit};

impl Divergence<2, Laplace, 2> for Normal {
    /// With the mean distance E from `loc_p`: E / scale_p − 1 − ln(E / scale_p), plus ½ + ln(2 E / (scale_q √2π)) > 0.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let d = ((q[0] - p[0]) / q[1]).abs();
        // 2 φ(d) + d (Φ(d) − Φ(−d)).
        let distance = (d.square() * -0.5).exp() * FRAC_2_PI.sqrt() + d * normal_central_mass(d);
        ratio_deficit(distance * q[1], p[1]) + (distance * FRAC_2_PI.sqrt()).ln() + 0.5
    }
}
