//! Scrambled Sobol points: how evenly they fill the cube, that each is uniform, and how fast their means converge.

use reparam_kernels::law::{Noise, Tails};
use reparam_kernels::{Rng, laws, sobol::Sobol};
use reparam_testing::{KolmogorovSmirnov, MeanTest, Moments, Rates};

const RATES: fn() -> Rates = || Rates::new(1e-9, 1e-3);

/// How many of the levels fall into each cell of 2^−a × 2^−b.
fn counts(seed: u64, x: &Sobol, y: &Sobol, points: u32, [a, b]: [u32; 2]) -> Vec<u32> {
    let mut counts = vec![0; 1 << (a + b)];
    let cell = |level: u64, bits: u32| if bits == 0 { 0 } else { (level >> (64 - bits)) as usize };
    for i in 0..points {
        counts[cell(x.level(seed, i), a) << b | cell(y.level(seed, i), b)] += 1;
    }
    counts
}

/// One point in every cell of width 2⁻ᵐ, in the first and in any later block of 2ᵐ points.
#[test]
fn every_coordinate_is_stratified() {
    let m = 9;
    for dimension in (0..Sobol::DIMENSIONS).step_by(61) {
        let x = Sobol::new(dimension);
        for block in [0, 1, 6] {
            let mut cells: Vec<_> = (0..1 << m).map(|i| x.level(3, block << m | i) >> (64 - m)).collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..1 << m), "dimension {dimension}, block {block}");
        }
    }
}

/// The first two coordinates are a (0, m, 2)-net: one point in every cell of area 2⁻ᵐ, whatever its shape.
#[test]
fn the_first_two_coordinates_are_a_perfect_net() {
    let [x, y] = [0, 1].map(Sobol::new);
    for m in [1, 4, 10] {
        for a in 0..=m {
            assert!(counts(4, &x, &y, 1 << m, [a, m - a]).iter().all(|&count| count == 1), "2^{m}, {a} bits");
        }
    }
}

/// The direction numbers were chosen for their two-dimensional projections: among the first 20 coordinates every cell of
/// area 2ᵗ⁻ᵐ holds 2ᵗ points with t ≤ 5, for m = 10.
#[test]
fn projections_on_two_coordinates_are_nets() {
    let (m, t) = (10, 5);
    let coordinates: Vec<_> = (0..20).map(Sobol::new).collect();
    for (i, x) in coordinates.iter().enumerate() {
        for (j, y) in coordinates.iter().enumerate().take(i) {
            for a in 0..=m - t {
                let counts = counts(5, x, y, 1 << m, [a, m - t - a]);
                assert!(counts.iter().all(|&count| count == 1 << t), "dimensions {j} and {i}, {a} bits");
            }
        }
    }
}

/// A point is uniform over the scramblings, also in the bits below the net's, and independent between coordinates.
#[test]
fn each_point_is_uniform_over_the_scramblings() {
    let seeds = 0..4000;
    for (dimension, index) in [(0, 0), (0, 1), (7, 1), (7, 12_345), (4095, u32::MAX)] {
        let levels: Vec<u64> = seeds.clone().map(|seed| Sobol::new(dimension).level(seed, index)).collect();
        for bits in [0, 20, 32, 44] {
            let uniform: Vec<f64> =
                levels.iter().map(|level| Noise::Uniform.quantile(level << bits)).collect();
            KolmogorovSmirnov::new(RATES()).check(&uniform, |u| u.clamp(0.0, 1.0)).unwrap();
        }
    }
    let product = |dimension: usize, shift: u64| -> Moments {
        let normal = |dimension, seed| Noise::Normal.quantile(Sobol::new(dimension).level(seed, 5));
        seeds.clone().map(|seed| normal(2, seed) * normal(dimension, seed + shift)).collect()
    };
    let test = MeanTest::new(RATES());
    test.check(&product(3, 0), 0.0).unwrap();
    test.check(&product(2, 1), 0.0).unwrap();
}

/// The integrand is e^(Σ aⱼ uⱼ) over the unit cube, with the first so many of these.
const WEIGHTS: [f64; 4] = [1.0, 0.5, -0.7, 1.3];

/// Its mean where every weight is multiplied by `power`.
fn moment(dimensions: usize, power: f64) -> f64 {
    WEIGHTS[..dimensions].iter().map(|a| (power * a).exp_m1() / (power * a)).product()
}

/// The root mean square error of its mean over 64 scramblings.
fn error(dimensions: usize, points: u32) -> f64 {
    let squares = (0..64).map(|seed| {
        let coordinates: Vec<_> = (0..dimensions).map(Sobol::new).collect();
        let f = |i| {
            let terms =
                coordinates.iter().zip(WEIGHTS).map(|(x, a)| a * Noise::Uniform.quantile(x.level(seed, i)));
            terms.sum::<f64>().exp()
        };
        ((0..points).map(f).sum::<f64>() / f64::from(points) - moment(dimensions, 1.0)).powi(2)
    });
    (squares.sum::<f64>() / 64.0).sqrt()
}

/// The error falls as n^−3/2 (ln n)^((d − 1)/2), which between 2⁶ and 2¹² points looks like n^−1.5 in one dimension and
/// n^−1.25 in four; measured: 1.47 and 1.32. With 2¹² points in four it is a 540th of that of independent draws.
#[test]
fn means_of_a_smooth_function_converge_faster_than_at_random() {
    for (dimensions, least) in [(1, 1.4), (4, 1.2)] {
        let (few, many) = (error(dimensions, 1 << 6), error(dimensions, 1 << 12));
        let rate = (few / many).log2() / 6.0;
        let scatter = (moment(dimensions, 2.0) - moment(dimensions, 1.0).powi(2)).sqrt();
        let gain = scatter / 64.0 / many;
        println!("{dimensions} dimensions: a rate of {rate}, a gain of {gain}");
        assert!(rate > least, "{dimensions} dimensions: {few:e}, then {many:e}: a rate of {rate}");
        assert!(gain > 400.0, "{dimensions} dimensions: a gain of {gain} only");
    }
}

#[test]
fn points_do_not_depend_on_what_was_asked_before() {
    let x = Sobol::new(17);
    let forward: Vec<_> = (0..100).map(|i| x.level(11, i)).collect();
    let backward: Vec<_> = (0..100).rev().map(|i| Sobol::new(17).level(11, i)).collect();
    assert!(forward.iter().eq(backward.iter().rev()));
}

#[test]
#[should_panic(expected = "reach to dimension 4096, not to 4097")]
fn dimensions_end() {
    let _ = Sobol::new(Sobol::DIMENSIONS);
}

const ALL: [Noise; 6] =
    [Noise::Normal, Noise::Uniform, Noise::Exponential, Noise::Gumbel, Noise::Logistic, Noise::Laplace];

/// The distribution function and its complement.
fn tails(noise: Noise, x: f64) -> [f64; 2] {
    match noise {
        Noise::Normal => [laws::Normal::cdf(x, [0.0, 1.0]), laws::Normal::sf(x, [0.0, 1.0])],
        Noise::Uniform => [x, 1.0 - x],
        Noise::Exponential => [laws::Exponential::cdf(x, [1.0]), laws::Exponential::sf(x, [1.0])],
        Noise::Gumbel => [laws::Gumbel::cdf(x, [0.0, 1.0]), laws::Gumbel::sf(x, [0.0, 1.0])],
        Noise::Logistic => [laws::Logistic::cdf(x, [0.0, 1.0]), laws::Logistic::sf(x, [0.0, 1.0])],
        Noise::Laplace => [laws::Laplace::cdf(x, [0.0, 1.0]), laws::Laplace::sf(x, [0.0, 1.0])],
    }
}

/// From 2⁻⁶² to 1 − 2⁻⁵², both tails in relative terms.
#[test]
fn quantiles_invert_the_distribution_functions() {
    let mut fractions: Vec<u64> =
        (2..64).flat_map(|bits| [1 << bits, !(1 << bits), 3 << (bits - 1)]).collect();
    let mut random = [0; 200];
    Rng::new(1).fill_bits(&mut random);
    fractions.extend(random);
    fractions.sort_unstable();
    for noise in ALL {
        let mut last = f64::NEG_INFINITY;
        for &fraction in &fractions {
            let x = noise.quantile(fraction);
            assert!(x >= last, "{noise:?} falls at {fraction}");
            last = x;
            let scale = 0.5_f64.powi(64);
            let levels = [(fraction as f64 + 0.5) * scale, (!fraction as f64 + 0.5) * scale];
            let (side, exact) = if levels[0] < 0.5 { (0, levels[0]) } else { (1, levels[1]) };
            let got = tails(noise, x)[side];
            // A level is known to 2⁻⁶³, the tail of a rounded x to its condition number.
            let slack = exact.max(0.5_f64.powi(63)) * 1e-13 * (1.0 + x.abs()).powi(2)
                + 2.0 * scale
                + if noise == Noise::Uniform { f64::EPSILON } else { 0.0 };
            assert!((got - exact).abs() <= slack, "{noise:?}: {got:e} at {x}, expected {exact:e}");
        }
    }
}

/// The quantile of the reflected level, and the number itself after two.
#[test]
fn reflections_are_quantiles_of_the_other_level() {
    for noise in ALL {
        for fraction in (1..200_u64).map(|i| i * 0x0147_ae14_7ae1_47ae) {
            let (x, other) = (noise.quantile(fraction), noise.quantile(!fraction));
            for (got, expected) in [(noise.reflected(x), other), (noise.reflected(other), x)] {
                let error = (got - expected).abs() / expected.abs().max(1e-3);
                assert!(error < 1e-12, "{noise:?} at {x}: {got}, expected {expected}");
            }
        }
    }
    // Far out, where 1 − u is 1.
    assert!((Noise::Exponential.reflected(50.0) - 1.928_749_847_963_917_7e-22).abs() < 1e-36);
    assert!((Noise::Gumbel.reflected(-4.0) - 54.598_150_033_144_24).abs() < 1e-12);
}
