//! The density of the logit of a beta variable.

use std::f64::consts::TAU;

use libm::{log, log1p};

use super::point::Point;
use super::super::gamma::{lgamma, log1pmx, stirling_error};

/// Up to this a + b the logarithms of x^a, y^b and B(a, b) are so small that their sum is exact enough.
const MODERATE: f64 = 16.0;

/// ln (x^a y^b / B(a, b)), the logarithm of the density of ln(x / y) for x ~ Beta(a, b).
///
/// It is ½ ln(a b / (2π (a + b))) less two deviances and three errors of Stirling's formula: of the large logarithms
/// that B(a, b) and the powers consist of none is formed (C. Loader, Fast and accurate computation of binomial
/// probabilities, 2000).
pub(super) fn log_logit_density(a: f64, b: f64, point: &Point) -> f64 {
    let total = a + b;
    if total < MODERATE {
        return a * point.log_x() + b * point.log_y() - (lgamma(a) + lgamma(b) - lgamma(total));
    }
    let drift = point.drift(a, b);
    let deviance = |k: f64, excess: f64, log_odds: f64, log_point: &dyn Fn() -> f64| {
        // k ln(k / (k − excess)) − excess.
        let share = -excess / k;
        if share.abs() < 0.5 { -k * log1pmx(share) } else { k * (log_odds - log_point()) - excess }
    };
    let odds = |part: f64, other: f64| -log1p(other / part);
    let exponent = deviance(a, drift, odds(a, b), &|| point.log_x())
        + deviance(b, -drift, odds(b, a), &|| point.log_y());
    let stirling = stirling_error(a) + stirling_error(b) - stirling_error(total);
    0.5 * (log(a / total * b) - log(TAU)) - stirling - exponent
}
