//! The density of the logit of a beta variable.

use std::f64::consts::TAU;

use libm::{log, log1p};

use super::super::gamma::{lbeta, log1pmx, stirling_error};
use super::point::{Point, in_domain};

/// Up to this a + b the logarithms of x^a, y^b and B(a, b) are so small that their sum is exact enough.
const MODERATE: f64 = 16.0;

/// (a − 1) ln x + (b − 1) ln y − ln B(a, b), the log-density of Beta(a, b) at x = 1 − y.
///
/// For a, b > 0 and x, y in [0, 1], of which the smaller one counts to the last digit; its limits at the ends, where
/// 0 · ln 0 counts as 0. Nothing of the size of large parameters cancels: see [`logit_beta_log_density`].
pub fn beta_log_density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let point = Point::new(x, y);
    if !in_domain(a, b, &point) {
        return f64::NAN;
    }
    if x == 0.0 || y == 0.0 {
        let (at, other) = if x == 0.0 { (a, b) } else { (b, a) };
        return if at < 1.0 {
            f64::INFINITY
        } else if at > 1.0 {
            f64::NEG_INFINITY
        } else {
            log(other)
        };
    }
    if a + b < MODERATE {
        return (a - 1.0) * point.log_x() + (b - 1.0) * point.log_y() - lbeta(a, b);
    }
    log_logit_density(a, b, &point) - point.log_x() - point.log_y()
}

/// a ln x + b ln y − ln B(a, b), the log-density of the logit t = ln(x / y) of a draw x = 1 − y from Beta(a, b).
///
/// For a, b > 0 and any t, also where x or y lies below the range of doubles; not-a-number elsewhere.
///
/// For large parameters by deviances and errors of Stirling's formula, which are small (C. Loader, 2000).
pub fn logit_beta_log_density(a: f64, b: f64, logit: f64) -> f64 {
    let point = Point::from_logit(logit);
    if in_domain(a, b, &point) { log_logit_density(a, b, &point) } else { f64::NAN }
}

/// ln (x^a y^b / B(a, b)), the logarithm of the density of ln(x / y) for x ~ Beta(a, b).
///
/// For large parameters it is ½ ln(a b / (2π (a + b))) less two deviances and three errors of Stirling's formula: of the
/// large logarithms that B(a, b) and the powers consist of none is formed (C. Loader, Fast and accurate computation of
/// binomial probabilities, 2000).
pub(super) fn log_logit_density(a: f64, b: f64, point: &Point) -> f64 {
    let total = a + b;
    if total < MODERATE {
        return a * point.log_x() + b * point.log_y() - lbeta(a, b);
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
