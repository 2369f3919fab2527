//! The splittable, counter-based random number generator.

pub(crate) mod convert;
pub(crate) mod element;
mod quick;
pub(crate) mod stream;

pub use element::Element;

use convert::{Bits, Exponential, Gumbel, Laplace, Logistic, OpenUniform, SignedNormal};
use quick::QuickNormal;
use stream::{Fill, Stream, elements, key};

use crate::law::Noise;
use crate::philox::block;
use crate::slices::drive;
use crate::{Function, Real};

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
    /// reach |z| = 9.0802 without cancellation.
    pub fn fill_normal<T: Real>(&mut self, out: &mut [T]) {
        self.fill(out, SignedNormal);
    }

    /// Standard normal numbers, by inversion, from 32 random bits each; half the work of [`fill_normal`](Self::fill_normal).
    ///
    /// Element i is word i mod 4 of the Philox block i / 4 in a domain of its own: one bit for the sign, and a tail
    /// probability (k + ½) 2⁻³². Where k < 2²⁰, the last 2⁻¹¹ of the mass, ½ gives way to 64 bits of another block, so
    /// that both tails are as fine as single precision, out to |z| = 11.3.
    pub fn fill_quick_normal(&mut self, out: &mut [f32]) {
        let drawn = out.len() as u64;
        drive(QuickNormal, Stream { seed: self.seed, counter: self.counter, out });
        self.counter = self.counter.wrapping_add(drawn);
    }

    /// Numbers of the law of this noise.
    pub fn fill_noise<T: Real>(&mut self, noise: Noise, out: &mut [T]) {
        match noise {
            Noise::Normal => self.fill(out, SignedNormal),
            Noise::Uniform => self.fill(out, OpenUniform),
            Noise::Exponential => self.fill(out, Exponential),
            Noise::Gumbel => self.fill(out, Gumbel),
            Noise::Logistic => self.fill(out, Logistic),
            Noise::Laplace => self.fill(out, Laplace),
        }
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

    /// The generator of the next `count` elements, which this one passes over.
    pub fn take(&mut self, count: usize) -> Self {
        let here = self.clone();
        self.counter = self.counter.wrapping_add(count as u64);
        here
    }

    /// The bits of the next element, for a sampler that may need many.
    pub fn element(&mut self) -> Element {
        let element = Element::new(self.seed, self.counter);
        self.counter = self.counter.wrapping_add(1);
        element
    }

    /// The bits of the element `ahead` of the next, which this one does not pass over.
    pub fn element_at(&self, ahead: u64) -> Element {
        Element::new(self.seed, self.counter.wrapping_add(ahead))
    }

    fn fill<T: Copy + Send>(&mut self, out: &mut [T], convert: impl Function<u64, T>) {
        let drawn = out.len() as u64;
        drive(Fill(convert), Stream { seed: self.seed, counter: self.counter, out });
        self.counter = self.counter.wrapping_add(drawn);
    }
}
