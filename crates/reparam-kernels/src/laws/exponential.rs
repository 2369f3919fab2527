//! Exponential(rate): density rate · exp(−rate · x).

use crate::Scalar;
use crate::law::{
    Cdf, Coordinate, Divergence, Domain, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter,
    Quantile, Support, explicit_draws,
};
use crate::scalar::special::{log_log_complement, ratio_deficit};

/// The exponential law of waiting times.
#[derive(Clone, Copy, Debug)]
pub struct Exponential;

impl Law<1> for Exponential {
    const NAME: &'static str = "Exponential";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("rate", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        rate.ln() - rate * x
    }
}

impl Explicit<1> for Exponential {
    const NOISE: Noise = Noise::Exponential;
    fn path<S: Scalar>(noise: S, [rate]: [S; 1]) -> S {
        noise / rate
    }
}

explicit_draws!(Exponential, 1, Coordinate::Itself, noise at x, [rate] => x * rate);

impl Cdf<1> for Exponential {
    fn lower<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        -(-rate * x).exp_m1()
    }
    fn upper<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        (-rate * x).exp()
    }
    fn log_lower<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        -log_log_complement(rate.ln() + x.ln()).exp()
    }
    fn log_upper<S: Scalar>(x: S, [rate]: [S; 1]) -> S {
        -rate * x
    }
}

impl Quantile<1> for Exponential {
    fn quantile<S: Scalar>(level: Level<S>, [rate]: [S; 1]) -> S {
        -level.log_upper() / rate
    }
}

impl Moments<1> for Exponential {
    fn mean<S: Scalar>([rate]: [S; 1]) -> S {
        rate.recip()
    }
    fn variance<S: Scalar>([rate]: [S; 1]) -> S {
        rate.recip().square()
    }
}

impl Mode<1> for Exponential {
    fn mode<S: Scalar>(_: [S; 1]) -> S {
        S::from(0.0)
    }
}

impl Entropy<1> for Exponential {
    fn entropy<S: Scalar>([rate]: [S; 1]) -> S {
        -rate.ln() + 1.0
    }
}

impl Divergence<1, Self, 1> for Exponential {
    /// With e = `rate_p` / `rate_q` − 1: e − ln(1 + e).
    fn kl<S: Scalar>([q]: [S; 1], [p]: [S; 1]) -> S {
        ratio_deficit(p, q)
    }
}
