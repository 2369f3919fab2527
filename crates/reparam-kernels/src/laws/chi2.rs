//! Chi2(df): Gamma(df / 2, 1/2), the sum of df squares of standard normal numbers.

use super::Gamma;
use crate::law::{
    Cdf, Coordinate, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile,
    Reparameterized, Support,
};
use crate::{Element, Scalar};

/// The χ² law.
#[derive(Clone, Copy, Debug)]
pub struct Chi2;

/// The same law as a gamma law.
pub(super) fn gamma<S: Scalar>([df]: [S; 1]) -> [S; 2] {
    [df * 0.5, S::from(0.5)]
}

impl Law<1> for Chi2 {
    const NAME: &'static str = "Chi2";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("df", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Gamma::log_density(x, gamma(theta))
    }
}

impl Draw<1> for Chi2 {
    const COORDINATE: Coordinate = Gamma::COORDINATE;

    fn draw(bits: &mut Element, theta: [f64; 1]) -> f64 {
        Gamma::draw(bits, gamma(theta))
    }
    fn log_prob_at<S: Scalar>(t: S, theta: [S; 1]) -> S {
        Gamma::log_prob_at(t, gamma(theta))
    }
}

impl Reparameterized<1> for Chi2 {
    fn slopes(t: f64, theta: [f64; 1]) -> [f64; 1] {
        [0.5 * Gamma::slopes(t, gamma(theta))[0]]
    }
    fn draw_with_slopes(bits: &mut Element, theta: [f64; 1]) -> (f64, [f64; 1]) {
        let (t, [in_concentration, _]) = Gamma::draw_with_slopes(bits, gamma(theta));
        (t, [0.5 * in_concentration])
    }
}

impl Cdf<1> for Chi2 {
    fn lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Gamma::lower(x, gamma(theta))
    }
    fn upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Gamma::upper(x, gamma(theta))
    }
    fn log_lower<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Gamma::log_lower(x, gamma(theta))
    }
    fn log_upper<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Gamma::log_upper(x, gamma(theta))
    }
}

impl Quantile<1> for Chi2 {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 1]) -> S {
        Gamma::quantile(level, gamma(theta))
    }
}

impl Moments<1> for Chi2 {
    fn mean<S: Scalar>([df]: [S; 1]) -> S {
        df
    }
    fn variance<S: Scalar>([df]: [S; 1]) -> S {
        df * 2.0
    }
}

impl Mode<1> for Chi2 {
    fn mode<S: Scalar>(theta: [S; 1]) -> S {
        Gamma::mode(gamma(theta))
    }
}

impl Entropy<1> for Chi2 {
    fn entropy<S: Scalar>(theta: [S; 1]) -> S {
        Gamma::entropy(gamma(theta))
    }
}

impl Divergence<1, Self, 1> for Chi2 {
    fn kl<S: Scalar>(q: [S; 1], p: [S; 1]) -> S {
        Gamma::kl(gamma(q), gamma(p))
    }
}

impl Divergence<1, Gamma, 2> for Chi2 {
    fn kl<S: Scalar>(q: [S; 1], p: [S; 2]) -> S {
        Gamma::kl(gamma(q), p)
    }
}

impl Divergence<2, Chi2, 1> for Gamma {
    fn kl<S: Scalar>(q: [S; 2], p: [S; 1]) -> S {
        Gamma::kl(q, gamma(p))
    }
}
