//! Nakagami(concentration, scale): x² / scale² is a gamma number of this concentration and mean 1, by M. Nakagami, "The
//! m-distribution, a general formula of intensity of rapid fading" (1960).
//!
//! Density 2 mᵐ / (Γ(m) x) y^m e^(−m y) with m = concentration and y = x² / scale².

use super::GeneralizedGamma;
use super::same_law::same_law;
use crate::law::{Divergence, Domain, Law, Parameter, Support};
use crate::scalar::special::{exp_m1_excess, gamma_shape_divergence, ln_ratio};
use crate::special::{self, log1pmx};
use crate::{Scalar, single};

/// The Nakagami law: half-normal for concentration ½, Rayleigh for 1, Maxwell for 3/2.
///
/// The scale is the root of E\[x²\], as SciPy's; what others call spread, Ω, is its square. SciPy calls the
/// concentration ν, most books m.
#[derive(Clone, Copy, Debug)]
pub struct Nakagami;

/// The same law as a generalized gamma law.
fn generalized_gamma<S: Scalar>([concentration, scale]: [S; 2]) -> [S; 3] {
    [concentration, scale / concentration.sqrt(), S::from(2.0)]
}

impl Law<2> for Nakagami {
    const NAME: &'static str = "Nakagami";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("concentration", Domain::Positive), Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    /// The slope in the concentration at a given mean square is a small difference of those of the generalized gamma
    /// law.
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        let [at, m, scale] = [x, theta[0], theta[1]].map(Scalar::value);
        let ratio = at / scale;
        let y = m * ratio * ratio;
        if at == 0.0 || !y.is_normal() {
            return GeneralizedGamma::log_density(x, generalized_gamma(theta));
        }
        let value = special::poisson_log_mass(m, y) + single::log(2.0 * m) - single::log(at);
        S::chain([x, theta[0], theta[1]], value, || {
            let excess = (at - scale) / scale * (ratio + 1.0);
            let fall = if excess > -0.5 { log1pmx(excess) } else { 2.0 * ln_ratio(at, scale) - excess };
            [(2.0 * (m - y) - 1.0) / at, fall - special::digamma_minus_log(m), 2.0 * m * excess / scale]
        })
    }
}

same_law!(Nakagami, 2 => GeneralizedGamma, 3, generalized_gamma; Mode, Entropy);

impl Divergence<2, Self, 2> for Nakagami {
    /// That of the shapes at equal means of the squares, and that of the means.
    fn kl<S: Scalar>([a, scale]: [S; 2], [b, other]: [S; 2]) -> S {
        gamma_shape_divergence(a, b) + b * exp_m1_excess(ln_ratio(scale, other) * 2.0)
    }
}
