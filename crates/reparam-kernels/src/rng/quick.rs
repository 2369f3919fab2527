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
