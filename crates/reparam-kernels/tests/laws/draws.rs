//! Draws against the distribution function, and what gradients need of every draw.

use reparam_kernels::Rng;
use reparam_kernels::law::Coordinate;
use reparam_testing::{KolmogorovSmirnov, Rates};

use crate::cases::{Case, cases};

const DRAWS: usize = 3000;

/// The coordinates of draws.
fn draws(case: &Case) -> Vec<f64> {
    let Some(sampler) = case.law.sampler else { return Vec::new() };
    let mut rng = Rng::new(20_261_121);
    (0..DRAWS).map(|_| (sampler.draw)(&mut rng.element(), case.theta)).collect()
}

#[test]
fn draws_follow_the_distribution_function() {
    let test = KolmogorovSmirnov::new(Rates::new(1e-9, 1e-3));
    for case in cases() {
        let (Some(sampler), Some(cdf)) = (case.law.sampler, case.law.cdf) else { continue };
        let z: Vec<f64> = draws(&case).into_iter().map(|t| sampler.coordinate.value(t)).collect();
        let (low, high) = (case.law.support)(case.theta).ends();
        if z.iter().any(|z| *z == low || *z == high) {
            // Draws that the ends swallow are known by their coordinate alone.
            assert_ne!(sampler.coordinate, Coordinate::Itself, "{} {:?}", case.law.name, case.theta);
            continue;
        }
        test.check(&z, |x| cdf(x, case.theta))
            .unwrap_or_else(|rejection| panic!("{} {:?}: {rejection}", case.law.name, case.theta));
    }
}

#[test]
fn every_draw_has_a_finite_density_and_finite_slopes() {
    for case in cases() {
        let Some(sampler) = case.law.sampler else { continue };
        let (low, high) = (case.law.support)(case.theta).ends();
        for t in draws(&case) {
            let name = format!("{} {:?} at coordinate {t:e}", case.law.name, case.theta);
            assert!(t.is_finite() && (sampler.log_prob_at)(t, case.theta).is_finite(), "{name}");
            // In both types, strictly inside of (0, ∞), (0, 1) or (−1, 1).
            let z = sampler.coordinate.value(t);
            let (single, double): (f32, f64) = (sampler.coordinate.inward(z), sampler.coordinate.inward(z));
            let inside = |z: f64| match sampler.coordinate {
                // Heavy tails reach beyond single precision.
                Coordinate::Itself => {
                    (double - z).abs() <= 1e-7 * double.abs() || z.abs() == f64::from(f32::MAX)
                }
                Coordinate::Log => z > 0.0 && z.is_finite(),
                Coordinate::Logit => z > 0.0 && z < 1.0,
                Coordinate::Artanh => z.abs() < 1.0,
            };
            assert!(inside(double) && inside(f64::from(single)), "{name}: {double:e}, {single:e}");
            assert!(double >= low * (1.0 - 1e-13) && double <= high * (1.0 + 1e-13) || low < 0.0, "{name}");
            if let Some(slopes) = case.law.slopes {
                assert!(slopes(t, case.theta).iter().all(|slope| slope.is_finite()), "{name}");
            }
        }
    }
}

#[test]
fn density_at_the_coordinate_is_the_density() {
    for case in cases() {
        let Some(sampler) = case.law.sampler else { continue };
        for (_, x) in case.quantiles(&[-12.0, -2.0, 0.4, 3.0, 10.0]) {
            let (there, here) =
                ((sampler.log_prob_at)(sampler.coordinate.of(x), case.theta), case.log_prob(x));
            // The logarithm of x carries one rounding of its own size.
            let slope = (case.law.log_prob_slopes)(x, case.theta)[0].abs() * x.abs();
            let allowed = 1e-14 * (10.0 + here.abs()) + 2e-14 * slope;
            assert!(
                (there - here).abs() <= allowed,
                "{} {:?} at {x:e}: {there:e}, not {here:e}",
                case.law.name,
                case.theta
            );
        }
    }
}
