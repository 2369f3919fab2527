//! Philox4x32-10: ten rounds that turn a counter and a key into four random words.
//!
//! Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: u32 = 10;
const WORD: u64 = u32::MAX as u64;

/// The four words at `counter` under `key`.
pub fn block(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    blocks(counter.map(|word| [u64::from(word)]), key).map(|[word]| word as u32)
}

/// `N` blocks side by side; `counter[w][i]` is word w of counter i, one 32-bit word in each 64-bit lane.
///
/// A 64-bit lane holds the whole product of a round, so a round is two multiplications of a vector unit.
#[inline(always)]
pub(crate) fn blocks<const N: usize>(counter: [[u64; N]; 4], key: [u32; 2]) -> [[u64; N]; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    for round in 0..ROUNDS {
        let k0 = u64::from(key[0].wrapping_add(WEYL[0].wrapping_mul(round)));
        let k1 = u64::from(key[1].wrapping_add(WEYL[1].wrapping_mul(round)));
        for i in 0..N {
            // Only a multiplication needs its high half cleared, and a vector unit's reads the low half anyway.
            let first = MULTIPLIERS[0] * (a[i] & WORD);
            let second = MULTIPLIERS[1] * (c[i] & WORD);
            (a[i], b[i], c[i], d[i]) = ((second >> 32) ^ b[i] ^ k0, second, (first >> 32) ^ d[i] ^ k1, first);
        }
    }
    for word in [&mut a, &mut b, &mut c, &mut d] {
        for lane in word {
            *lane &= WORD;
        }
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answers of the Random123 distribution (`kat_vectors`, philox4x32, ten rounds).
    #[test]
    fn known_answers() {
        let cases = [
            ([0; 4], [0; 2], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]),
            (
                [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
                [0xa4093822, 0x299f31d0],
                [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
            ),
        ];
        for (counter, key, answer) in cases {
            assert_eq!(block(counter, key), answer);
        }
    }

    #[test]
    fn lanes_equal_single_blocks() {
        let key = [0xdead_beef, 0x0123_4567];
        let counter: [[u64; 16]; 4] =
            std::array::from_fn(|w| std::array::from_fn(|i| (0x9E37_79B9 * (16 * w + i) as u64) & WORD));
        let wide = blocks(counter, key);
        for i in 0..16 {
            let single = block(counter.map(|word| word[i] as u32), key);
            assert_eq!(wide.map(|word| word[i] as u32), single);
        }
    }
}
