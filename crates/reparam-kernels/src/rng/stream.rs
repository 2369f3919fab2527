//! From a seed and a counter to the bits of many elements.

use crate::Function;
use crate::philox::blocks;
use crate::slices::Split;

/// Blocks made side by side, enough to hide the latency of a round; each gives two elements.
const LANES: usize = 32;

/// A slice to be filled from the stream of `seed`, starting at element `counter`.
pub(crate) struct Stream<'a, T> {
    pub(crate) seed: u64,
    pub(crate) counter: u64,
    pub(crate) out: &'a mut [T],
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

/// Fills a stream's slice with what the function makes of each element's bits.
#[derive(Clone, Copy)]
pub(crate) struct Fill<F>(pub(crate) F);

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
pub(crate) fn elements<const N: usize>(first: u64, key: [u32; 2]) -> [[u64; 2]; N] {
    let (mut low, mut high) = ([0; N], [0; N]);
    for (i, (low, high)) in low.iter_mut().zip(&mut high).enumerate() {
        // The 2⁶³ blocks of a stream are a ring, like its counter.
        let index = first.wrapping_add(i as u64) & (u64::MAX >> 1);
        (*low, *high) = (index, index >> 32);
    }
    let [a, b, c, d] = blocks([low, high, [0; N], [0; N]], key);
    let mut bits = [[0; 2]; N];
    for (i, bits) in bits.iter_mut().enumerate() {
        *bits = [a[i] | b[i] << 32, c[i] | d[i] << 32];
    }
    bits
}

/// The Philox key of a seed.
#[inline(always)]
pub(crate) fn key(seed: u64) -> [u32; 2] {
    [seed as u32, (seed >> 32) as u32]
}
