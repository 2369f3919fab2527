//! The random words of a block of elements, and what their draws share.

use super::From;
use crate::Function;
use crate::lanes::LANES;
use crate::philox::blocks;
use crate::rng::convert::Bits;
use crate::rng::element;
use crate::rng::stream::{Fill, Stream, key};

/// Random words made side by side, so that they stay in registers.
const WORDS: usize = 32;

/// The first `N` random words of each element from `start` on, as [`Element`](crate::Element) would give them.
#[inline(always)]
pub(super) fn random<const N: usize>(from: From, start: usize) -> [[u64; LANES]; N] {
    let first = from.counter.wrapping_add(start as u64);
    let mut random = [[0; LANES]; N];
    Fill(Bits).at(Stream { seed: from.seed, counter: first, out: &mut random[0] });
    for part in (0..LANES).step_by(WORDS) {
        let (mut low, mut high) = ([0; WORDS], [0; WORDS]);
        for i in 0..WORDS {
            let index = first.wrapping_add((part + i) as u64);
            (low[i], high[i]) = (index & 0xffff_ffff, index >> 32);
        }
        for pair in 0..N / 2 {
            let counter = [low, high, [pair as u64; WORDS], [u64::from(element::DOMAIN); WORDS]];
            let [w0, w1, w2, w3] = blocks(counter, key(from.seed));
            for i in 0..WORDS {
                random[1 + 2 * pair][part + i] = w0[i] | w1[i] << 32;
            }
            if let Some(second) = random.get_mut(2 + 2 * pair) {
                for i in 0..WORDS {
                    second[part + i] = w2[i] | w3[i] << 32;
                }
            }
        }
    }
    random
}

/// The slope of a draw, from ∂z/∂t and the slope of its coordinate t: a vanished z moves no more, however fast its
/// logarithm does.
#[inline(always)]
pub(super) fn moved(scale: f64, slope: f64) -> f64 {
    if scale == 0.0 { 0.0 } else { scale * slope }
}
