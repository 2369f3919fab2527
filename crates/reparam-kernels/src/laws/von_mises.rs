//! VonMises(loc, concentration): density e^(concentration · cos(x − loc)) / (2π I₀(concentration)) on the circle.

use std::f64::consts::{PI, TAU};

use crate::law::{
    Cdf, Circular, Divergence, Domain, Draw, Entropy, Law, Level, Mode, Moments, Parameter, Quantile,
    Reparameterized, Support,
};
use crate::scalar::special::{
    bessel_ratio, bessel_ratio_complement, log_i0_bregman, von_mises_cdf, von_mises_entropy,
    von_mises_log_cdf, von_mises_log_peak, von_mises_quantile, von_mises_variance,
};
use crate::{Element, Scalar, sample, special};

/// The von Mises law of angles: nearly normal for large concentrations, uniform for 0.
///
/// Support, draws and quantiles are the turn from loc − π to loc + π, which moves with loc: the slope of a draw in loc is 1
/// everywhere. Any other angle stands for the one in that turn that is whole turns away, in the density, which so repeats
/// after every turn, and in the distribution function: the probability of the arc from loc − π to x. The variance is
/// that of the number in this turn; that of the direction is the circular variance, 1 − I₁/I₀.
#[derive(Clone, Copy, Debug)]
pub struct VonMises;

/// x − loc, within half a turn.
fn angle<S: Scalar>(x: S, loc: S) -> S {
    (x - loc).max(S::from(-PI)).min(S::from(PI))
}

impl Law<2> for VonMises {
    const NAME: &'static str = "VonMises";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("loc", Domain::Real), Parameter::new("concentration", Domain::NonNegative)];
    const PERIOD: Option<f64> = Some(TAU);

    fn support([loc, _]: [f64; 2]) -> Support {
        Support::Interval(loc - PI, loc + PI)
    }
    /// cos z − 1 = −2 sin²(z/2).
    fn log_density<S: Scalar>(x: S, [loc, concentration]: [S; 2]) -> S {
        let sine = ((x - loc) * 0.5).sin();
        von_mises_log_peak(concentration) - concentration * (sine.square() * 2.0)
    }
    /// At any angle: the density repeats after every turn.
    fn log_prob<S: Scalar>(x: S, theta: [S; 2]) -> S {
        if x.value().is_infinite() { S::from(f64::NEG_INFINITY) } else { Self::log_density(x, theta) }
    }
}

impl Draw<2> for VonMises {
    fn draw(bits: &mut Element, [loc, concentration]: [f64; 2]) -> f64 {
        loc + sample::von_mises(bits, concentration)
    }
}

impl Reparameterized<2> for VonMises {
    fn slopes(x: f64, [loc, concentration]: [f64; 2]) -> [f64; 2] {
        [1.0, special::von_mises_draw_slope(concentration, angle(x, loc))]
    }
    fn draw_with_slopes(bits: &mut Element, [loc, concentration]: [f64; 2]) -> (f64, [f64; 2]) {
        // Of the angle itself, which loc + angle rounds.
        let z = sample::von_mises(bits, concentration);
        (loc + z, [1.0, special::von_mises_draw_slope(concentration, z)])
    }
}

impl Cdf<2> for VonMises {
    fn lower<S: Scalar>(x: S, [loc, concentration]: [S; 2]) -> S {
        von_mises_cdf(angle(x, loc), concentration)
    }
    fn upper<S: Scalar>(x: S, [loc, concentration]: [S; 2]) -> S {
        von_mises_cdf(-angle(x, loc), concentration)
    }
    fn log_lower<S: Scalar>(x: S, [loc, concentration]: [S; 2]) -> S {
        von_mises_log_cdf(angle(x, loc), concentration)
    }
    fn log_upper<S: Scalar>(x: S, [loc, concentration]: [S; 2]) -> S {
        von_mises_log_cdf(-angle(x, loc), concentration)
    }
}

impl Quantile<2> for VonMises {
    fn quantile<S: Scalar>(level: Level<S>, [loc, concentration]: [S; 2]) -> S {
        let tail = von_mises_quantile(level.lower.min(level.upper), concentration);
        if level.is_low() { loc + tail } else { loc - tail }
    }
}

impl Moments<2> for VonMises {
    fn mean<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
    /// E\[(x − loc)²\] on the turn around loc, which is not the circular variance.
    fn variance<S: Scalar>([_, concentration]: [S; 2]) -> S {
        von_mises_variance(concentration)
    }
}

impl Circular<2> for VonMises {
    /// 1 − I₁(concentration) / I₀(concentration).
    fn circular_variance<S: Scalar>([_, concentration]: [S; 2]) -> S {
        bessel_ratio_complement(concentration)
    }
}

impl Mode<2> for VonMises {
    fn mode<S: Scalar>([loc, _]: [S; 2]) -> S {
        loc
    }
}

impl Entropy<2> for VonMises {
    fn entropy<S: Scalar>([_, concentration]: [S; 2]) -> S {
        von_mises_entropy(concentration)
    }
}

impl Divergence<2, Self, 2> for VonMises {
    /// With A = I₁/I₀: the Bregman divergence of ln I₀ from `concentration_q` to `concentration_p`, plus
    /// 2 `concentration_p` A(`concentration_q`) sin²((`loc_q` − `loc_p`) / 2); both terms ≥ 0.
    fn kl<S: Scalar>(q: [S; 2], p: [S; 2]) -> S {
        let sine = ((q[0] - p[0]) * 0.5).sin();
        log_i0_bregman(p[1], q[1]) + p[1] * (bessel_ratio(q[1]) * sine.square() * 2.0)
    }
}
