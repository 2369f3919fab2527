//! The random bits of one element of a draw, as many as its sampler asks for.

use super::convert::{Exponential, OpenUniform, SignedNormal, number};
use super::stream::{elements, key};
use crate::law::Noise;
use crate::philox::block;
use crate::single;

/// The last counter word of the blocks that elements draw from; blocks of plain draws have 0 there.
pub(crate) const DOMAIN: u32 = u32::from_be_bytes(*b"draw");

/// The random bits of one element: first the 64 that a plain draw would use, then Philox blocks under (element, block
/// number) of a domain of their own.
///
/// A sampler that rejects takes as many as it needs without moving its neighbours' bits.
#[derive(Clone, Debug)]
pub struct Element {
    key: [u32; 2],
    index: u64,
    block: u32,
    spare: Option<u64>,
}

impl Element {
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let key = key(seed);
        let [halves] = elements(index / 2, key);
        Self { key, index, block: 0, spare: Some(halves[(index % 2) as usize]) }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        if let Some(bits) = self.spare.take() {
            return bits;
        }
        let [a, b, c, d] =
            block([self.index as u32, (self.index >> 32) as u32, self.block, DOMAIN], self.key);
        self.block = self.block.wrapping_add(1);
        self.spare = Some(u64::from(c) | u64::from(d) << 32);
        u64::from(a) | u64::from(b) << 32
    }

    /// A uniform number in the open interval (0, 1), small ones with a full mantissa.
    pub fn uniform(&mut self) -> f64 {
        single::run(OpenUniform, self.bits())
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        single::run(SignedNormal, self.bits())
    }

    /// A standard exponential number.
    pub fn exponential(&mut self) -> f64 {
        single::run(Exponential, self.bits())
    }

    /// A number of the law of this noise.
    pub fn noise(&mut self, noise: Noise) -> f64 {
        number(noise, self.bits())
    }
}
