//! Gamma(concentration, rate): density rateᵃ xᵃ⁻¹ exp(−rate · x) / Γ(a) with a = concentration.
//!
//! Draws are made and differentiated as logarithms: at small concentrations most of them are below every number, and their
//! logarithms are not.

pub(super) mod standard;

use super::{Exponential, HALF_LN_2_PI};
use crate::elementary::{ln_gamma_and_digamma, log};
use crate::law::{
    Bulk, Coordinate, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile,
    Reparameterized, Support, Tail, cdf_by_tail,
};
use crate::sample::log_standard_gamma;
use crate::scalar::special::{
    digamma_minus_log, gamma_shape_divergence, ln_ratio, ratio_deficit, stirling_error,
};
use crate::{Dual, Element, Scalar, single, special};

/// The gamma law.
#[derive(Clone, Copy, Debug)]
pub struct Gamma;

impl Gamma {
    fn tail<S: Scalar>(tail: Tail, x: S, [concentration, rate]: [S; 2]) -> S {
        standard::tail(tail, rate * x, concentration)
    }
}

impl Law<2> for Gamma {
    const NAME: &'static str = "Gamma";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("concentration", Domain::Positive), Parameter::new("rate", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    const QUICK: bool = true;
    #[inline(always)]
    fn quick_log_density(x: f64, [a, rate]: [f64; 2]) -> (bool, Dual<1, 2>) {
        let between = |low: f64, number: f64, high: f64| low < number && number < high;
        let y = rate * x;
        // In these bounds no term is large enough for its rounding error to show.
        let covered =
            between(1e-30, x, 1e30) && between(1e-30, a, 1e6) && between(1e-30, rate, 1e30) && y < 1e7;
        let (log_rate, log_x) = (log(rate), log(x));
        let (ln_gamma, digamma) = ln_gamma_and_digamma(a);
        let value = a * (log_rate + log_x) - log_x - y - ln_gamma;
        (
            covered,
            Dual { value, first: [(a - 1.0) / x - rate], second: [log_rate + log_x - digamma, a / rate - x] },
        )
    }
    /// At 0 it is infinite below concentration 1 and ln rate at 1.
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let [at, a, rate] = [x, theta[0], theta[1]].map(Scalar::value);
        let y = rate * at;
        if at > 0.0 && !y.is_normal() {
            return Self::log_prob_at(x.ln(), theta);
        }
        if at == 0.0 && a == 1.0 {
            return Exponential::log_density(x, [theta[1]]);
        }
        let value = special::gamma_log_density(a, y) + single::log(rate);
        S::chain([x, theta[0], theta[1]], value, || {
            let in_shape = ln_ratio(y, a) - special::digamma_minus_log(a);
            [(a - 1.0) / at - rate, in_shape, a / rate - at]
        })
    }
}

impl Draw<2> for Gamma {
    const COORDINATE: Coordinate = Coordinate::Log;
    const BULK: Option<Bulk> = Some(Bulk::Gamma);

    fn draw(bits: &mut Element, [concentration, rate]: [f64; 2]) -> f64 {
        log_standard_gamma(bits, concentration) - single::log(rate)
    }
    fn log_prob_at<S: Scalar>(t: S, [concentration, rate]: [S; 2]) -> S {
        standard::log_density_of_log(t + rate.ln(), concentration) - t
    }
}

impl Reparameterized<2> for Gamma {
    fn slopes(t: f64, [concentration, rate]: [f64; 2]) -> [f64; 2] {
        [special::log_gamma_draw_slope(concentration, t + single::log(rate)), -rate.recip()]
    }
    fn draw_with_slopes(bits: &mut Element, [concentration, rate]: [f64; 2]) -> (f64, [f64; 2]) {
        let w = log_standard_gamma(bits, concentration);
        (w - single::log(rate), [special::log_gamma_draw_slope(concentration, w), -rate.recip()])
    }
}

cdf_by_tail!(Gamma, 2, Gamma::tail);

impl Quantile<2> for Gamma {
    fn quantile<S: Scalar>(level: Level<S>, [concentration, rate]: [S; 2]) -> S {
        standard::quantile(level, concentration) / rate
    }
}

impl Moments<2> for Gamma {
    fn mean<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        concentration / rate
    }
    fn variance<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        concentration / rate / rate
    }
}

impl Mode<2> for Gamma {
    fn mode<S: Scalar>([concentration, rate]: [S; 2]) -> S {
        if concentration.value() <= 1.0 { S::from(0.0) } else { (concentration - 1.0) / rate }
    }
}

impl Entropy<2> for Gamma {
    /// a + ln Γ(a) + (1 − a) ψ(a) − ln rate, without the terms of the size of a ln a.
    fn entropy<S: Scalar>([a, rate]: [S; 2]) -> S {
        let shape = stirling_error(a) + (-a + 1.0) * digamma_minus_log(a) + HALF_LN_2_PI;
        shape + a.ln() * 0.5 - rate.ln()
    }
}

impl Divergence<2, Self, 2> for Gamma {
    /// That of the shapes at equal means, and that of the means: both ≥ 0.
    fn kl<S: Scalar>([a, rate]: [S; 2], [b, other]: [S; 2]) -> S {
        gamma_shape_divergence(a, b) + b * ratio_deficit(a * other, b * rate)
    }
}

impl Divergence<2, Exponential, 1> for Gamma {
    fn kl<S: Scalar>(q: [S; 2], [rate]: [S; 1]) -> S {
        Self::kl(q, [S::from(1.0), rate])
    }
}

impl Divergence<1, Gamma, 2> for Exponential {
    fn kl<S: Scalar>([rate]: [S; 1], p: [S; 2]) -> S {
        Gamma::kl([S::from(1.0), rate], p)
    }
}
