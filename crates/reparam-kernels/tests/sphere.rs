//! Laws on the sphere: normalisers, means and the slopes of cosines against integrals over the cosine.

use reparam_kernels::Rng;
use reparam_kernels::multivariate::{cosine_slope, draw_cosine, sphere};

const CASES: [(usize, f64); 12] = [
    (2, 0.0),
    (2, 1e-3),
    (2, 3.0),
    (2, 1e4),
    (3, 0.7),
    (3, 200.0),
    (5, 2.0),
    (5, 1e8),
    (20, 1.0),
    (50, 400.0),
    (1000, 0.5),
    (1000, 5e3),
];

/// Points y, the cosine's density in y there, and the step between them: sums over them are integrals to all digits, as
/// the integrands are analytic and vanish at both ends.
fn table(d: usize, k: f64) -> (Vec<(f64, f64)>, f64) {
    let log_weight = |y: f64| {
        let rest = 1.0 / (1.0 + y.exp());
        -2.0 * k * rest - (d as f64 - 1.0) * ((y.abs() / 2.0) + (-y.abs()).exp().ln_1p())
    };
    let mode = (0..400_000)
        .map(|i| f64::from(i) * 2e-4 - 40.0)
        .max_by(|a, b| log_weight(*a).total_cmp(&log_weight(*b)));
    let mode = mode.unwrap();
    let reach = |sign: f64| {
        (0..100_000)
            .map(|i| f64::from(i) * 1e-3)
            .find(|x| log_weight(mode + sign * x) < log_weight(mode) - 45.0)
    };
    let (low, high) = (mode - reach(-1.0).unwrap(), mode + reach(1.0).unwrap());
    let count = 2000;
    let step = (high - low) / f64::from(count);
    let weights: Vec<(f64, f64)> = (0..=count)
        .map(|i| low + step * f64::from(i))
        .map(|y| (y, (log_weight(y) - log_weight(mode)).exp()))
        .collect();
    let total: f64 = weights.iter().map(|(_, w)| w * step).sum();
    (weights.into_iter().map(|(y, w)| (y, w / total)).collect(), step)
}

#[test]
fn mean_and_variance_of_the_cosine() {
    for (d, k) in CASES {
        let (table, step) = table(d, k);
        // 1 − t keeps its digits near t = 1.
        let lacks: f64 = table.iter().map(|(y, w)| 2.0 / (1.0 + y.exp()) * w * step).sum();
        let (a, known, variance) = sphere::mean_cosine(d, k);
        assert!(
            (known / lacks - 1.0).abs() < 1e-12 && (1.0 - a - known).abs() < 1e-15,
            "{d} {k}: {known} {lacks}"
        );
        let spread: f64 = table.iter().map(|(y, w)| (2.0 / (1.0 + y.exp()) - lacks).powi(2) * w * step).sum();
        assert!((variance / spread - 1.0).abs() < 1e-11, "{d} {k}: {variance} {spread}");
    }
}

/// d E[t]/dk = Var t, and d E[(1 − t)²]/dk likewise from moments, as means of the slopes.
#[test]
fn slopes_of_the_cosine() {
    for (d, k) in CASES {
        let (table, step) = table(d, k);
        let mean = |f: &dyn Fn(f64) -> f64| {
            table.iter().map(|(y, w)| f(2.0 / (1.0 + y.exp())) * w * step).sum::<f64>()
        };
        let slopes: Vec<f64> = table
            .iter()
            .map(|(y, _)| -2.0 / (1.0 + y.exp()) / (1.0 + (-y).exp()) * cosine_slope(*y, d, k))
            .collect();
        let first = mean(&|r| r);
        for power in 1..=3 {
            // d E[f]/dk = E[f (t − E t)] = −E[f (r − E r)] for r = 1 − t.
            let exact = -mean(&|r| r.powi(power) * (r - first));
            let got: f64 = table
                .iter()
                .zip(&slopes)
                .map(|((y, w), slope)| {
                    f64::from(power) * (2.0 / (1.0 + y.exp())).powi(power - 1) * slope * w * step
                })
                .sum();
            assert!((got / exact - 1.0).abs() < 1e-11, "{d} {k} power {power}: {got:e} {exact:e}");
        }
    }
}

#[test]
fn known_values() {
    let (mean, _, slope) = sphere::mean_cosine(5, 2.0);
    assert!((mean - 0.3611067).abs() < 5e-8 && (slope - 0.1473887).abs() < 5e-8, "{mean} {slope}");
    // In three dimensions coth k − 1/k.
    for k in [0.1f64, 1.0, 30.0] {
        let exact = 1.0 / k.tanh() - 1.0 / k;
        assert!((sphere::mean_cosine(3, k).0 / exact - 1.0).abs() < 1e-13);
        let area = sphere::log_area(3);
        assert!((area - (4.0 * std::f64::consts::PI).ln()).abs() < 1e-15);
        let log_mean = (k.sinh() / k).ln() - k;
        assert!((sphere::log_mean_exp_scaled(3, k) - log_mean).abs() < 1e-14 * log_mean.abs().max(1.0));
    }
    assert_eq!(sphere::concentration_divergence(7, 0.0, 0.0).0, 0.0);
    let tiny = sphere::concentration_divergence(7, 1e-9, 0.0).0;
    assert!((tiny / (1e-18 / 14.0) - 1.0).abs() < 1e-12, "{tiny}");
}

/// The draws' first two moments within six standard errors: a false alarm in 10⁸ for each of the 24 numbers.
#[test]
fn draws_of_the_cosine() {
    for (d, k) in CASES {
        let (table, step) = table(d, k);
        let mut rng = Rng::new(3);
        let draws: Vec<f64> =
            (0..20_000).map(|_| 2.0 / (1.0 + draw_cosine(&mut rng.element(), d, k).exp())).collect();
        for power in 1..=2 {
            let mean = |power: i32| {
                table.iter().map(|(y, w)| (2.0 / (1.0 + y.exp())).powi(power) * w * step).sum::<f64>()
            };
            let (exact, error) = (mean(power), ((mean(2 * power) - mean(power).powi(2)) / 20_000.0).sqrt());
            let got = draws.iter().map(|r| r.powi(power)).sum::<f64>() / 20_000.0;
            assert!((got - exact).abs() < 6.0 * error, "{d} {k} power {power}: {got} {exact} ± {error}");
        }
    }
}

#[test]
fn extreme_concentrations_give_finite_draws() {
    for (d, k) in [(2, 1e300), (3, 1e-300), (100_000, 1e-5), (100_000, 1e12), (2, 0.0)] {
        let mut rng = Rng::new(4);
        for _ in 0..100 {
            let y = draw_cosine(&mut rng.element(), d, k);
            let slope = cosine_slope(y, d, k);
            assert!(y.is_finite() && slope.is_finite() && slope > 0.0, "{d} {k}: {y} {slope}");
        }
    }
}
