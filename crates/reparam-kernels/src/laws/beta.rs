//! Beta(concentration1, concentration0): density xᵃ⁻¹ (1 − x)ᵇ⁻¹ / B(a, b) with a = concentration1, b = concentration0.
//!
//! Draws are made and differentiated as logits, which stay apart where most draws are closer to 0 or 1 than any number.

pub(super) mod standard;

use crate::law::{
    Bulk, Coordinate, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile,
    Reparameterized, Support, Tail, cdf_by_tail,
};
use crate::sample::log_standard_gamma;
use crate::scalar::special::{beta_shape_divergence, deviance, logit};
use crate::special::{beta_log_density, digamma_rise, logit_beta_draw_slopes};
use crate::{Element, Scalar, single};

/// The beta law.
#[derive(Clone, Copy, Debug)]
pub struct Beta;

impl Beta {
    fn tail<S: Scalar>(tail: Tail, x: S, [a, b]: [S; 2]) -> S {
        standard::tail(tail, (x.value(), 1.0 - x.value()), logit(x), a, b)
    }
}

impl Law<2> for Beta {
    const NAME: &'static str = "Beta";
    const PARAMETERS: [Parameter; 2] = [
        Parameter::new("concentration1", Domain::Positive),
        Parameter::new("concentration0", Domain::Positive),
    ];

    fn support(_: [f64; 2]) -> Support {
        Support::UNIT
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let [at, a, b] = [x, theta[0], theta[1]].map(Scalar::value);
        S::chain([x, theta[0], theta[1]], beta_log_density(a, b, at, 1.0 - at), || {
            // 0 / 0 stands for a factor that is not there.
            let pull = |excess: f64, at: f64| if excess == 0.0 { 0.0 } else { excess / at };
            let in_x = pull(a - 1.0, at) - pull(b - 1.0, 1.0 - at);
            [in_x, single::log(at) + digamma_rise(a, b), single::log1p(-at) + digamma_rise(b, a)]
        })
    }
}

impl Draw<2> for Beta {
    const COORDINATE: Coordinate = Coordinate::Logit;
    const BULK: Option<Bulk> = Some(Bulk::Beta);

    fn draw(bits: &mut Element, [a, b]: [f64; 2]) -> f64 {
        log_standard_gamma(bits, a) - log_standard_gamma(bits, b)
    }
    fn log_prob_at<S: Scalar>(t: S, [a, b]: [S; 2]) -> S {
        standard::log_density_of_logit(t, a, b) + t.softplus() + (-t).softplus()
    }
}

impl Reparameterized<2> for Beta {
    fn slopes(t: f64, [a, b]: [f64; 2]) -> [f64; 2] {
        logit_beta_draw_slopes(a, b, t).into()
    }
}

cdf_by_tail!(Beta, 2, Beta::tail);

impl Quantile<2> for Beta {
    fn quantile<S: Scalar>(level: Level<S>, [a, b]: [S; 2]) -> S {
        standard::logit_quantile(level, a, b).sigmoid()
    }
}

impl Moments<2> for Beta {
    fn mean<S: Scalar>([a, b]: [S; 2]) -> S {
        a / (a + b)
    }
    fn variance<S: Scalar>([a, b]: [S; 2]) -> S {
        let total = a + b;
        a / total * (b / total) / (total + 1.0)
    }
}

impl Mode<2> for Beta {
    /// 0 for a < 1, 1 for b < 1 ≤ a, and ½ where the law is uniform.
    fn mode<S: Scalar>([a, b]: [S; 2]) -> S {
        match (a.value(), b.value()) {
            (1.0, 1.0) => S::from(0.5),
            (a, _) if a < 1.0 => S::from(0.0),
            (_, b) if b < 1.0 => S::from(1.0),
            _ => (a - 1.0) / ((a - 1.0) + (b - 1.0)),
        }
    }
}

impl Entropy<2> for Beta {
    fn entropy<S: Scalar>([a, b]: [S; 2]) -> S {
        standard::entropy(a, b, 1.0)
    }
}

impl Divergence<2, Self, 2> for Beta {
    /// The divergence of ln Γ at both parameters less that at their sum, each split into a deviance and what the shape of a
    /// gamma law adds.
    ///
    /// The deviances together are those from the same mean, of which none is negative; what remains cannot be either,
    /// because the reciprocal of ψ′(x) − 1/x is superadditive.
    fn kl<S: Scalar>([a, b]: [S; 2], [c, d]: [S; 2]) -> S {
        let (from, to) = (a + b, c + d);
        let growth = to / from;
        let of_mean = deviance(c, a * growth) + deviance(d, b * growth);
        of_mean + beta_shape_divergence([a, b], [c, d])
    }
}
