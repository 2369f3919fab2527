//! AsymmetricLaplace(loc, scale, asymmetry): exponential tails of mean scale · asymmetry below loc and scale / asymmetry
//! above it.

use crate::law::{
    Cdf, Domain, Draw, Entropy, Explicit, Law, Level, Mode, Moments, Noise, Parameter, Quantile,
    Reparameterized, Support, path_with_slopes,
};
use crate::scalar::special::{located, standard_value, standardised};
use crate::{Element, Scalar};

/// The asymmetric Laplace law; with asymmetry 1 the Laplace law.
#[derive(Clone, Copy, Debug)]
pub struct AsymmetricLaplace;

/// The logarithms of P(X ≤ loc) = κ² / (1 + κ²) and P(X > loc) for the asymmetry κ.
fn log_shares<S: Scalar>(asymmetry: S) -> [S; 2] {
    let log_odds = asymmetry.ln() * 2.0;
    [-(-log_odds).softplus(), -log_odds.softplus()]
}

/// The x at the logarithms of both tails.
fn at_level<S: Scalar>(tails: [S; 2], [loc, scale, asymmetry]: [S; 3]) -> S {
    let [log_lower, log_upper] = log_shares(asymmetry);
    let below = tails[0] - log_lower;
    if below.value() <= 0.0 {
        located(loc, scale, asymmetry * below)
    } else {
        located(loc, scale, -(tails[1] - log_upper) / asymmetry)
    }
}

impl Law<3> for AsymmetricLaplace {
    const NAME: &'static str = "AsymmetricLaplace";
    const PARAMETERS: [Parameter; 3] = [
        Parameter::new("loc", Domain::Real),
        Parameter::new("scale", Domain::Positive),
        Parameter::new("asymmetry", Domain::Positive),
    ];

    fn support(_: [f64; 3]) -> Support {
        Support::REAL
    }
    fn log_density<S: Scalar>(x: S, [loc, scale, asymmetry]: [S; 3]) -> S {
        let z = standardised(x, loc, scale).abs();
        let fall = if x.value() < loc.value() { z / asymmetry } else { z * asymmetry };
        // 1 / (κ + 1/κ) is the share above loc times κ.
        let [_, log_upper] = log_shares(asymmetry);
        -fall - scale.ln() + log_upper + asymmetry.ln()
    }
}

impl Explicit<3> for AsymmetricLaplace {
    const NOISE: Noise = Noise::Logistic;
    fn path<S: Scalar>(noise: S, theta: [S; 3]) -> S {
        at_level([-(-noise).softplus(), -noise.softplus()], theta)
    }
}

impl Draw<3> for AsymmetricLaplace {
    fn draw(bits: &mut Element, theta: [f64; 3]) -> f64 {
        Self::path(bits.noise(Self::NOISE), theta)
    }
}

impl Reparameterized<3> for AsymmetricLaplace {
    /// In the asymmetry κ, −scale (|z| / κ + 2 / (1 + κ²)): the mass moves below loc, and the tails with it.
    fn slopes(x: f64, [loc, scale, asymmetry]: [f64; 3]) -> [f64; 3] {
        let z = standard_value(x, loc, scale);
        let shift = 2.0 / (asymmetry * asymmetry + 1.0);
        [1.0, z, -scale * (z.abs() / asymmetry + shift)]
    }
    fn draw_with_slopes(bits: &mut Element, theta: [f64; 3]) -> (f64, [f64; 3]) {
        path_with_slopes::<Self, 3>(bits.noise(Self::NOISE), theta)
    }
}

impl Cdf<3> for AsymmetricLaplace {
    fn lower<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_lower(x, theta).exp()
    }
    fn upper<S: Scalar>(x: S, theta: [S; 3]) -> S {
        Self::log_upper(x, theta).exp()
    }
    fn log_lower<S: Scalar>(x: S, [loc, scale, asymmetry]: [S; 3]) -> S {
        let z = standardised(x, loc, scale);
        let [log_lower, log_upper] = log_shares(asymmetry);
        if z.value() <= 0.0 { log_lower + z / asymmetry } else { (log_upper - z * asymmetry).ln_1m_exp() }
    }
    fn log_upper<S: Scalar>(x: S, [loc, scale, asymmetry]: [S; 3]) -> S {
        Self::log_lower(-x, [-loc, scale, asymmetry.recip()])
    }
}

impl Quantile<3> for AsymmetricLaplace {
    fn quantile<S: Scalar>(level: Level<S>, theta: [S; 3]) -> S {
        at_level([level.log_lower(), level.log_upper()], theta)
    }
}

impl Moments<3> for AsymmetricLaplace {
    fn mean<S: Scalar>([loc, scale, asymmetry]: [S; 3]) -> S {
        // 1/κ − κ
        loc + scale * (-(asymmetry - 1.0)) * (asymmetry + 1.0) / asymmetry
    }
    fn variance<S: Scalar>([_, scale, asymmetry]: [S; 3]) -> S {
        (scale / asymmetry).square() + (scale * asymmetry).square()
    }
}

impl Mode<3> for AsymmetricLaplace {
    fn mode<S: Scalar>([loc, _, _]: [S; 3]) -> S {
        loc
    }
}

impl Entropy<3> for AsymmetricLaplace {
    fn entropy<S: Scalar>([_, scale, asymmetry]: [S; 3]) -> S {
        let [_, log_upper] = log_shares(asymmetry);
        scale.ln() - log_upper - asymmetry.ln() + 1.0
    }
}
