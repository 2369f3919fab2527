//! Scrambled Sobol points: uniform draws that fill the cube more evenly than independent ones.
//!
//! Coordinate j of point i has the bits V_j i, the columns of V_j being the direction numbers of dimension j, after Owen's
//! nested scrambling: each bit is flipped or not by a coin of its own for every prefix of higher bits. Each point is then
//! uniform on the cube, n = 2ᵐ of them are as evenly spread as before, and their mean has a variance of O(n⁻³) up to
//! logarithms for smooth functions, and of little more than that of independent draws at worst.
//!
//! Scrambling by a random matrix has the same variance, but as a small error most of the time and a large one seldom, so
//! that the scatter of a few repetitions would promise too much.
//!
//! Source: I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967); S. Joe & F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) for
//! the direction numbers; A. B. Owen, Ann. Statist. 25 (1997) for the scrambling; B. Burley, J. Comput. Graph. Tech. 9
//! (2020) for coins that are a hash of their prefix; A. B. Owen and Z. Pan, SIAM J. Numer. Anal. 61 (2023) for the errors
//! of matrices.

use crate::philox::block;
use crate::rng::stream::key;

/// Bits of an index and of a coordinate: a sequence has 2³² points.
const BITS: usize = 32;

/// For each dimension but the first its polynomial and its initial numbers, written by `reference/generate_sobol.py`.
const TABLE: &[u8; 34 * (Sobol::DIMENSIONS - 1)] = include_bytes!("sobol/joe_kuo.bin");

/// The last counter word of the blocks that coins come from; blocks of draws have others there.
const DOMAIN: u32 = u32::from_be_bytes(*b"owen");

/// Levels of the tree of prefixes whose coins are in one block: 2⁷ − 1 coins in 128 bits.
const LEVELS: usize = 7;

/// One coordinate of the Sobol sequence.
///
/// ```
/// use reparam_kernels::{law::Noise, sobol::Sobol};
///
/// let coordinates = [0, 1].map(Sobol::new);
/// let mean = (0..256)
///     .map(|point| coordinates.iter().map(|x| Noise::Normal.quantile(x.level(7, point))).product::<f64>())
///     .sum::<f64>() / 256.0;
/// assert!(mean.abs() < 0.02);
/// ```
#[derive(Clone, Debug)]
pub struct Sobol {
    dimension: u32,
    directions: [u32; BITS],
}

impl Sobol {
    /// How many dimensions there are.
    pub const DIMENSIONS: usize = 4096;

    /// The coordinate of this number, counted from 0.
    ///
    /// # Panics
    /// When there are no direction numbers for it.
    pub fn new(dimension: usize) -> Self {
        assert!(
            dimension < Self::DIMENSIONS,
            "Sobol: direction numbers reach to dimension {}, not to {}; take independent draws for what lies beyond",
            Self::DIMENSIONS,
            dimension + 1
        );
        Self { dimension: dimension as u32, directions: directions(dimension) }
    }

    /// The coordinate of point `index` under the scrambling of `seed`, as a fraction of 2⁶⁴: the argument of
    /// [`Noise::quantile`](crate::law::Noise::quantile).
    ///
    /// Other seeds and other coordinates are scrambled independently. Below the 32 bits of the sequence are random ones. Six
    /// blocks of random words, 0.2 µs.
    pub fn level(&self, seed: u64, index: u32) -> u64 {
        let mut point = 0;
        let mut rest = index;
        while rest != 0 {
            point ^= self.directions[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        self.scrambled(seed, point)
    }

    fn scrambled(&self, seed: u64, point: u32) -> u64 {
        let random =
            |prefix: u32, level: usize| block([prefix, level as u32, self.dimension, DOMAIN], key(seed));
        let mut flips = 0;
        for first in (0..BITS).step_by(LEVELS) {
            // The bits above the subtree, and then its nodes as in a heap.
            let coins = random(point & !(u32::MAX >> first), first);
            let mut node = 1;
            for level in first..BITS.min(first + LEVELS) {
                let down = BITS - 1 - level;
                flips |= (coins[node / 32] >> (node % 32) & 1) << down;
                node = 2 * node + (point >> down & 1) as usize;
            }
        }
        let [below, ..] = random(point, BITS);
        u64::from(point ^ flips) << 32 | u64::from(below)
    }
}

/// The direction numbers of a dimension: column k has its leading one at bit k, counted from the most significant.
fn directions(dimension: usize) -> [u32; BITS] {
    let unit = |k: usize| 1_u32 << (BITS - 1 - k);
    let Some(record) = dimension.checked_sub(1) else { return std::array::from_fn(unit) };
    let word = |i: usize| {
        let at = 34 * record + 2 * i;
        u32::from(u16::from_le_bytes([TABLE[at], TABLE[at + 1]]))
    };
    // x^s + a₁ x^(s−1) + … + a_(s−1) x + 1, without its last term.
    let polynomial = word(0);
    let degree = (u32::BITS - polynomial.leading_zeros()) as usize;
    let mut v = [0; BITS];
    for k in 0..BITS {
        v[k] = if k < degree {
            word(1 + k) * unit(k)
        } else {
            let middle = (1..degree).filter(|j| polynomial >> (degree - 1 - j) & 1 == 1);
            middle.fold(v[k - degree] ^ v[k - degree] >> degree, |sum, j| sum ^ v[k - j])
        };
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns 0, 1, 2, 5 and 11, printed by `reference/generate_sobol.py` from the points of scipy.
    #[test]
    fn direction_numbers_are_those_of_joe_and_kuo() {
        let published = [
            (0, [0x8000_0000, 0x4000_0000, 0x2000_0000, 0x0400_0000, 0x0010_0000]),
            (1, [0x8000_0000, 0xc000_0000, 0xa000_0000, 0xcc00_0000, 0xf0f0_0000]),
            (2, [0x8000_0000, 0xc000_0000, 0x6000_0000, 0x5c00_0000, 0x5590_0000]),
            (3, [0x8000_0000, 0xc000_0000, 0x2000_0000, 0x7400_0000, 0xe6d0_0000]),
            (9, [0x8000_0000, 0x4000_0000, 0xe000_0000, 0x9400_0000, 0x3f10_0000]),
            (99, [0x8000_0000, 0x4000_0000, 0xa000_0000, 0x1400_0000, 0xf670_0000]),
            (1000, [0x8000_0000, 0xc000_0000, 0x2000_0000, 0xac00_0000, 0xdf10_0000]),
            (4095, [0x8000_0000, 0xc000_0000, 0xa000_0000, 0x3c00_0000, 0xd870_0000]),
        ];
        for (dimension, columns) in published {
            let v = directions(dimension);
            assert_eq!([0, 1, 2, 5, 11].map(|k| v[k]), columns, "dimension {dimension}");
        }
    }

    /// Then every coordinate of the first 2ᵐ points is a permutation of the cells of width 2⁻ᵐ.
    #[test]
    fn direction_matrices_are_unit_triangular() {
        for dimension in 0..Sobol::DIMENSIONS {
            for (k, v) in (0..).zip(directions(dimension)) {
                assert_eq!(v.trailing_zeros(), BITS as u32 - 1 - k, "dimension {dimension}, column {k}");
            }
        }
    }
}
