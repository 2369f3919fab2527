//! Both tails and their logarithms, and the quantile.

use reparam_kernels::law::Level;

use crate::cases::cases;

const LOG_ODDS: [f64; 11] = [-600.0, -80.0, -30.0, -8.0, -1.0, 0.2, 1.5, 6.0, 20.0, 90.0, 500.0];

#[test]
fn tails_add_up_and_logarithms_agree() {
    for case in cases() {
        let (Some(cdf), Some(sf)) = (case.law.cdf, case.law.sf) else { continue };
        let (log_cdf, log_sf) = (case.law.log_cdf.unwrap(), case.law.log_sf.unwrap());
        for (_, x) in case.quantiles(&LOG_ODDS) {
            let (lower, upper) = (cdf(x, case.theta), sf(x, case.theta));
            let context = format!("{} {:?} at {x:e}", case.law.name, case.theta);
            assert!((lower + upper - 1.0).abs() <= 1e-13, "{context}: {lower:e} and {upper:e}");
            for (log, tail) in [(log_cdf(x, case.theta), lower), (log_sf(x, case.theta), upper)] {
                let error = (log.exp() - tail).abs();
                assert!(error <= 1e-12 * tail + f64::MIN_POSITIVE, "{context}: ln {log:e} of {tail:e}");
            }
        }
    }
}

#[test]
fn quantiles_undo_both_tails() {
    for case in cases() {
        let (Some(cdf), Some(sf)) = (case.law.cdf, case.law.sf) else { continue };
        for (level, x) in case.quantiles(&LOG_ODDS) {
            // One rounding of x or of a parameter moves the level.
            let slopes = case.law.quantile_slopes.unwrap()(level, case.theta);
            let finite = slopes.iter().zip(case.theta).filter(|(_, theta)| theta.is_finite());
            let moved: f64 = finite.map(|(slope, theta)| (slope * theta).abs()).sum();
            let rounding = 2e-16 * (x.abs() + moved) * case.log_prob(x).exp();
            for (got, want) in [(cdf(x, case.theta), level.lower), (sf(x, case.theta), level.upper)] {
                assert!(
                    (got - want).abs() <= 2e-13 * want * (1.0 + want.ln().abs()) + 4.0 * rounding,
                    "{} {:?} at {x:e}: {got:e}, not {want:e}",
                    case.law.name,
                    case.theta
                );
            }
        }
    }
}

#[test]
fn beyond_and_at_the_ends() {
    for case in cases() {
        let (low, high) = (case.law.support)(case.theta).ends();
        let name = case.law.name;
        for (outside, level) in [(low - 1.0 - low.abs(), 0.0), (high + 1.0 + high.abs(), 1.0)] {
            // Where there is a period, only the infinite numbers have no density.
            let nowhere = if case.law.period.is_some() { f64::INFINITY.copysign(outside) } else { outside };
            assert_eq!(case.log_prob(nowhere), f64::NEG_INFINITY, "{name} at {outside:e}");
            if let (Some(cdf), Some(sf)) = (case.law.cdf, case.law.sf) {
                assert_eq!(
                    (cdf(outside, case.theta), sf(outside, case.theta)),
                    (level, 1.0 - level),
                    "{name}"
                );
            }
        }
        assert!(case.log_prob(f64::NAN).is_nan(), "{name}");
        if let Some(quantile) = case.law.quantile {
            let ends = [0.0, 1.0].map(|level| quantile(Level::lower(level), case.theta));
            assert!(quantile(Level::lower(f64::NAN), case.theta).is_nan(), "{name} at no level");
            let close = |got: f64, end: f64| got == end || (got - end).abs() <= 1e-13 * end.abs();
            assert!(close(ends[0], low) && close(ends[1], high), "{name} {:?}: {ends:?}", case.theta);
        }
        for end in [low, high] {
            assert!(!case.log_prob(end).is_nan(), "{name} {:?} at {end:e}", case.theta);
        }
    }
}

/// An angle means the same after every turn, to the density and to the distribution function.
#[test]
fn angles_repeat() {
    let mut seen = 0;
    for case in cases() {
        let Some(period) = case.law.period else { continue };
        let (low, high) = (case.law.support)(case.theta).ends();
        assert!((high - low - period).abs() < 1e-14 * period);
        for share in [0.1, 0.5, 0.8] {
            let x = low + share * period;
            seen += 1;
            for turned in [x - period, x + period, x + 3.0 * period] {
                let allowed = |of: f64| 1e-13 * (1.0 + of.abs()) * (1.0 + case.theta[1]);
                let [here, there] = [x, turned].map(|x| case.log_prob(x));
                assert!((here - there).abs() <= allowed(here), "{:?} at {x}: {here} and {there}", case.theta);
                let [here, there] =
                    [x, turned].map(|x| case.law.evaluate("cdf", case.theta, Some(x)).unwrap());
                assert!((here - there).abs() <= allowed(here), "{:?} at {x}: {here} and {there}", case.theta);
            }
        }
    }
    assert!(seen > 0);
}
