//! Where the points of Sobol's sequence lie: direction numbers, and what follows from them.

/// Bits of an index and of a coordinate: a sequence has 2³² points.
pub(super) const BITS: usize = 32;

/// How many dimensions there are direction numbers for.
pub const DIMENSIONS: usize = 4096;

/// For each dimension but the first its polynomial and its initial numbers, written by `reference/generate_sobol.py`.
const TABLE: &[u8; 34 * (DIMENSIONS - 1)] = include_bytes!("joe_kuo.bin");

/// For each bit k of an index the step s such that the points i and i XOR s of this dimension share a cell of width 2⁻ᵏ and
/// no cell of half that width; of the first `count` bits.
///
/// Column k of V⁻¹, where the columns of V are the direction numbers; bit k is the highest of s.
pub(super) fn steps(dimension: usize, count: usize) -> [u32; BITS] {
    let directions = directions(dimension, count);
    let mut steps = [0; BITS];
    for (k, direction) in directions[..count].iter().enumerate() {
        // V_k is unit vector k and those of its higher bits.
        let others = (0..k).filter(|higher| direction << higher >> (BITS - 1) == 1);
        steps[k] = others.fold(1 << k, |sum, higher| sum ^ steps[higher]);
    }
    steps
}

/// The first `count` direction numbers of a dimension: number k has its lowest one at bit k, counted from the most significant.
fn directions(dimension: usize, count: usize) -> [u32; BITS] {
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
    for k in 0..count {
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
            let v = directions(dimension, BITS);
            assert_eq!([0, 1, 2, 5, 11].map(|k| v[k]), columns, "dimension {dimension}");
        }
    }

    /// Then every coordinate of the first 2ᵐ points is a permutation of the cells of width 2⁻ᵐ.
    #[test]
    fn direction_matrices_are_unit_triangular() {
        for dimension in 0..DIMENSIONS {
            for (k, v) in (0..).zip(directions(dimension, BITS)) {
                assert_eq!(v.trailing_zeros(), BITS as u32 - 1 - k, "dimension {dimension}, column {k}");
            }
        }
    }
}
