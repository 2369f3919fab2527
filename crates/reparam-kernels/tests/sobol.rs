//! Scrambled Sobol points: how evenly they fill the cube, that each is uniform, and how fast their means converge.

use reparam_kernels::law::{Noise, Tails};
use reparam_kernels::{Real, Rng, laws, sobol};
use reparam_testing::{KolmogorovSmirnov, MeanTest, Moments, Rates};

const RATES: fn() -> Rates = || Rates::new(1e-9, 1e-3);

/// The coordinates of points under one scrambling, point by point.
fn levels(seed: u64, points: usize, width: usize) -> Vec<u64> {
    let mut out = vec![0; points * width];
    sobol::fill_levels(seed, points, width, &mut out);
    out
}

/// The number of the cell of width 2^−bits.
fn cell(level: u64, bits: u32) -> usize {
    level.checked_shr(64 - bits).unwrap_or(0) as usize
}

/// How many of the points fall into each cell of 2^−a × 2^−b in these two coordinates.
fn counts(points: &[u64], width: usize, [x, y]: [usize; 2], [a, b]: [u32; 2]) -> Vec<u32> {
    let mut counts = vec![0; 1 << (a + b)];
    for point in points.chunks(width) {
        counts[cell(point[x], a) << b | cell(point[y], b)] += 1;
    }
    counts
}

/// One point in every cell of width 2⁻ᵐ, in the first and in any later block of 2ᵐ points.
#[test]
fn every_coordinate_is_stratified() {
    let (m, width) = (6, sobol::DIMENSIONS);
    for block in levels(3, 7 << m, width).chunks((1 << m) * width) {
        for dimension in (0..width).step_by(61) {
            let mut cells: Vec<_> = block[dimension..].iter().step_by(width).map(|x| cell(*x, m)).collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..1 << m), "dimension {dimension}");
        }
    }
}

/// The first two coordinates are a (0, m, 2)-net: one point in every cell of area 2⁻ᵐ, whatever its shape.
#[test]
fn the_first_two_coordinates_are_a_perfect_net() {
    for m in [1, 4, 10] {
        let points = levels(4, 1 << m, 2);
        for a in 0..=m {
            assert!(
                counts(&points, 2, [0, 1], [a, m - a]).iter().all(|&count| count == 1),
                "2^{m}, {a} bits"
            );
        }
    }
}

/// The direction numbers were chosen for their two-dimensional projections: among the first 20 coordinates every cell of
/// area 2ᵗ⁻ᵐ holds 2ᵗ points with t ≤ 5, for m = 10.
#[test]
fn projections_on_two_coordinates_are_nets() {
    let (m, t, width) = (10, 5, 20);
    let points = levels(5, 1 << m, width);
    for (i, j) in (0..width).flat_map(|i| (0..i).map(move |j| (i, j))) {
        for a in 0..=m - t {
            let counts = counts(&points, width, [i, j], [a, m - t - a]);
            assert!(counts.iter().all(|&count| count == 1 << t), "dimensions {j} and {i}, {a} bits");
        }
    }
}

/// A point is uniform over the scramblings, also in the bits below the net's, and independent between rows, coordinates
/// and seeds.
#[test]
fn each_point_is_uniform_over_the_scramblings() {
    let (rows, width, points) = (4000, 8, 52);
    let [these, others] = [1, 2].map(|seed| {
        let mut out = vec![0; points * rows * width];
        sobol::fill_levels(seed, points, width, &mut out);
        out
    });
    let of = |levels: &[u64], coordinate: usize, point: usize| -> Vec<u64> {
        levels[point * rows * width..][..rows * width]
            .iter()
            .skip(coordinate)
            .step_by(width)
            .copied()
            .collect()
    };
    for (coordinate, point) in [(0, 0), (0, 1), (7, 1), (7, 51)] {
        let levels = of(&these, coordinate, point);
        for bits in [0, 1, 5, 20, 32, 44] {
            let uniform: Vec<f64> =
                levels.iter().map(|level| Noise::Uniform.quantile(level << bits)).collect();
            KolmogorovSmirnov::new(RATES()).check(&uniform, |u| u.clamp(0.0, 1.0)).unwrap();
        }
    }
    let test = MeanTest::new(RATES());
    let uncorrelated = |x: &[u64], y: &[u64]| {
        let normal = |level: &u64| Noise::Normal.quantile(*level);
        let products: Moments = x.iter().zip(y).map(|(x, y)| normal(x) * normal(y)).collect();
        test.check(&products, 0.0).unwrap();
    };
    let levels = of(&these, 2, 5);
    uncorrelated(&levels, &of(&these, 3, 5));
    uncorrelated(&levels, &of(&others, 2, 5));
    uncorrelated(&levels, &levels[1..]);
}

/// Nested scrambling, not a shift: where a pair of points goes says nothing of where the next pair goes. Points 2 and 3 lie
/// in the quarters next to points 0 and 1, above or below them as two coins say.
#[test]
fn every_prefix_has_coins_of_its_own() {
    let (rows, points) = (4000, 4);
    let mut out = vec![0; points * rows];
    sobol::fill_levels(6, points, 1, &mut out);
    let agreement: Moments = (0..rows)
        .map(|row| {
            let mut quarters: Vec<_> =
                (0..points).map(|point| (cell(out[point * rows + row], 2), point)).collect();
            quarters.sort_unstable();
            let first_below = |pair: &[(usize, usize)]| if pair[0].1 < 2 { 1.0 } else { -1.0 };
            first_below(&quarters[..2]) * first_below(&quarters[2..])
        })
        .collect();
    MeanTest::new(RATES()).check(&agreement, 0.0).unwrap();
}

/// The integrand is e^(Σ aⱼ uⱼ) over the unit cube, with the first so many of these.
const WEIGHTS: [f64; 4] = [1.0, 0.5, -0.7, 1.3];

/// Its mean where every weight is multiplied by `power`.
fn moment(dimensions: usize, power: f64) -> f64 {
    WEIGHTS[..dimensions].iter().map(|a| (power * a).exp_m1() / (power * a)).product()
}

/// The root mean square error of its mean over 64 scramblings.
fn error(dimensions: usize, points: usize) -> f64 {
    let squares = (0..64).map(|seed| {
        let f = |point: &[u64]| {
            let terms = point.iter().zip(WEIGHTS).map(|(x, a)| a * Noise::Uniform.quantile(*x));
            terms.sum::<f64>().exp()
        };
        let sum: f64 = levels(seed, points, dimensions).chunks(dimensions).map(f).sum();
        (sum / points as f64 - moment(dimensions, 1.0)).powi(2)
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

/// Whatever else is asked for with it.
#[test]
fn a_level_is_that_of_its_row_its_coordinate_and_its_point() {
    let (rows, width) = (3, 37);
    let mut all = vec![0; 100 * rows * width];
    sobol::fill_levels(11, 100, width, &mut all);
    for points in [1, 2, 63, 64, 65] {
        let mut some = vec![0; points * 2 * 5];
        sobol::fill_levels(11, points, 5, &mut some);
        for (at, level) in some.iter().enumerate() {
            let (point, row, coordinate) = (at / 10, at / 5 % 2, at % 5);
            assert_eq!(*level, all[(point * rows + row) * width + coordinate]);
        }
    }
}

fn noise_is_that_of_the_levels<T: Real>() {
    let mut levels = vec![0; 20 * 3 * 7];
    sobol::fill_levels(2, 20, 7, &mut levels);
    for noise in ALL {
        let mut numbers = vec![T::ZERO; levels.len()];
        sobol::fill_noise(noise, 2, 20, 7, &mut numbers);
        for (level, number) in levels.iter().zip(numbers) {
            let (got, expected) = (number.to_f64(), noise.quantile(*level));
            let error = (got - expected).abs() / expected.abs().max(1.0);
            // Both come from the same bits by the same formula, in their own precision.
            let limit = if T::SINGLE { 8.0 * T::EPSILON.to_f64() } else { 0.0 };
            assert!(error <= limit, "{noise:?} at {level}: {got}, expected {expected}");
        }
    }
}

#[test]
fn noise_is_that_of_the_levels_f32() {
    noise_is_that_of_the_levels::<f32>();
}

#[test]
fn noise_is_that_of_the_levels_f64() {
    noise_is_that_of_the_levels::<f64>();
}

#[test]
fn a_coordinate_alone_is_its_column() {
    let (points, rows, width) = (12, 40, 7);
    let mut all = vec![0.0f64; points * rows * width];
    sobol::fill_noise(Noise::Normal, 5, points, width, &mut all);
    for (coordinate, first) in [(0, 0), (3, 0), (6, 23)] {
        let mut alone = vec![0.0f64; points * (rows - first)];
        sobol::fill_coordinate(Noise::Normal, 5, points, coordinate, first as u64, &mut alone);
        let column = all
            .chunks(rows * width)
            .flat_map(|point| point.iter().skip(first * width + coordinate).step_by(width));
        assert!(alone.iter().eq(column), "coordinate {coordinate} from row {first} on");
    }
}

#[test]
fn nothing_is_filled_with_nothing() {
    sobol::fill_levels(1, 0, 0, &mut []);
    sobol::fill_levels(1, 64, 3, &mut []);
}

#[test]
#[should_panic(expected = "reach to dimension 4096, not to 4097")]
fn dimensions_end() {
    sobol::fill_levels(1, 1, sobol::DIMENSIONS + 1, &mut vec![0; sobol::DIMENSIONS + 1]);
}

#[test]
#[should_panic(expected = "7 numbers are no 2 points of whole rows of 3")]
fn rows_are_whole() {
    sobol::fill_levels(1, 2, 3, &mut [0; 7]);
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
