//! InverseGamma(concentration, rate): the law of 1 / x for x ~ Gamma(concentration, rate).

use super::gamma::standard;
use super::{Gamma, HALF_LN_2_PI};
use crate::law::{
    Coordinate, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile,
    Reparameterized, Support, Tail, cdf_by_tail,
};
use crate::scalar::special::{digamma_minus_log, ln_ratio, stirling_error};
use crate::{Element, Scalar, single, special};

/// The inverse gamma law.
#[derive(Clone, Copy, Debug)]
pub struct InverseGamma;

impl InverseGamma {
    fn tail<S: Scalar>(tail: Tail, x: S, [concentration, rate]: [S; 2]) -> S {
        standard::tail(tail.opposite(), rate / x, concentration)
    }
}

impl Law<2> for InverseGamma {
    const NAME: &'static str = "InverseGamma";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("concentration", Domain::Positive), Parameter::new("rate", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let [at, a, rate] = [x, theta[0], theta[1]].map(Scalar::value);
        let y = rate / at;
        if at == 0.0 {
            return S::from(f64::NEG_INFINITY);
        }
        if !y.is_normal() {
            return Self::log_prob_at(x.ln(), theta);
        }
        let value = special::gamma_log_density(a, y) + single::log(rate) - 2.0 * single::log(at);
        S::chain([x, theta[0], theta[1]], value, || {
            let in_shape = ln_ratio(y, a) - special::digamma_minus_log(a);
            [(y - (a + 1.0)) / at, in_shape, a / rate - at.recip()]
        })
    }
}

impl Draw<2> for InverseGamma {
    const COORDINATE: Coordinate = Coordinate::Log;

    fn draw(bits: &mut Element, theta: [f64; 2]) -> f64 {
        -Gamma::draw(bits, theta)
    }
    fn log_prob_at<S: Scalar>(t: S, [concentration, rate]: [S; 2]) -> S {
        standard::log_density_of_log(rate.ln() - t, concentration) - t
    }
}

impl Reparameterized<2> for InverseGamma {
    fn slopes(t: f64, theta: [f64; 2]) -> [f64; 2] {
        Gamma::slopes(-t, theta).map(|slope| -slope)
    }
    fn draw_with_slopes(bits: &mut Element, theta: [f64; 2]) -> (f64, [f64; 2]) {
        let (t, slopes) = Gamma::draw_with_slopes(bits, theta);
        (-t, slopes.map(|slope| -slope))
    }
}

cdf_by_tail!(InverseGamma, 2, InverseGamma::tail);

impl Quantile<2> for InverseGamma {
    fn quantile<S: Scalar>(level: Level<S>, [concentration, rate]: [S; 2]) -> S {
        let inverse = standard::quantile(level.reflected(), concentration);
        if inverse.value().is_normal() {
            return ln_ratio(rate, inverse).exp();
        }
        (rate.ln() - standard::log_quantile(level.reflected(), concentration)).exp()
    }
}

impl Moments<2> for InverseGamma {
    /// rate / (concentration − 1); infinite for concentrations up to 1.
    fn mean<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        if concentration.value() <= 1.0 {
            return S::from(f64::INFINITY);
        }
        rate / (concentration - 1.0)
    }
    /// mean² / (concentration − 2); infinite for concentrations up to 2.
    fn variance<S: Scalar>(theta: [S; 2]) -> S {
        if theta[0].value() <= 2.0 {
            return S::from(f64::INFINITY);
        }
        Self::mean(theta).square() / (theta[0] - 2.0)
    }
}

impl Mode<2> for InverseGamma {
    fn mode<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        rate / (concentration + 1.0)
    }
}

impl Entropy<2> for InverseGamma {
    /// a + ln Γ(a) − (1 + a) ψ(a) + ln rate, without the terms of the size of a ln a.
    fn entropy<S: Scalar>([a, rate]: [S; 2]) -> S {
        let shape = stirling_error(a) - (a + 1.0) * digamma_minus_log(a) + HALF_LN_2_PI;
        shape - a.ln() * 1.5 + rate.ln()
    }
}

impl Divergence<2, Self, 2> for InverseGamma {
    /// That of the reciprocals.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        Gamma::kl(q, p)
    }
}
