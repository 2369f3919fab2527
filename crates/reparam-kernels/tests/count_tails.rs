//! Tails of the laws on the integers: their quantiles at levels that are reached, and their slopes.

use reparam_kernels::Dual;
use reparam_kernels::catalog::{Univariate, univariates};
use reparam_kernels::law::{Level, Tails};
use reparam_kernels::laws::{
    BetaBinomial, Binomial, Geometric, HurdlePoisson, Logarithmic, NegativeBinomial, Poisson, Probs, Skellam,
    ZeroInflatedPoisson, Zipf,
};
use reparam_testing::derivative;

fn law(name: &str, parameters: usize) -> &'static Univariate {
    univariates(name).find(|law| law.parameters.len() == parameters).expect("a law")
}

/// Laws by name, with their parameters.
const LAWS: &[(&str, &[f64])] = &[
    ("Bernoulli", &[0.3]),
    ("BetaBinomial", &[40.0, 0.3, 0.2]),
    ("BetaBinomial", &[100.0, 1e-9, 1e-3]),
    ("BetaBinomial", &[2001.0, 70.0, 70.0]),
    ("BetaBinomial", &[1e6, 400.0, 900.0]),
    ("Binomial", &[7.0, 0.5]),
    ("Binomial", &[53.0, 0.5]),
    ("Binomial", &[1e5 + 1.0, 0.5]),
    ("DiscreteUniform", &[-7.0, 12.0]),
    ("DiscreteUniform", &[1.0, 1000.0]),
    ("Geometric", &[0.04]),
    ("Geometric", &[0.5]),
    ("HurdleNegativeBinomial", &[1.7, 0.6, 0.1]),
    ("HurdlePoisson", &[14.0, 0.8]),
    ("Hypergeometric", &[400.0, 300.0, 500.0]),
    ("Logarithmic", &[0.7]),
    ("NegativeBinomial", &[0.4, 0.9]),
    ("NegativeBinomial", &[30.0, 0.5]),
    ("Poisson", &[1e-5]),
    ("Poisson", &[4.3]),
    ("Poisson", &[2100.0]),
    ("Skellam", &[3.0, 8.0]),
    ("ZeroInflatedBinomial", &[12.0, 0.3, 0.25]),
    ("ZeroInflatedPoisson", &[60.0, 0.01]),
    ("Zipf", &[2.5, 3000.0]),
];

#[test]
fn quantiles_undo_both_tails_wherever_these_move() {
    for (name, theta) in LAWS {
        let law = law(name, theta.len());
        let (quantile, cdf, sf) = (law.quantile.unwrap(), law.cdf.unwrap(), law.sf.unwrap());
        let first = quantile(Level::lower(1e-30), theta).max(quantile(Level::lower(0.5), theta) - 100.0);
        let last = quantile(Level::upper(1e-30), theta).min(first + 400.0);
        let mut k = first;
        while k <= last {
            let (lower, upper) = (cdf(k, theta), sf(k, theta));
            let before = (cdf(k - 1.0, theta), sf(k - 1.0, theta));
            if lower < 1.0 && lower > before.0 {
                assert_eq!(quantile(Level::lower(lower), theta), k, "{name} {theta:?}: F = {lower:e}");
            }
            if upper < 1.0 && upper > 0.0 && upper < before.1 {
                assert_eq!(quantile(Level::upper(upper), theta), k, "{name} {theta:?}: 1 − F = {upper:e}");
            }
            k += 1.0;
        }
    }
}

#[test]
fn quantiles_do_not_fall_and_are_the_least() {
    const COUNTS: &[(&str, &[f64])] = &[
        ("BetaBinomial", &[1e8, 2.0, 2.0]),
        ("BetaBinomial", &[1e8, 1e-9, 2e-9]),
        ("BetaBinomial", &[1e15, 0.5, 30.0]),
        ("BetaBinomial", &[1e15, 1e9, 1e9]),
        ("Binomial", &[1e15, 0.3]),
        ("Hypergeometric", &[1e12, 3e12, 1e9]),
        ("NegativeBinomial", &[1e-3, 0.999_999]),
        ("Poisson", &[1e15]),
        ("Skellam", &[1e12, 1e12]),
    ];
    for (name, theta) in COUNTS {
        let law = law(name, theta.len());
        let (quantile, cdf) = (law.quantile.unwrap(), law.cdf.unwrap());
        let mut before = f64::NEG_INFINITY;
        for level in [1e-12, 1e-3, 0.2, 0.25, 0.25 + 1e-9, 0.5, 0.75, 0.9, 0.999, 1.0 - 1e-10] {
            let k = quantile(Level::lower(level), theta);
            assert!(k >= before, "{name} {theta:?} at {level}: {k} after {before}");
            assert!(cdf(k, theta) >= level * (1.0 - 1e-12), "{name} {theta:?} at {level}: {k}");
            assert!(cdf(k - 1.0, theta) < level, "{name} {theta:?} at {level}: not the least is {k}");
            before = k;
        }
    }
}

#[test]
fn certain_counts_are_their_quantiles() {
    const CERTAIN: &[(&str, &[f64])] = &[
        ("Bernoulli", &[0.0]),
        ("Binomial", &[5.0, 0.0]),
        ("Geometric", &[1.0]),
        ("HurdlePoisson", &[3.0, 1.0]),
        ("NegativeBinomial", &[2.5, 0.0]),
        ("Poisson", &[0.0]),
        ("ZeroInflatedPoisson", &[3.0, 1.0]),
    ];
    for (name, theta) in CERTAIN {
        let law = univariates(name).find(|law| {
            law.parameters.len() == theta.len() && law.parameters[theta.len() - 1].name != "logits"
        });
        let quantile = law.unwrap().quantile.unwrap();
        for level in [0.0, 1e-300, 0.5, 1.0 - 1e-16, 1.0] {
            assert_eq!(quantile(Level::lower(level), theta), 0.0, "{name} at {level}");
            assert_eq!(quantile(Level::upper(level), theta), 0.0, "{name} above at {level}");
        }
    }
    // What underflows is not impossible.
    assert_eq!((law("Poisson", 1).quantile.unwrap())(Level::lower(1.0), &[1e-300]), f64::INFINITY);
}

/// Compares the slopes of both log-tails in every parameter that is a number with differences.
fn moves<L: Tails<P>, const P: usize>(theta: [f64; P], counts: &[f64]) {
    let (_, moving) = Dual::<0, P>::variables([], theta);
    for &k in counts {
        let at = Dual::from(k);
        let slopes = [L::log_cdf(at, moving), L::log_sf(at, moving)];
        for (i, known) in L::PARAMETERS.iter().enumerate() {
            if known.domain.is_discrete() {
                continue;
            }
            let with = |value: f64| {
                let mut theta = theta;
                theta[i] = value;
                theta
            };
            let reach = 0.03 * theta[i].min(if theta[i] < 1.0 { 1.0 - theta[i] } else { theta[i] });
            let differences = [
                derivative(|value| L::log_cdf(k, with(value)), theta[i], reach),
                derivative(|value| L::log_sf(k, with(value)), theta[i], reach),
            ];
            for (slope, want) in slopes.iter().zip(differences) {
                let allowed = 1e-6 * want.value.abs() + 10.0 * want.error;
                assert!(
                    (slope.second[i] - want.value).abs() <= allowed,
                    "{} {theta:?} at {k} in {}: {} {want:?}",
                    L::NAME,
                    known.name,
                    slope.second[i]
                );
            }
        }
    }
}

#[test]
fn tails_move_with_the_parameters() {
    moves::<BetaBinomial, 3>([40.0, 0.3, 1.2], &[0.0, 5.0, 31.0, 39.0]);
    moves::<BetaBinomial, 3>([1e8, 2.0, 5.0], &[10.0, 1e7, 5e7, 99_999_000.0]);
    moves::<BetaBinomial, 3>([1e6, 400.0, 900.0], &[2.6e5, 3.1e5, 3.5e5]);
    moves::<Binomial<Probs>, 2>([30.0, 0.4], &[0.0, 12.0, 25.0]);
    moves::<Geometric<Probs>, 1>([0.2], &[0.0, 9.0]);
    moves::<HurdlePoisson, 2>([1.5, 0.3], &[0.0, 1.0, 4.0]);
    moves::<Logarithmic, 1>([0.9], &[1.0, 7.0, 100.0]);
    moves::<NegativeBinomial<Probs>, 2>([2.5, 0.4], &[0.0, 2.0, 20.0]);
    moves::<Poisson, 1>([7.0], &[0.0, 6.0, 20.0]);
    moves::<Skellam, 2>([3.0, 5.0], &[-9.0, -2.0, 4.0]);
    moves::<ZeroInflatedPoisson, 2>([4.0, 0.2], &[0.0, 4.0, 12.0]);
    moves::<Zipf, 2>([1.7, 1000.0], &[1.0, 20.0, 900.0]);
}

/// Total count and concentrations, the count k, and the slopes in the concentrations of ln P(X ≤ k) and of ln P(X > k).
type Slopes = ([f64; 3], f64, [f64; 2], [f64; 2]);

/// With fifty digits, from the sums of `generate_counts.py`.
const BETA_BINOMIAL: &[Slopes] = &[
    (
        [40.0, 1e-09, 3.0],
        5.0,
        [-0.77569751115687126, 2.6636022612693173e-10],
        [1000000000.0477461, -0.34338156602101396],
    ),
    (
        [100000000.0, 0.5, 0.25],
        10000000.0,
        [-3.3902587461993176, 3.106474332734227],
        [0.47896087116867635, -0.43886905515324452],
    ),
    (
        [100000000.0, 10000000.0, 30000000.0],
        24950000.0,
        [-0.0014653135466204991, 0.00048797270526521692],
        [4.8670367830460802e-13, -1.6208006205400964e-13],
    ),
];

#[test]
fn slopes_of_tails_keep_their_digits() {
    let close = |got: f64, want: f64, context: &str| {
        assert!((got - want).abs() <= 1e-11 * want.abs(), "{context}: {got:e}, true {want:e}");
    };
    for (theta, k, lower, upper) in BETA_BINOMIAL {
        let (_, moving) = Dual::<0, 3>::variables([], *theta);
        let [low, high] =
            [BetaBinomial::log_cdf(Dual::from(*k), moving), BetaBinomial::log_sf(Dual::from(*k), moving)];
        for i in 0..2 {
            close(low.second[1 + i], lower[i], &format!("{theta:?} below {k} in {i}"));
            close(high.second[1 + i], upper[i], &format!("{theta:?} above {k} in {i}"));
        }
    }
    // The rounding of 1 − p has no part in them.
    let (_, moving) = Dual::<0, 2>::variables([], [2.5, 1e-10]);
    let tail = NegativeBinomial::<Probs>::log_sf(Dual::from(1.0), moving);
    for (got, want) in tail.second.into_iter().zip([0.68571428564761905, 19999999998.999999]) {
        close(got, want, "negative binomial");
    }
}
