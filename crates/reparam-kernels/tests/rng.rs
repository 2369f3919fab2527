//! The generator: its values are pinned, no cut of a draw changes them, and they have the stated distributions.
#![expect(clippy::float_cmp, reason = "what must be exact is compared exactly")]

use proptest::prelude::*;
use reparam_kernels::{Real, Rng, philox4x32};
use reparam_testing::{BinomialTest, KolmogorovSmirnov, Rates, normal_quantile, normal_upper_tail};

/// Every statistical test here fails a right generator with at most this probability.
const FALSE_ALARM: f64 = 1e-9;

#[test]
fn elements_are_halves_of_philox_blocks() {
    let seed = 0x0123_4567_89ab_cdef;
    let mut bits = [0; 7];
    Rng::from_state(seed, (1 << 33) + 1).fill_bits(&mut bits);
    for (i, bits) in bits.into_iter().enumerate() {
        let element = (1_u64 << 33) + 1 + i as u64;
        let block = element / 2;
        let words =
            philox4x32([block as u32, (block >> 32) as u32, 0, 0], [seed as u32, (seed >> 32) as u32]);
        let half = 2 * (element % 2) as usize;
        assert_eq!(bits, u64::from(words[half]) | u64::from(words[half + 1]) << 32);
    }
}

/// A change of these values breaks every stored seed.
#[test]
fn pinned_values() {
    let start = || Rng::new(42);
    let mut bits = [0; 3];
    start().fill_bits(&mut bits);
    assert_eq!(bits, [0x77f5493b9ceaf053, 0x5742b3d712bf50ad, 0x53ba6cfdfcdb2127]);
    assert_eq!(start().split(7), Rng::new(0x050a418c0f27e0e2));
    assert_eq!(start().permutation(8), [0, 5, 7, 4, 6, 1, 2, 3]);

    let mut single = [0.0_f32; 3];
    start().fill_uniform(&mut single);
    assert_eq!(single, [0.4685865, 0.34086156, 0.32706338]);
    start().fill_normal(&mut single);
    assert_eq!(single, [0.07882351, 0.41011292, 0.44803664]);
    let mut double = [0.0_f64; 3];
    start().fill_normal(&mut double);
    assert_eq!(double, [0.07882346885253207, 0.41011294279565175, 0.44803662789792803]);
}

#[test]
fn quick_normal_numbers_are_quantiles_of_single_words() {
    let (seed, first) = (0x0123_4567_89ab_cdef, (1_u64 << 34) + 3);
    let mut numbers = [0.0; 200];
    Rng::from_state(seed, first).fill_quick_normal(&mut numbers);
    for (i, z) in numbers.into_iter().enumerate() {
        let element = first + i as u64;
        let index = element / 4;
        let counter = [index as u32, (index >> 32) as u32, 0, u32::from_be_bytes(*b"body")];
        let word = philox4x32(counter, [seed as u32, (seed >> 32) as u32])[(element % 4) as usize];
        let sign = if word >> 31 == 0 { 1.0 } else { -1.0 };
        let tail = (word ^ if word >> 31 == 0 { 0 } else { u32::MAX }) ^ (u32::MAX >> 1);
        // None of these is in the last 2⁻¹¹ of the mass.
        assert!(tail >= 1 << 20);
        let exact = -sign * normal_quantile((f64::from(tail) + 0.5) / 4294967296.0);
        assert!((f64::from(z) - exact).abs() <= 3e-7 * exact.abs(), "{z}, not {exact}");
    }
}

#[test]
fn quick_normal_numbers_have_the_law() {
    let mut numbers = vec![0.0; 1 << 17];
    Rng::new(5).fill_quick_normal(&mut numbers);
    let draws: Vec<f64> = numbers.into_iter().map(f64::from).collect();
    let test = KolmogorovSmirnov::new(Rates::new(FALSE_ALARM, 1e-3));
    test.check(&draws, |z| normal_upper_tail(-z)).unwrap_or_else(|error| panic!("{error}"));
    // The refined tail of mass 2⁻¹¹.
    let border = -normal_quantile(2.0_f64.powi(-12));
    let beyond = draws.iter().filter(|z| z.abs() > border).count();
    let test = BinomialTest::new(Rates::new(FALSE_ALARM, 1e-3));
    test.check(beyond as u64, draws.len() as u64, 2.0_f64.powi(-11))
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn quick_normal_numbers_do_not_depend_on_cuts() {
    let fill = |cuts: &[usize]| in_pieces(11, cuts, Rng::fill_quick_normal);
    let whole = fill(&[100_000]);
    assert_eq!(fill(&[1, 2, 127, 128, 129, 3, 64, 99_546]), whole);
}

fn in_pieces<T: Real>(seed: u64, cuts: &[usize], fill: impl Fn(&mut Rng, &mut [T])) -> Vec<T> {
    let mut rng = Rng::new(seed);
    let mut all = Vec::new();
    for cut in cuts {
        let mut piece = vec![T::ZERO; *cut];
        fill(&mut rng, &mut piece);
        all.extend(piece);
    }
    assert_eq!(rng, Rng::from_state(seed, all.len() as u64));
    all
}

proptest! {
    #[test]
    fn draws_do_not_depend_on_cuts(seed: u64, cuts in prop::collection::vec(0_usize..150, 0..6)) {
        let whole = [cuts.iter().sum()];
        prop_assert_eq!(in_pieces::<f32>(seed, &cuts, Rng::fill_normal), in_pieces(seed, &whole, Rng::fill_normal));
        prop_assert_eq!(in_pieces::<f64>(seed, &cuts, Rng::fill_uniform), in_pieces(seed, &whole, Rng::fill_uniform));
        let single: Vec<f64> = {
            let mut rng = Rng::new(seed);
            (0..whole[0]).map(|_| rng.next_u64() as f64).collect()
        };
        let mut bits = vec![0; whole[0]];
        Rng::new(seed).fill_bits(&mut bits);
        prop_assert_eq!(single, bits.iter().map(|bits| *bits as f64).collect::<Vec<_>>());
    }

    #[test]
    fn a_permutation_has_every_number_once(seed: u64, n in 0_usize..300) {
        let mut permutation = Rng::new(seed).permutation(n);
        permutation.sort_unstable();
        prop_assert!(permutation.into_iter().eq(0..n as u32));
    }

    #[test]
    fn splits_differ(seed: u64, a: u64, b: u64) {
        let rng = Rng::new(seed);
        prop_assert_eq!(rng.split(a), Rng::from_state(seed, 99).split(a));
        prop_assert_ne!(rng.split(a), rng.clone());
        prop_assert!(a == b || rng.split(a) != rng.split(b));
        prop_assert_ne!(rng.split(a).next_u64(), Rng::new(seed).next_u64());
    }
}

#[test]
fn the_counter_is_a_ring() {
    let mut ends = [0; 6];
    Rng::from_state(9, u64::MAX - 2).fill_bits(&mut ends);
    let mut start = [0; 3];
    Rng::new(9).fill_bits(&mut start);
    assert_eq!(ends[3..], start);
}

/// The same bits give the same number in both precisions, up to the rounding of f32.
#[test]
fn single_and_double_draws_agree() {
    let (mut single, mut double) = (vec![0.0_f32; 10_000], vec![0.0_f64; 10_000]);
    Rng::new(8).fill_normal(&mut single);
    Rng::new(8).fill_normal(&mut double);
    for (s, d) in single.iter().zip(&double) {
        assert!((f64::from(*s) - d).abs() <= 4e-7 * d.abs().max(0.5), "{s} and {d}");
    }
}

/// Dvoretzky, Kiefer, Wolfowitz and Massart: P(D > ε) ≤ 2 exp(−2 n ε²).
#[track_caller]
fn kolmogorov_smirnov(mut draws: Vec<f64>, cdf: impl Fn(f64) -> f64) {
    let n = draws.len() as f64;
    draws.sort_unstable_by(f64::total_cmp);
    let distance = draws
        .iter()
        .enumerate()
        .map(|(i, x)| (cdf(*x) - i as f64 / n).abs().max((cdf(*x) - (i + 1) as f64 / n).abs()))
        .fold(0.0, f64::max);
    let bound = ((2.0 / FALSE_ALARM).ln() / (2.0 * n)).sqrt();
    assert!(distance <= bound, "distance {distance} above {bound}");
}

fn draws<T: Real>(seed: u64, n: usize, fill: impl Fn(&mut Rng, &mut [T])) -> Vec<f64> {
    let mut out = vec![T::ZERO; n];
    fill(&mut Rng::new(seed), &mut out);
    out.iter().map(|x| x.to_f64()).collect()
}

fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// With 2¹⁹ draws a distance of 0.0046 between the distribution functions would be seen.
#[test]
fn distributions() {
    let n = 1 << 19;
    kolmogorov_smirnov(draws::<f32>(1, n, Rng::fill_uniform), |u| u);
    kolmogorov_smirnov(draws::<f64>(2, n, Rng::fill_uniform), |u| u);
    kolmogorov_smirnov(draws::<f32>(3, n, Rng::fill_normal), normal_cdf);
    kolmogorov_smirnov(draws::<f64>(4, n, Rng::fill_normal), normal_cdf);
}

/// Bernstein: P(|X − n p| ≥ t) ≤ 2 exp(−t² / (2 (n p (1 − p) + t / 3))).
#[track_caller]
fn binomial(count: usize, n: usize, p: f64) {
    let (mean, l) = (n as f64 * p, (2.0 / FALSE_ALARM).ln());
    let bound = l / 3.0 + (l * l / 9.0 + 2.0 * l * mean * (1.0 - p)).sqrt();
    assert!((count as f64 - mean).abs() < bound, "{count} draws, not {mean} ± {bound}");
}

#[test]
fn tail_masses() {
    let n = 1 << 22;
    let normal = draws::<f32>(6, n, Rng::fill_normal);
    let uniform = draws::<f32>(7, n, Rng::fill_uniform);
    for (p, z) in [(1e-3, 3.0902323061678132), (1e-5, 4.264890793922825)] {
        binomial(normal.iter().filter(|x| **x > z).count(), n, p);
        binomial(normal.iter().filter(|x| **x < -z).count(), n, p);
        binomial(uniform.iter().filter(|u| **u < p).count(), n, p);
        binomial(uniform.iter().filter(|u| **u > 1.0 - p).count(), n, p);
    }
}

/// Each of the 24 orders of four things has probability 1/24.
#[test]
fn orders_are_equally_likely() {
    let n = 24_000;
    let mut rng = Rng::new(10);
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..n {
        *counts.entry(rng.permutation(4)).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 24);
    for count in counts.into_values() {
        binomial(count, n, 1.0 / 24.0);
    }
}
