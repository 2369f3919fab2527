//! Slopes of draws, quantiles and log-densities against finite differences.

use reparam_kernels::law::Coordinate;
use reparam_testing::{Estimate, derivative};

use crate::cases::{Case, cases};

const LOG_ODDS: [f64; 5] = [-5.0, -0.8, 0.3, 1.0, 4.0];

/// The derivative of f in one parameter, where its neighbours are parameters as well.
///
/// The step shrinks until f is finite on both sides: the support may end there.
fn in_parameter(case: &Case, index: usize, f: impl Fn(&[f64]) -> f64) -> Option<Estimate> {
    let at = case.theta[index];
    let moved = |to: f64| {
        let mut theta = case.theta.to_vec();
        theta[index] = to;
        if (case.law.check)(&theta).is_ok() { f(&theta) } else { f64::NAN }
    };
    let widest = if at == 0.0 { 0.01 } else { 0.003 * at.abs() };
    let step = (0..6).map(|k| widest * 0.25_f64.powi(k));
    let step = step.into_iter().find(|step| moved(at - step).is_finite() && moved(at + step).is_finite())?;
    Some(derivative(moved, at, step))
}

/// Fails where `got` is not the estimated slope of a function of this size.
fn compare(case: &Case, what: &str, x: f64, got: f64, estimate: Estimate) {
    let allowed = 1e-6 * got.abs() + 10.0 * estimate.error;
    assert!(
        (got - estimate.value).abs() <= allowed,
        "{} {:?} {what} at {x:e}: {got:e}, not {estimate:?}",
        case.law.name,
        case.theta
    );
}

#[test]
fn draws_move_as_their_quantiles() {
    for case in cases() {
        let Some(quantile) = case.law.quantile else { continue };
        let slopes_of_quantile = case.law.quantile_slopes.unwrap();
        let coordinate = case.law.sampler.map_or(Coordinate::Itself, |sampler| sampler.coordinate);
        for (level, x) in case.quantiles(&LOG_ODDS) {
            let of_quantile = slopes_of_quantile(level, case.theta);
            let of_draw = case.law.slopes.map(|slopes| slopes(coordinate.of(x), case.theta));
            for (index, parameter) in case.law.parameters.iter().enumerate() {
                let moved = in_parameter(&case, index, |theta| quantile(level, theta));
                let Some(estimate) = moved else { continue };
                compare(&case, parameter.name, x, of_quantile[index], estimate);
                if let Some(of_draw) = &of_draw {
                    let slope = of_draw[index] * coordinate.slope(coordinate.of(x));
                    compare(&case, &format!("draw in {}", parameter.name), x, slope, estimate);
                }
            }
        }
    }
}

#[test]
fn log_densities_differentiate_themselves() {
    for case in cases() {
        for (level, x) in case.quantiles(&LOG_ODDS) {
            let slopes = (case.law.log_prob_slopes)(x, case.theta);
            let step = case.reach(level, x);
            compare(&case, "log_prob in x", x, slopes[0], derivative(|x| case.log_prob(x), x, step));
            for (index, parameter) in case.law.parameters.iter().enumerate() {
                let moved = in_parameter(&case, index, |theta| (case.law.log_prob)(x, theta));
                let Some(estimate) = moved else { continue };
                compare(&case, &format!("log_prob in {}", parameter.name), x, slopes[1 + index], estimate);
            }
        }
    }
}
