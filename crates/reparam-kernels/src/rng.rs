//! The splittable, counter-based random number generator.

use crate::Real;
use crate::elementary::normal_upper_quantile;
use crate::function::Function;
use crate::philox::{block, blocks};
use crate::slices::{Split, drive};

/// Blocks made side by side; each gives two elements.
const LANES: usize = 32;

/// The last counter word of a block that makes a seed; blocks of draws have 0 there.
const SPLIT_DOMAIN: u32 = u32::from_be_bytes(*b"splt");

/// A stream of random numbers: a seed, and the number of elements drawn so far.
///
/// Element i of a stream is 64 fixed bits, half of the Philox4x32-10 block i / 2 under the seed, and each number drawn
/// uses one element whatever its type. Draws are therefore the same for any cut into calls, any number of threads and
/// any vector instructions; and (seed, counter) is the whole state. A stream has 2⁶⁴ elements.
///
/// ```
/// use reparam_kernels::Rng;
///
/// let mut rng = Rng::new(7);
/// let mut noise = [0.0_f32; 4];
/// rng.fill_normal(&mut noise);
///
/// let mut again = Rng::from_state(7, 2);
/// let mut rest = [0.0_f32; 2];
/// again.fill_normal(&mut rest);
/// assert_eq!(noise[2..], rest);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    seed: u64,
    counter: u64,
}

impl Rng {
    /// The stream of `seed`, at its start.
    pub fn new(seed: u64) -> Self {
        Self { seed, counter: 0 }
    }

    /// The stream of `seed`, after `counter` elements.
    pub fn from_state(seed: u64, counter: u64) -> Self {
        Self { seed, counter }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How many elements have been drawn.
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// A stream of its own for the place named `site`; it depends on the seed alone, not on what was drawn.
    ///
    /// Its seed is half of a Philox block that no draw uses. Any two sites share a seed with probability 2⁻⁶⁴.
    pub fn split(&self, site: u64) -> Self {
        let [low, high, ..] = block([site as u32, (site >> 32) as u32, 0, SPLIT_DOMAIN], key(self.seed));
        Self::new(u64::from(low) | u64::from(high) << 32)
    }

    /// The 64 bits of the next element.
    pub fn next_u64(&mut self) -> u64 {
        let [halves] = elements(self.counter / 2, key(self.seed));
        let bits = halves[(self.counter % 2) as usize];
        self.counter = self.counter.wrapping_add(1);
        bits
    }

    /// The bits of the next elements.
    pub fn fill_bits(&mut self, out: &mut [u64]) {
        self.fill(out, Bits);
    }

    /// Uniform numbers in the open interval (0, 1).
    ///
    /// Each is (k + ½) 2⁻⁶² for a 62-bit k, rounded to the type: small numbers keep a full mantissa, the smallest is
    /// 2⁻⁶³, and what would round to 1 becomes the largest number below.
    pub fn fill_uniform<T: Real>(&mut self, out: &mut [T]) {
        self.fill(out, OpenUniform);
    }

    /// Standard normal numbers, by inversion.
    ///
    /// One bit is the sign; 62 bits are a tail probability (k + ½) 2⁻⁶³ in (0, ½) with a full mantissa, so both tails
    /// reach |z| ≤ 9.08 without cancellation.
    pub fn fill_normal<T: Real>(&mut self, out: &mut [T]) {
        self.fill(out, SignedNormal);
    }

    /// Puts `items` in uniformly random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            items.swap(last, other);
        }
    }

    /// The numbers 0 … n − 1 in uniformly random order.
    ///
    /// # Panics
    /// When n exceeds 2³².
    pub fn permutation(&mut self, n: usize) -> Vec<u32> {
        let end = n
            .checked_sub(1)
            .map_or(0, |last| u32::try_from(last).expect("permutation: n must be at most 2^32"));
        let mut items: Vec<u32> = if n == 0 { Vec::new() } else { (0..=end).collect() };
        self.shuffle(&mut items);
        items
    }

    /// A uniform integer below `bound`, without bias; an element is refused with probability below bound · 2⁻⁶⁴.
    ///
    /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
    fn below(&mut self, bound: u64) -> u64 {
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            // 2⁶⁴ mod bound low halves are one too many for some results.
            if product as u64 >= bound.wrapping_neg() % bound {
                return (product >> 64) as u64;
            }
        }
    }

    fn fill<T: Copy + Send>(&mut self, out: &mut [T], convert: impl Function<u64, T>) {
        let drawn = out.len() as u64;
        drive(Fill(convert), Stream { seed: self.seed, counter: self.counter, out });
        self.counter = self.counter.wrapping_add(drawn);
    }
}

/// A slice to be filled from the stream of `seed`, starting at element `counter`.
struct Stream<'a, T> {
    seed: u64,
    counter: u64,
    out: &'a mut [T],
}

impl<T: Send> Split for Stream<'_, T> {
    fn extent(&self) -> (usize, usize) {
        (self.out.len(), 1)
    }

    fn split(self, units: usize) -> (Self, Self) {
        let (left, right) = self.out.split_at_mut(units);
        let later = self.counter.wrapping_add(units as u64);
        (Self { out: left, ..self }, Self { out: right, counter: later, ..self })
    }
}

#[derive(Clone, Copy)]
struct Fill<F>(F);

impl<T: Copy, F: Function<u64, T>> Function<Stream<'_, T>, ()> for Fill<F> {
    #[inline(always)]
    fn at(self, stream: Stream<'_, T>) {
        let key = key(stream.seed);
        let (mut counter, mut out) = (stream.counter, stream.out);
        while !out.is_empty() {
            // At an odd counter the first element is the second half of its block.
            let skip = (counter % 2) as usize;
            let bits = elements::<LANES>(counter / 2, key);
            let bits = bits.as_flattened();
            let here = out.len().min(2 * LANES - skip);
            let (now, later) = out.split_at_mut(here);
            if let Ok(whole) = <&mut [T; 2 * LANES]>::try_from(&mut *now) {
                for (x, bits) in whole.iter_mut().zip(bits) {
                    *x = self.0.at(*bits);
                }
            } else {
                for (x, bits) in now.iter_mut().zip(&bits[skip..]) {
                    *x = self.0.at(*bits);
                }
            }
            counter = counter.wrapping_add(here as u64);
            out = later;
        }
    }
}

/// The two elements of each block from `first` on.
///
/// Loops, not closures over arrays: the latter are not always inlined, and then cost more than the blocks.
#[inline(always)]
fn elements<const N: usize>(first: u64, key: [u32; 2]) -> [[u64; 2]; N] {
    let mut counter = [[0; N]; 4];
    for i in 0..N {
        // The 2⁶³ blocks of a stream are a ring, like its counter.
        let index = first.wrapping_add(i as u64) & (u64::MAX >> 1);
        (counter[0][i], counter[1][i]) = (index, index >> 32);
    }
    let words = blocks(counter, key);
    let mut bits = [[0; 2]; N];
    for i in 0..N {
        bits[i] = [words[0][i] | words[1][i] << 32, words[2][i] | words[3][i] << 32];
    }
    bits
}

#[inline(always)]
fn key(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}

const LOW_31: u64 = (1 << 31) - 1;

#[derive(Clone, Copy)]
struct Bits;

impl Function<u64, u64> for Bits {
    #[inline(always)]
    fn at(self, bits: u64) -> u64 {
        bits
    }
}

/// (k + ½) 2⁻⁶² for the 62 highest bits k.
#[derive(Clone, Copy)]
struct OpenUniform;

impl<T: Real> Function<u64, T> for OpenUniform {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (high, low) = (T::from_u31((bits >> 33) as u32), T::from_u31((bits >> 2 & LOW_31) as u32));
        let u = high.mul_add(power::<T>(-31), (low + T::HALF) * power::<T>(-62));
        if u < T::ONE { u } else { T::ONE - T::HALF * T::EPSILON }
    }
}

/// A standard normal number from the sign and the tail probability (k + ½) 2⁻⁶³.
#[derive(Clone, Copy)]
struct SignedNormal;

impl<T: Real> Function<u64, T> for SignedNormal {
    #[inline(always)]
    fn at(self, bits: u64) -> T {
        let (high, low) =
            (T::from_u31((bits >> 32 & LOW_31) as u32), T::from_u31((bits >> 1 & LOW_31) as u32));
        let tail = high.mul_add(power::<T>(-32), (low + T::HALF) * power::<T>(-63));
        let z = normal_upper_quantile(tail);
        if bits >> 63 == 0 { z } else { -z }
    }
}

/// 2^exponent.
#[inline(always)]
fn power<T: Real>(exponent: i32) -> T {
    T::from_f64(f64::from_bits(((1023 + exponent) as u64) << 52))
}
