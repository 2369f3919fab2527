//! Maxwell(scale): density √(2/π) x² / scale³ exp(−x² / (2 scale²)), Nakagami(3/2, √3 scale).

use super::Nakagami;
use super::same_law::same_law;
use crate::Scalar;
use crate::law::{Domain, Law, Parameter, Support};

/// √3.
const SQRT_3: f64 = 1.732_050_807_568_877_3;

/// The Maxwell–Boltzmann law: the length of a vector of three independent Normal(0, scale) numbers.
///
/// The scale is that of SciPy.
#[derive(Clone, Copy, Debug)]
pub struct Maxwell;

/// The same law as a Nakagami law.
fn nakagami<S: Scalar>([scale]: [S; 1]) -> [S; 2] {
    [S::from(1.5), scale * SQRT_3]
}

impl Law<1> for Maxwell {
    const NAME: &'static str = "Maxwell";
    const PARAMETERS: [Parameter; 1] = [Parameter::new("scale", Domain::Positive)];

    fn support(_: [f64; 1]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 1]) -> S {
        Nakagami::log_density(x, nakagami(theta))
    }
}

same_law!(Maxwell, 1 => Nakagami, 2, nakagami; Mode, Entropy, Divergence);
