//! What every divergence has beside its value: slopes in the parameters of both laws, a zero where the laws are one, and
//! infinity where the supports do not fit.

use reparam_kernels::catalog::{DIVERGENCES, divergences};
use reparam_testing::derivative;

use crate::{bank::points, laws::pair};

#[test]
fn slopes_are_those_of_the_values() {
    let mut compared = 0;
    for point in points("../divergences") {
        let (pair, q, p) = pair(&point).unwrap_or_else(|| panic!("{}: no {}", point.id, point.dist));
        let slopes = (pair.kl_slopes)(&q, &p);
        if point.truth().is_infinite() {
            assert!(slopes.iter().all(|slope| *slope == 0.0), "{} {slopes:?}", point.id);
            continue;
        }
        let theta = [q.as_slice(), &p].concat();
        for (index, slope) in slopes.into_iter().enumerate() {
            let at = theta[index];
            // Where a uniform law starts at 0, E ln X turns upwards.
            let finite = slope.is_finite() || (at == 0.0 && !slope.is_nan());
            assert!(finite, "{} {} {theta:?}: {slope} in {index}", point.id, point.dist);
            let moved = |to: f64| {
                let mut theta = theta.clone();
                theta[index] = to;
                let (q, p) = theta.split_at(q.len());
                (pair.kl)(q, p)
            };
            // Closer than this, a difference is all rounding.
            if at == 0.0 || at.is_infinite() || point.condition() > 1e5 {
                continue;
            }
            // The smaller, the faster the value changes; and a support may end within it.
            let widest = 0.003 * at.abs() / point.condition();
            let fits =
                |step: &f64| at - step < at && moved(at - step).is_finite() && moved(at + step).is_finite();
            let step = (0..5).map(|k| widest * 0.1_f64.powi(k)).find(fits);
            let Some(step) = step else { continue };
            let want = derivative(moved, at, step);
            // What the roundings of the value make of this difference.
            let noise = 1e-12 * point.truth() * point.condition() / step;
            assert!(
                (slope - want.value).abs() <= 1e-6 * slope.abs() + 10.0 * want.error + noise,
                "{} {} {theta:?} in {index}: {slope:e}, not {want:?}",
                point.id,
                point.dist
            );
            compared += 1;
        }
    }
    assert!(compared > 5000, "{compared}");
}

/// Laws of two families that are one, and parameters at which they are.
const COMMON: &[(&str, &[f64], &str, &[f64])] = &[
    ("Beta", &[1.0, 1.0], "Uniform", &[0.0, 1.0]),
    ("Beta", &[1.0, 1.0], "ContinuousBernoulli", &[0.0]),
    ("Chi2", &[2.0], "Exponential", &[0.5]),
    ("Chi2", &[7.0], "Gamma", &[3.5, 0.5]),
    ("ContinuousBernoulli", &[0.0], "Uniform", &[0.0, 1.0]),
    ("Exponential", &[0.5], "Chi2", &[2.0]),
    ("Exponential", &[3e-7], "Gamma", &[1.0, 3e-7]),
    ("Gamma", &[1.0, 3e30], "Exponential", &[3e30]),
    ("Kumaraswamy", &[1.0, 1.7], "Beta", &[1.0, 1.7]),
    ("Kumaraswamy", &[0.3, 1.0], "Beta", &[0.3, 1.0]),
    ("TruncatedNormal", &[3.0, 1e-5, f64::NEG_INFINITY, f64::INFINITY], "Normal", &[3.0, 1e-5]),
    ("Uniform", &[0.0, 1.0], "Beta", &[1.0, 1.0]),
    ("Uniform", &[0.0, 1.0], "ContinuousBernoulli", &[0.0]),
    ("Weibull", &[0.25, 1.0], "Exponential", &[4.0]),
    ("Weibull", &[0.25, 1.0], "Gamma", &[1.0, 4.0]),
    ("Weibull", &[2.0, 1.0], "Chi2", &[2.0]),
];

#[test]
fn laws_that_are_one_have_no_divergence() {
    for (q, of, p, from) in COMMON {
        let name = if *p == "ContinuousBernoulli" || *q == "ContinuousBernoulli" { "logits" } else { "" };
        let is_meant = |name_of: &str| name.is_empty() || name_of != "probs";
        let mut pairs =
            divergences(q, p).filter(|pair| is_meant(pair.q.1[0].name) && is_meant(pair.p.1[0].name));
        let pair = pairs.next().unwrap_or_else(|| panic!("no divergence of {q} from {p}"));
        assert_eq!((pair.kl)(of, from), 0.0, "{q} {of:?} from {p} {from:?}");
        let slopes = (pair.kl_slopes)(of, from);
        // At the smallest value, but for the end of a support that nothing may pass.
        let is_inner = *q != "Uniform" && *p != "Uniform";
        let change = slopes.iter().zip(of.iter().chain(*from)).map(|(slope, at)| slope * at);
        let flat = change.into_iter().all(|change| change.abs() < 1e-14 || change.is_nan());
        assert!(flat || !is_inner, "{q} {of:?} from {p} {from:?}: {slopes:?}");
    }
}

#[test]
fn no_law_diverges_from_itself() {
    let mut seen = 0;
    for point in points("../divergences") {
        let Some((q, p)) = point.dist.split_once('|') else { continue };
        if q == p {
            let (pair, theta, _) = pair(&point).expect("a pair");
            assert_eq!((pair.kl)(&theta, &theta), 0.0, "{} {theta:?}", point.dist);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn supports_that_do_not_fit() {
    let apart = [
        ("Beta", "Pareto"),
        ("Exponential", "Beta ContinuousBernoulli Pareto Uniform"),
        ("Gamma", "Beta ContinuousBernoulli Pareto Uniform"),
        ("Chi2", "Beta ContinuousBernoulli Pareto Uniform"),
        ("ContinuousBernoulli", "Pareto"),
        ("Gumbel", "Beta Chi2 ContinuousBernoulli Exponential Gamma Pareto Uniform"),
        ("Laplace", "Beta Chi2 ContinuousBernoulli Exponential Gamma Pareto Uniform"),
        ("Normal", "Beta Chi2 ContinuousBernoulli Exponential Gamma Pareto Uniform"),
        ("Pareto", "Beta ContinuousBernoulli Uniform"),
    ];
    for (q, others) in apart {
        for p in others.split(' ') {
            let mut seen = 0;
            for pair in divergences(q, p) {
                seen += 1;
                let theta = |number: usize| -> &[f64] { &[0.5, 0.75][..number] };
                assert_eq!(
                    (pair.kl)(theta(pair.q.1.len()), theta(pair.p.1.len())),
                    f64::INFINITY,
                    "{q} from {p}"
                );
            }
            assert!(seen > 0, "no divergence of {q} from {p}");
        }
    }
    assert!(DIVERGENCES.len() > 100);
}
