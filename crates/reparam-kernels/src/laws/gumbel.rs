//! Gumbel(loc, scale): distribution function exp(−e^(−(x − loc) / scale)).

use std::f64::consts::{EULER_GAMMA, PI};

use crate::Scalar;
use crate::law::{
    Cdf, Divergence, Domain, Entropy, Law, Level, Mode, Moments, Noise, Parameter, Quantile, Support,
    location_scale_draws,
};
use crate::scalar::special::{
    exp_m1_excess, ln_gamma_2p_excess, located, log_log_complement, ratio_deficit, standardised,
};

/// The Gumbel law of maxima.
#[derive(Clone, Copy, Debug)]
pub struct Gumbel;

impl Law<2> for Gumbel {
    const NAME: &'static str = "Gumbel";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        let z = standardised(x, loc, scale);
        if z.value() == f64::INFINITY {
            return S::from(f64::NEG_INFINITY);
        }
        -(z + (-z).exp()) - scale.ln()
    }
}

location_scale_draws!(Gumbel, Noise::Gumbel);

impl Cdf<2> for Gumbel {
    fn lower<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 2]) -> S {
        -Self::log_lower(x, theta).exp_m1()
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -(-standardised(x, loc, scale)).exp()
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale]: [S; 2]) -> S {
        -log_log_complement(-standardised(x, loc, scale)).exp()
    }
}

impl Quantile<2> for Gumbel {
    fn quantile<S: Scalar>(level: Level<S>, [loc, scale]: [S; 2]) -> S {
        located(loc, scale, -(-level.log_lower()).ln())
    }
}

impl Moments<2> for Gumbel {
    fn mean<S: Scalar>([loc, scale]: [S; 2]) -> S {
        loc + scale * EULER_GAMMA
    }
    fn variance<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.square() * (PI * PI / 6.0)
    }
}

impl Mode<2> for Gumbel {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for Gumbel {
    fn entropy<S: Scalar>([_, scale]: [S; 2]) -> S {
        scale.ln() + (1.0 + EULER_GAMMA)
    }
}

impl Divergence<2, Self, 2> for Gumbel {
    /// With r = `scale_q` / `scale_p`, d = (`loc_q` − `loc_p`) / `scale_p` and m = ln Γ(1 + r) − d:
    /// (r − 1 − ln r) + (e^m − 1 − m) + (ln Γ(1 + r) − ψ(2) (r − 1)), every term ≥ 0.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let excess = (q[1] - p[1]) / p[1];
        let log_gamma = ln_gamma_2p_excess(excess);
        let m = log_gamma + excess * (1.0 - EULER_GAMMA) - (q[0] - p[0]) / p[1];
        ratio_deficit(q[1], p[1]) + exp_m1_excess(m) + log_gamma
    }
}
