//! The density is the derivative of the distribution function, in the small and in the large.

use reparam_kernels::law::Coordinate;
use reparam_testing::{derivative, integrate};

use crate::cases::cases;

/// Levels from 10⁻⁹ to 1 − 10⁻⁹, as log-odds.
const LOG_ODDS: [f64; 9] = [-20.7, -7.0, -2.0, -0.5, 0.1, 0.7, 2.5, 7.5, 20.7];

#[test]
fn densities_integrate_to_the_levels() {
    for case in cases() {
        let coordinate = case.law.sampler.map_or(Coordinate::Itself, |sampler| sampler.coordinate);
        for pair in case.quantiles(&LOG_ODDS).windows(2) {
            let [(left, a), (right, b)] = pair else { unreachable!("windows of two") };
            let mass = if left.is_low() { right.lower - left.lower } else { left.upper - right.upper };
            // As a share of the way, because the ends of the integral may be tiny or huge.
            let (start, end) = (coordinate.of(*a), coordinate.of(*b));
            let density = |share: f64| {
                let t = start + (end - start) * share;
                case.log_prob(coordinate.value(t)).exp() * coordinate.slope(t) * (end - start)
            };
            let integral = integrate(density, 0.0, 1.0, 1e-9).value;
            // One rounding of the ends moves the mass between them.
            let rounding = 1e-15 * [a, b].map(|x| x.abs() * case.log_prob(*x).exp()).iter().sum::<f64>();
            assert!(
                (integral - mass).abs() <= 1e-8 * mass + 4.0 * rounding,
                "{} {:?} from {a:e} to {b:e}: {integral:e}, not {mass:e}",
                case.law.name,
                case.theta
            );
        }
    }
}

#[test]
fn densities_are_derivatives_of_both_tails() {
    for case in cases() {
        let (Some(cdf), Some(sf)) = (case.law.cdf, case.law.sf) else { continue };
        for (level, x) in case.quantiles(&[-15.0, -3.0, -0.6, 0.4, 2.0, 12.0]) {
            let density = case.log_prob(x).exp();
            let step = case.reach(level, x);
            let tail = if level.is_low() { cdf } else { sf };
            let slope = derivative(|x| tail(x, case.theta), x, step);
            let rounding = 1e-14 * x.abs() / step;
            assert!(
                (slope.value.abs() - density).abs() <= (1e-6 + rounding) * density,
                "{} {:?} at {x:e}: {slope:?}, not {density:e}",
                case.law.name,
                case.theta
            );
        }
    }
}
