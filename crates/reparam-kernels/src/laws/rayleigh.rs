//! Rayleigh(scale): density x / scale² exp(−x² / (2 scale²)), Weibull(√2 scale, 2).

use std::f64::consts::SQRT_2;

use super::Weibull;
use super::same_law::same_law;
use crate::Scalar;
use crate::law::{Domain, Law, Parameter, Support};

/// The Rayleigh law: the length of a vector of two independent Normal(0, scale) numbers.
///
/// Scale and name are those of SciPy; Stan calls the scale σ.
#[derive(Clone, Copy, Debug)]
pub struct Rayleigh;

/// The same law as a Weibull law.
fn weibull<S: Scalar>([scale]: [S; 1]) -> [S; 2] {
    [scale * SQRT_2, S::from(2.0)]
}

impl Law<1> for Rayleigh {
    const NAME: &'static str = "Rayleigh";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Weibull::log_density(x, weibull(theta))
    }
}

same_law!(Rayleigh, 1 => Weibull, 2, weibull; Explicit, Mode, Entropy, Divergence);
