//! Standard normal numbers in single precision from 32 random bits each.
//!
//! The word of an element gives its side and the interval of width 2⁻³² that its tail probability lies in. That is finer
//! than single precision resolves the number, except in the last 2⁻¹¹ of the mass: there 64 more bits say where in the
//! interval it lies. So both tails are exact, at little more than a word for each number.

use super::stream::{Stream, key};
use crate::Function;
use crate::elementary::{horner, normal_upper_quantile};
use crate::philox::{block, blocks};
use crate::real::sealed::Parts;

/// The last counter word of the blocks whose words are elements.
const BODY: u32 = u32::from_be_bytes(*b"body");
/// The last counter word of the block that refines an element.
const TAIL: u32 = u32::from_be_bytes(*b"tail");

/// Blocks made side by side, enough to hide the latency of a round.
const BLOCKS: usize = 32;
/// The elements that they hold.
const NUMBERS: usize = 4 * BLOCKS;

/// Counts of 2⁻³² below which a tail probability is refined.
const REFINED: u32 = 1 << 20;

/// log₂(1 + f) / f for 1 + f from √½ to √2.
const LOG: &[f32] = &[
    1.44269477,
    -0.721357149,
    0.480939447,
    -0.360087219,
    0.286707428,
    -0.250068987,
    0.236890507,
    -0.145744758,
];
/// z / x in w − 4, where x is the probability of the interval (−z, z), and w = −log₂(1 − x²) from 0 to 10.01.
const RATIO: &[f32] = &[
    2.21791982,
    0.239282219,
    -3.46918262e-3,
    -4.80325817e-4,
    6.79106475e-5,
    -2.20812076e-6,
    -3.94481427e-7,
    5.06382607e-8,
    -3.72084824e-10,
    -3.46260109e-10,
    2.10465323e-11,
];

/// Fills a stream's slice with standard normal numbers.
#[derive(Clone, Copy)]
pub(super) struct QuickNormal;

impl Function<Stream<'_, f32>, ()> for QuickNormal {
    #[inline(always)]
    fn at(self, stream: Stream<'_, f32>) {
        let key = key(stream.seed);
        let (mut counter, mut out) = (stream.counter, stream.out);
        while !out.is_empty() {
            let skip = (counter % 4) as usize;
            let words = words(counter / 4, key);
            let (mut numbers, least) = bodies(&words);
            if least < REFINED {
                for (i, word) in words.iter().enumerate() {
                    let tail = tail(*word);
                    if tail < REFINED {
                        let element = counter.wrapping_add(i as u64).wrapping_sub(skip as u64);
                        numbers[i] = refined(element, tail, key).copysign(side(*word));
                    }
                }
            }
            let here = out.len().min(NUMBERS - skip);
            let (now, later) = out.split_at_mut(here);
            if let Ok(whole) = <&mut [f32; NUMBERS]>::try_from(&mut *now) {
                *whole = numbers;
            } else {
                now.copy_from_slice(&numbers[skip..][..here]);
            }
            counter = counter.wrapping_add(here as u64);
            out = later;
        }
    }
}

/// The words of the blocks from `first` on.
#[inline(always)]
fn words(first: u64, key: [u32; 2]) -> [u32; NUMBERS] {
    let (mut low, mut high) = ([0; BLOCKS], [0; BLOCKS]);
    for (i, (low, high)) in low.iter_mut().zip(&mut high).enumerate() {
        // The 2⁶² blocks of a stream are a ring, like its counter.
        let index = first.wrapping_add(i as u64) & (u64::MAX >> 2);
        (*low, *high) = (index & u64::from(u32::MAX), index >> 32);
    }
    let [a, b, c, d] = blocks([low, high, [0; BLOCKS], [u64::from(BODY); BLOCKS]], key);
    let mut words = [0; NUMBERS];
    for (i, words) in words.chunks_exact_mut(4).enumerate() {
        words[0] = a[i] as u32;
        words[1] = b[i] as u32;
        words[2] = c[i] as u32;
        words[3] = d[i] as u32;
    }
    words
}

/// The probability in units of 2⁻³² below the interval that the smaller tail ends in: 0 to 2³¹ − 1.
#[inline(always)]
fn tail(word: u32) -> u32 {
    let central = word ^ (word.cast_signed() >> 31).cast_unsigned();
    central ^ (u32::MAX >> 1)
}

/// A number with the sign of the draw.
#[inline(always)]
fn side(word: u32) -> f32 {
    f32::from_bits(word)
}

/// The numbers of these words where no tail is refined, and the least tail.
#[inline(always)]
fn bodies(words: &[u32; NUMBERS]) -> ([f32; NUMBERS], u32) {
    let mut numbers = [0.0; NUMBERS];
    let mut least = u32::MAX;
    for (number, word) in numbers.iter_mut().zip(words) {
        let tail = tail(*word);
        least = least.min(tail);
        *number = body(*word, tail);
    }
    (numbers, least)
}

/// The number in the middle of a word's interval.
#[inline(always)]
fn body(word: u32, tail: u32) -> f32 {
    const UNIT: f32 = 1.0 / (1u32 << 31) as f32;
    // Each of 1 − x and x from its own count, so that neither loses digits. Both counts are below 2³¹: signed
    // conversions are vector instructions everywhere.
    let middle = |count: u32| (count.cast_signed() as f32).mul_add(UNIT, 0.5 * UNIT);
    let x = middle(tail ^ (u32::MAX >> 1));
    let outside = middle(tail);
    let (k, m) = (outside * (2.0 - outside)).split_exponent();
    let f = m - 1.0;
    let w = -f.mul_add(horner(f, LOG), k + 4.0);
    (x * horner(w, RATIO)).copysign(side(word))
}

/// The size of the number of an element whose tail probability lies between `tail` and `tail` + 1 in units of 2⁻³².
#[inline(always)]
fn refined(element: u64, tail: u32, key: [u32; 2]) -> f32 {
    let [low, high, ..] = block([element as u32, (element >> 32) as u32, 0, TAIL], key);
    let within = (f64::from(high) * 4294967296.0 + f64::from(low) + 0.5) / 18446744073709551616.0;
    normal_upper_quantile(((f64::from(tail) + within) / 4294967296.0) as f32)
}

#[cfg(test)]
mod tests {
    use reparam_testing::{BinomialTest, Rates, normal_quantile};

    use super::*;

    /// The largest relative error against the quantile of the tail's middle, in units of 2⁻²³.
    fn worst_error(tails: impl Iterator<Item = u32>) -> f64 {
        let error = |tail: u32| {
            let exact = -normal_quantile((f64::from(tail) + 0.5) / 4294967296.0);
            (f64::from(body(tail ^ (u32::MAX >> 1), tail)) / exact - 1.0).abs()
        };
        tails.map(error).fold(0.0, f64::max) * 8388608.0
    }

    #[test]
    fn numbers_are_quantiles_of_their_words() {
        let error = worst_error((REFINED..1 << 31).step_by(20_011));
        assert!(error < 2.0, "{error}");
        let error = worst_error((REFINED..REFINED + 4096).chain((1 << 31) - 4096..1 << 31));
        assert!(error < 2.0, "{error}");
    }

    #[test]
    fn a_word_and_its_complement_are_mirror_images() {
        for word in (0..u32::MAX).step_by(1_000_003) {
            assert_eq!(tail(word), tail(!word));
            assert_eq!(body(word, tail(word)), -body(!word, tail(!word)));
        }
    }

    #[test]
    fn the_last_interval_is_filled_evenly() {
        // The mass beyond is 2⁻³² in all: no sample of words finds it, so the word is given.
        let (trials, key) = (1 << 16, [7, 9]);
        let draws: Vec<f32> = (0..trials).map(|element| refined(element, 0, key)).collect();
        let test = BinomialTest::new(Rates::new(1e-9, 1e-3));
        for share in [0.5, 0.1, 0.01, 1e-3] {
            let border = -normal_quantile(share / 4294967296.0);
            let beyond = draws.iter().filter(|z| f64::from(**z) > border).count();
            test.check(beyond as u64, trials, share).unwrap_or_else(|error| panic!("{error}"));
        }
        let farthest = draws.iter().copied().fold(0.0, f32::max);
        assert!(farthest > 7.5, "{farthest}");
    }

    #[test]
    fn refined_numbers_meet_the_others() {
        for tail in [REFINED - 1, 12_345] {
            let [from, to] =
                [tail, tail + 1].map(|tail| -normal_quantile(f64::from(tail) / 4294967296.0) as f32);
            for element in 0..1000 {
                let z = refined(element, tail, [1, 2]);
                assert!(to <= z.next_up().next_up() && z <= from.next_up().next_up(), "{z}: {from} to {to}");
            }
        }
    }
}
