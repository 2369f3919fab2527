//! Moments, entropy and mode against integrals over the levels.

use reparam_kernels::law::Level;
use reparam_testing::integrate;

use crate::cases::{Case, cases};

/// E\[f(X)\], over the log-odds of the level.
fn expectation(case: &Case, f: impl Fn(f64) -> f64) -> f64 {
    let quantile = case.law.quantile.expect("a quantile");
    let weighted = |t: f64| {
        let level = Level::logit(t);
        let x = quantile(level, case.theta);
        // What no number tells from an end has no weight.
        if case.is_inner(x) { f(x) * level.lower * level.upper } else { 0.0 }
    };
    // A heavy tail with a finite variance, as of 1 / 2.5, has faded by then.
    integrate(weighted, -200.0, 0.0, 1e-11).value + integrate(weighted, 0.0, 200.0, 1e-11).value
}

/// Whether the quantiles tell more than the end of the support, as far as they count.
fn is_resolved(case: &Case) -> bool {
    case.law.quantile.is_some() && case.quantiles(&[-30.0, 30.0]).len() == 2
}

#[test]
fn moments_are_integrals() {
    for case in cases().filter(is_resolved) {
        let (Some(mean), Some(variance)) = (case.law.mean, case.law.variance) else { continue };
        let (mean, variance) = (mean(case.theta), variance(case.theta));
        let name = format!("{} {:?}", case.law.name, case.theta);
        if !variance.is_finite() {
            continue;
        }
        let deviation = variance.sqrt();
        let first = expectation(&case, |x| (x - mean) / deviation);
        assert!(first.abs() <= 1e-7, "{name}: mean {mean:e} is {first:e} deviations off");
        let second = expectation(&case, |x| ((x - mean) / deviation).powi(2));
        assert!((second - 1.0).abs() <= 1e-6, "{name}: variance {variance:e} is off by a factor {second}");
        if let Some(circular) = case.law.circular_variance {
            let circular = circular(case.theta);
            let versine = expectation(&case, |x| 2.0 * (0.5 * (x - mean)).sin().powi(2)) / circular;
            assert!(
                (versine - 1.0).abs() <= 1e-6,
                "{name}: circular variance {circular:e} is off by {versine}"
            );
        }
    }
}

#[test]
fn entropies_are_integrals() {
    for case in cases().filter(is_resolved) {
        let Some(entropy) = case.law.entropy else { continue };
        let (got, want) = (entropy(case.theta), expectation(&case, |x| -case.log_prob(x)));
        assert!(
            (got - want).abs() <= 1e-8 * (1.0 + want.abs()),
            "{} {:?}: {got:e}, not {want:e}",
            case.law.name,
            case.theta
        );
    }
}

#[test]
fn no_point_is_likelier_than_the_mode() {
    for case in cases() {
        let Some(mode) = case.law.mode else { continue };
        let mode = mode(case.theta);
        let top = case.log_prob(mode);
        for (_, x) in case.quantiles(&[-9.0, -4.0, -2.0, -1.0, -0.3, 0.0, 0.3, 1.0, 2.0, 4.0, 9.0]) {
            let here = case.log_prob(x);
            assert!(
                here <= top + 1e-12 * top.abs(),
                "{} {:?}: {here:e} at {x:e}, {top:e} at the mode {mode:e}",
                case.law.name,
                case.theta
            );
        }
    }
}

/// E\[∇ln p\] = ∇∫p = 0, but for what enters at an end that moves with the parameter; on a circle it leaves at the other.
#[test]
fn scores_average_to_zero_but_at_an_edge() {
    for case in cases().filter(is_resolved) {
        for (place, parameter) in case.law.parameters.iter().enumerate() {
            let score = |x| (case.law.log_prob_slopes)(x, case.theta)[1 + place];
            let size = expectation(&case, |x| score(x).abs());
            let mean = expectation(&case, score) / size;
            let name = format!("{} {:?}, {}", case.law.name, case.theta, parameter.name);
            if size == 0.0 {
                continue;
            }
            if (case.law.moving_edges)(case.theta)[place] && case.law.period.is_none() {
                assert!(mean.abs() > 1e-3, "{name}: the score averages to {mean:e} of its size");
            } else {
                assert!(mean.abs() <= 1e-6, "{name}: the score averages to {mean:e} of its size {size:e}");
            }
        }
    }
}
