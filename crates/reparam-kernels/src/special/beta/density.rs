//! The density of the logit of a beta variable.

use std::f64::consts::TAU;

use libm::{log, log1p};

use super::super::gamma::{lgamma, log1pmx, stirling_error};
use super::point::Point;

/// Up to this a + b the logarithms of x^a, y^b and B(a, b) are so small that their sum is exact enough.
const MODERATE: f64 = 16.0;

/// ln (x^a y^b / B(a, b)), the logarithm of the density of ln(x / y) for x ~ Beta(a, b).
///
/// For large parameters it is ½ ln(a b / (2π (a + b))) less two deviances and three errors of Stirling's formula: of the
/// large logarithms that B(a, b) and the powers consist of none is formed (C. Loader, Fast and accurate computation of
/// binomial probabilities, 2000).
pub(super) fn log_logit_density(a: f64, b: f64, point: &Point) -> f64 {
    let total = a + b;
    if total < MODERATE {
        return a * point.log_x() + b * point.log_y() - (lgamma(a) + lgamma(b) - lgamma(total));
    }
    let drift = point.drift(a, b);
    let deviance = deviance(a, b, point, -drift) + deviance(b, a, &point.mirrored(), drift);
    let stirling = stirling_error(a) + stirling_error(b) - stirling_error(total);
    0.5 * (log(a / total * b) - log(TAU)) - stirling - deviance
}

/// a ln(a / k) + k − a for k = (a + b) x = a + excess.
fn deviance(a: f64, b: f64, point: &Point, excess: f64) -> f64 {
    let share = excess / a;
    if share.abs() < 0.5 { -a * log1pmx(share) } else { a * (share - log_share(a, b, point, excess)) }
}

/// ln((a + b) x / a) for (a + b) x = a + excess.
pub(super) fn log_share(a: f64, b: f64, point: &Point, excess: f64) -> f64 {
    let share = excess / a;
    if share.abs() < 0.5 { log1p(share) } else { point.log_x() + log1p(b / a) }
}
