//! Lomax(scale, alpha): survival function (1 + x / scale)^(−alpha), Burr(scale, 1, alpha).

use super::Burr;
use super::same_law::same_law;
use crate::Scalar;
use crate::law::{Domain, Law, Parameter, Support};

/// The Lomax law, a Pareto law that starts at 0: K. S. Lomax, "Business failures", Journal of the American Statistical
/// Association 49 (1954).
///
/// SciPy's `lomax(c, scale)` is that of alpha c.
#[derive(Clone, Copy, Debug)]
pub struct Lomax;

/// The same law as a Burr law.
fn burr<S: Scalar>([scale, alpha]: [S; 2]) -> [S; 3] {
    [scale, S::from(1.0), alpha]
}

impl Law<2> for Lomax {
    const NAME: &'static str = "Lomax";
    const PARAMETERS: [Parameter; 2] =
        [Parameter::new("scale", Domain::Positive), Parameter::new("alpha", Domain::Positive)];

    fn support(_: [f64; 2]) -> Support {
        Support::POSITIVE
    }
    fn log_density<S: Scalar>(x: S, theta: [S; 2]) -> S {
        Burr::log_density(x, burr(theta))
    }
}

same_law!(Lomax, 2 => Burr, 3, burr; Explicit, Mode, Entropy);
