//! The laws whose draws have no explicit path: gamma, beta, Student's t and what is made of them.

use reparam_kernels::catalog::{Univariate, divergences, univariates};
use reparam_kernels::law::{Coordinate, Level};
use reparam_kernels::laws::{Beta, Gamma};
use reparam_kernels::{Dual, Rng};
use reparam_testing::derivative;

fn law(name: &str) -> &'static Univariate {
    univariates(name).next().unwrap_or_else(|| panic!("the catalogue has no {name}"))
}

/// The name and the parameters of a law.
type Named = (&'static str, &'static [f64]);

/// Pairs of names for one law.
const TWINS: &[(Named, Named)] = &[
    (("Gamma", &[1.0, 3.0]), ("Exponential", &[3.0])),
    (("Chi2", &[2.0]), ("Exponential", &[0.5])),
    (("Chi2", &[7.0]), ("Gamma", &[3.5, 0.5])),
    (("InverseGamma", &[1.0, 2.0]), ("Frechet", &[2.0, 1.0])),
    (("Beta", &[0.3, 1.0]), ("Kumaraswamy", &[0.3, 1.0])),
    (("Beta", &[1.0, 40.0]), ("Kumaraswamy", &[1.0, 40.0])),
    (("Beta", &[1.0, 1.0]), ("Uniform", &[0.0, 1.0])),
    (("FisherSnedecor", &[2.0, 2.0]), ("LogLogistic", &[1.0, 1.0])),
    (("FisherSnedecor", &[2.0, 6.0]), ("GeneralizedPareto", &[0.0, 1.0, 1.0 / 3.0])),
    (("StudentT", &[1.0, -2.0, 3.0]), ("Cauchy", &[-2.0, 3.0])),
    (("GeneralizedNormal", &[1.0, 2.0, 1.0]), ("Laplace", &[1.0, 2.0])),
    (("GeneralizedNormal", &[1.0, std::f64::consts::SQRT_2 * 3.0, 2.0]), ("Normal", &[1.0, 3.0])),
];

#[test]
fn laws_that_are_one() {
    type Function = fn(&Univariate, f64, &[f64]) -> f64;
    let functions: [(&str, Function); 5] = [
        ("log_prob", |law, x, theta| (law.log_prob)(x, theta)),
        ("cdf", |law, x, theta| law.cdf.unwrap()(x, theta)),
        ("sf", |law, x, theta| law.sf.unwrap()(x, theta)),
        ("log_cdf", |law, x, theta| law.log_cdf.unwrap()(x, theta)),
        ("log_sf", |law, x, theta| law.log_sf.unwrap()(x, theta)),
    ];
    for ((one, its), (other, theirs)) in TWINS {
        let (one, other) = (law(one), law(other));
        let close = |got: f64, want: f64, what: &str| {
            let agree = (got - want).abs() <= 1e-13 * want.abs().max(1e-2) || got == want;
            assert!(agree, "{} {its:?} and {}: {what} is {got:e} or {want:e}", one.name, other.name);
        };
        for t in [-12.0, -3.0, -0.5, 0.1, 0.9, 4.0, 15.0] {
            let x = other.quantile.unwrap()(Level::logit(t), theirs);
            close(one.quantile.unwrap()(Level::logit(t), its) / x, 1.0, "quantile");
            for (name, function) in functions {
                close(function(one, x, its), function(other, x, theirs), name);
            }
        }
        let moments = |law: &Univariate| [law.mean, law.variance, law.mode, law.entropy];
        for (got, want) in moments(one).into_iter().zip(moments(other)) {
            let (Some(got), Some(want)) = (got, want) else { continue };
            let (got, want) = (got(its), want(theirs));
            if got.is_finite() && want.is_finite() {
                close(got, want, "a moment");
            }
        }
    }
}

/// The parameters at which draws are hard.
const HARD: &[(&str, &[&[f64]])] = &[
    (
        "Gamma",
        &[&[1e-4, 1.0], &[1e-3, 1.0], &[0.01, 1.0], &[0.05, 1.0], &[0.1, 1.0], &[1.0, 1.0], &[1e6, 1.0]],
    ),
    ("InverseGamma", &[&[1e-4, 1.0], &[0.1, 1.0], &[1e4, 1.0]]),
    ("Chi2", &[&[2e-4], &[3.0], &[1e6]]),
    (
        "Beta",
        &[
            &[1e-3, 1e-3],
            &[1e-3, 1e3],
            &[0.01, 0.01],
            &[0.05, 0.05],
            &[0.1, 0.1],
            &[0.5, 0.5],
            &[1e3, 1e-3],
            &[1e6, 0.5],
            &[1.0, 1e6],
            &[1e6, 1e6],
        ],
    ),
    ("FisherSnedecor", &[&[2e-3, 2e-3], &[5.0, 1e6]]),
    (
        "StudentT",
        &[&[0.05, 0.0, 1.0], &[0.1, 0.0, 1.0], &[0.5, 0.0, 1.0], &[1.0, 0.0, 1.0], &[1e6, 0.0, 1.0]],
    ),
    ("GeneralizedNormal", &[&[0.0, 1.0, 0.05], &[0.0, 1.0, 8.0], &[0.0, 1.0, 1e4]]),
];

/// Every draw is finite and inside, has a finite density and slopes, and is no middle that draws get stuck at.
fn draws_hold(name: &str, theta: &[f64], number: usize) {
    let law = law(name);
    let sampler = law.sampler.unwrap();
    let mut rng = Rng::new(7);
    for _ in 0..number {
        let t = (sampler.draw)(&mut rng.element(), theta);
        let z = sampler.coordinate.value(t);
        let (single, double): (f32, f64) = (sampler.coordinate.inward(z), sampler.coordinate.inward(z));
        let inside = match sampler.coordinate {
            Coordinate::Itself => single.is_finite() && double.is_finite(),
            Coordinate::Log => single > 0.0 && single.is_finite() && double > 0.0 && double.is_finite(),
            _ => single > 0.0 && single < 1.0 && double > 0.0 && double < 1.0 && t != 0.0,
        };
        let finite = t.is_finite() && (sampler.log_prob_at)(t, theta).is_finite();
        let slopes = law.slopes.unwrap()(t, theta);
        assert!(
            inside && finite && slopes.iter().all(|slope| slope.is_finite()),
            "{name} {theta:?} at {t:e}: {slopes:?}"
        );
    }
}

#[test]
fn hard_draws_are_inside_with_density_and_slopes() {
    for (name, cases) in HARD {
        for theta in *cases {
            draws_hold(name, theta, 100_000);
        }
    }
}

/// E ln z of a gamma draw and its slope: ψ(a) − ln rate, of draws that are mostly below every number.
///
/// One mean of 20,000 draws, which six standard errors hold with a false-alarm rate of 10⁻⁸.
#[test]
fn slopes_of_tiny_gamma_draws_have_their_mean() {
    const DRAWS: usize = 20_000;
    let gamma = law("Gamma");
    let theta = [1e-4, 1.0];
    let mut rng = Rng::new(11);
    let slopes: Vec<f64> = (0..DRAWS)
        .map(|_| (gamma.sampler.unwrap().draw)(&mut rng.element(), &theta))
        .map(|t| gamma.slopes.unwrap()(t, &theta)[0])
        .collect();
    let mean = slopes.iter().sum::<f64>() / DRAWS as f64;
    let square = slopes.iter().map(|slope| (slope - mean).powi(2)).sum::<f64>() / DRAWS as f64;
    let truth = reparam_kernels::special::trigamma(theta[0]);
    assert!((mean - truth).abs() < 6.0 * (square / DRAWS as f64).sqrt(), "{mean:e}, true {truth:e}");
}

/// Parameters of two numbers, from tiny to huge.
const SHAPES: [f64; 7] = [1e-6, 0.003, 0.7, 1.0, 14.0, 2e4, 1e9];

#[test]
fn divergences_are_zero_for_equal_laws_and_never_negative() {
    for name in ["Gamma", "Beta", "InverseGamma"] {
        let pair = divergences(name, name).next().unwrap();
        for (a, b) in SHAPES.iter().flat_map(|a| SHAPES.map(|b| (*a, b))) {
            assert_eq!((pair.kl)(&[a, b], &[a, b]), 0.0, "{name} {a} {b}");
            let near = [f64::EPSILON, 1e-13, 1e-10, 1e-7, 1e-3];
            for (u, v) in near.iter().flat_map(|u| [(*u, 0.0), (0.0, *u), (*u, *u), (*u, -u), (-u, 3.0 * u)])
            {
                let kl = (pair.kl)(&[a, b], &[a * (1.0 + u), b * (1.0 + v)]);
                assert!(kl > 0.0, "{name} {a} {b} moved by {u:e}, {v:e}: {kl:e}");
            }
        }
    }
}

#[test]
fn divergences_of_gamma_laws_by_other_names() {
    let kl = |q: &str, p: &str, of: &[f64], from: &[f64]| (divergences(q, p).next().unwrap().kl)(of, from);
    let gamma = |of: [f64; 2], from: [f64; 2]| Gamma::kl(of, from);
    assert_eq!(kl("Chi2", "Chi2", &[3.0], &[5.0]), gamma([1.5, 0.5], [2.5, 0.5]));
    assert_eq!(kl("Chi2", "Gamma", &[3.0], &[2.0, 0.7]), gamma([1.5, 0.5], [2.0, 0.7]));
    assert_eq!(kl("Gamma", "Chi2", &[2.0, 0.7], &[3.0]), gamma([2.0, 0.7], [1.5, 0.5]));
    assert_eq!(kl("Gamma", "Exponential", &[2.0, 0.7], &[3.0]), gamma([2.0, 0.7], [1.0, 3.0]));
    assert_eq!(kl("InverseGamma", "InverseGamma", &[2.0, 0.7], &[3.0, 4.0]), gamma([2.0, 0.7], [3.0, 4.0]));
    // Both sides in closed form.
    let rates = (0.4_f64, 1.5_f64);
    let exact = (rates.0 / rates.1).ln() + rates.1 / rates.0 - 1.0;
    assert!((gamma([1.0, rates.0], [1.0, rates.1]) - exact).abs() < 1e-15);
}

#[test]
fn divergences_differentiate_themselves() {
    type Pair = fn([Dual<2, 2>; 2], [Dual<2, 2>; 2]) -> Dual<2, 2>;
    let pairs: [(&str, Pair); 2] = [("Gamma", Gamma::kl), ("Beta", Beta::kl)];
    for (name, kl) in pairs {
        for theta in
            [[2.0, 3.0, 2.5, 1.0], [0.02, 0.3, 0.7, 4.0], [40.0, 90.0, 41.0, 88.0], [1e5, 20.0, 3e5, 60.0]]
        {
            let at = |theta: [f64; 4]| {
                let (q, p) = Dual::variables([theta[0], theta[1]], [theta[2], theta[3]]);
                kl(q, p)
            };
            let got = at(theta);
            let slopes = [got.first, got.second].concat();
            for (index, slope) in slopes.iter().enumerate() {
                let moved = |to: f64| {
                    let mut theta = theta;
                    theta[index] = to;
                    at(theta).value
                };
                let want = derivative(moved, theta[index], 0.003 * theta[index]);
                assert!(
                    (slope - want.value).abs() <= 1e-7 * slope.abs() + 10.0 * want.error,
                    "{name} {theta:?} in {index}: {slope:e}, not {want:?}"
                );
            }
        }
    }
}
